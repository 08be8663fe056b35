package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignPrivateIpAddresses;
import java.util.List;

/** Calls that assign addresses or prefixes to an interface. */
final class AssignCall {

    private AssignCall() {}

    static AssignPrivateIpAddresses assign(NetworkInterface to, boolean allow, String... addresses) {
        return new AssignPrivateIpAddresses(to.id(), List.of(addresses), null, List.of(), null, allow);
    }

    static AssignPrivateIpAddresses prefixes(NetworkInterface to, String... prefixes) {
        return new AssignPrivateIpAddresses(to.id(), List.of(), null, List.of(prefixes), null, false);
    }

    static AssignIpv6Addresses assignIpv6(NetworkInterface to, String... addresses) {
        return new AssignIpv6Addresses(to.id(), List.of(addresses), null, List.of(), null);
    }
}
