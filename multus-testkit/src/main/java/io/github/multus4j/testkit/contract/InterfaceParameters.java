package io.github.multus4j.testkit.contract;

import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request for a network interface in a test, with only the parameters that matter there. */
record InterfaceParameters(
        String subnetId,
        @Nullable IpAddress ipv4,
        List<IpAddress> ipv6,
        int ipv6Count,
        List<String> groupIds,
        Map<String, String> tags,
        String token) {

    static final String DESCRIPTION = "made by a contract test";

    InterfaceParameters(String subnetId, String groupId) {
        this(subnetId, null, List.of(), 0, List.of(groupId), Map.of(), unique());
    }

    InterfaceParameters ipv4(IpAddress address) {
        return new InterfaceParameters(subnetId, address, ipv6, ipv6Count, groupIds, tags, token);
    }

    InterfaceParameters ipv6(IpAddress address) {
        return new InterfaceParameters(subnetId, ipv4, List.of(address), ipv6Count, groupIds, tags, token);
    }

    InterfaceParameters ipv6Count(int count) {
        return new InterfaceParameters(subnetId, ipv4, ipv6, count, groupIds, tags, token);
    }

    InterfaceParameters group(String groupId) {
        return new InterfaceParameters(subnetId, ipv4, ipv6, ipv6Count, List.of(groupId), tags, token);
    }

    InterfaceParameters tags(Map<String, String> all) {
        return new InterfaceParameters(subnetId, ipv4, ipv6, ipv6Count, groupIds, all, token);
    }

    /** The same parameters in a new request. */
    InterfaceParameters again() {
        return new InterfaceParameters(subnetId, ipv4, ipv6, ipv6Count, groupIds, tags, unique());
    }

    NewNetworkInterface request() {
        return new NewNetworkInterface(subnetId, ipv4, ipv6, ipv6Count, groupIds, DESCRIPTION, tags, token);
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }
}
