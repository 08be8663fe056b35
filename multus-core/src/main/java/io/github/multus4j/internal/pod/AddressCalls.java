package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The calls for one interface and family, by the blocks that they change. */
final class AddressCalls {

    private final Ec2Addresses ec2;
    private final Deadline deadline;

    AddressCalls(Ec2Addresses ec2, Deadline deadline) {
        this.ec2 = ec2;
        this.deadline = deadline;
    }

    private record Target(String networkInterfaceId, boolean ipv4) {}

    /** The items by interface and family, in their order: those that one call can serve. */
    static <T> Collection<List<T>> byTarget(
            List<T> items, Function<T, NetworkInterface> networkInterface, Function<T, Cidr> block) {
        Map<Target, List<T>> byTarget = items.stream()
                .collect(Collectors.groupingBy(
                        item -> new Target(
                                networkInterface.apply(item).id(),
                                block.apply(item).isIpv4()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return byTarget.values();
    }

    /** Assigns blocks of one family; reassignment is for IPv4 only. */
    void assign(String networkInterfaceId, List<Cidr> blocks, boolean allowReassignment) {
        if (areIpv4(blocks)) {
            ec2.assignPrivateIpAddresses(networkInterfaceId, list(blocks), allowReassignment, deadline);
        } else {
            ec2.assignIpv6Addresses(networkInterfaceId, list(blocks), deadline);
        }
    }

    /** Unassigns blocks of one family. */
    void unassign(String networkInterfaceId, List<Cidr> blocks) {
        if (areIpv4(blocks)) {
            ec2.unassignPrivateIpAddresses(networkInterfaceId, list(blocks), deadline);
        } else {
            ec2.unassignIpv6Addresses(networkInterfaceId, list(blocks), deadline);
        }
    }

    private static boolean areIpv4(List<Cidr> blocks) {
        return blocks.get(0).isIpv4();
    }

    private static AddressList list(List<Cidr> blocks) {
        return new AddressList(
                blocks.stream().filter(Cidr::isSingleAddress).map(Cidr::first).toList(),
                blocks.stream().filter(block -> !block.isSingleAddress()).toList());
    }
}
