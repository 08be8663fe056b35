package io.github.multus4j.testkit;

import io.github.multus4j.testkit.InterfaceRequests.AttachNetworkInterface;
import io.github.multus4j.testkit.InterfaceRequests.Attached;
import io.github.multus4j.testkit.InterfaceRequests.DetachNetworkInterface;

final class Attachments {

    private final World world;

    Attachments(World world) {
        this.world = world;
    }

    Attached attach(AttachNetworkInterface request) {
        return world.notYet(request);
    }

    Boolean detach(DetachNetworkInterface request) {
        return world.notYet(request);
    }
}
