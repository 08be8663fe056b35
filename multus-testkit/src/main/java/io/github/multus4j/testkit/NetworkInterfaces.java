package io.github.multus4j.testkit;

import io.github.multus4j.testkit.InterfaceRequests.CreateNetworkInterface;
import io.github.multus4j.testkit.InterfaceRequests.DeleteNetworkInterface;
import io.github.multus4j.testkit.InterfaceRequests.DescribeNetworkInterfaceAttribute;
import io.github.multus4j.testkit.InterfaceRequests.DescribeNetworkInterfaces;
import io.github.multus4j.testkit.InterfaceRequests.ModifyNetworkInterfaceAttribute;

final class NetworkInterfaces {

    private final World world;

    NetworkInterfaces(World world) {
        this.world = world;
    }

    InterfaceItem create(CreateNetworkInterface request) {
        return world.notYet(request);
    }

    Listing<InterfaceItem> describe(DescribeNetworkInterfaces request) {
        return world.notYet(request);
    }

    InterfaceItem describeAttribute(DescribeNetworkInterfaceAttribute request) {
        return world.notYet(request);
    }

    Boolean modify(ModifyNetworkInterfaceAttribute request) {
        return world.notYet(request);
    }

    Boolean delete(DeleteNetworkInterface request) {
        return world.notYet(request);
    }
}
