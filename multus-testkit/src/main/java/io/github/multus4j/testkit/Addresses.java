package io.github.multus4j.testkit;

import io.github.multus4j.testkit.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.InterfaceRequests.AssignPrivateIpAddresses;
import io.github.multus4j.testkit.InterfaceRequests.AssignedIpv4;
import io.github.multus4j.testkit.InterfaceRequests.ChangedIpv6;
import io.github.multus4j.testkit.InterfaceRequests.UnassignIpv6Addresses;
import io.github.multus4j.testkit.InterfaceRequests.UnassignPrivateIpAddresses;

final class Addresses {

    private final World world;

    Addresses(World world) {
        this.world = world;
    }

    AssignedIpv4 assignIpv4(AssignPrivateIpAddresses request) {
        return world.notYet(request);
    }

    Boolean unassignIpv4(UnassignPrivateIpAddresses request) {
        return world.notYet(request);
    }

    ChangedIpv6 assignIpv6(AssignIpv6Addresses request) {
        return world.notYet(request);
    }

    ChangedIpv6 unassignIpv6(UnassignIpv6Addresses request) {
        return world.notYet(request);
    }
}
