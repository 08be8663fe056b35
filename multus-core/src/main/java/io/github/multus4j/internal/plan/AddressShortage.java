package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.ReservedAddresses;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface;
import java.math.BigInteger;

/**
 * Whether a subnet may run out of addresses while the nodes that launch together get theirs. Two
 * nodes that each get the last address of another subnet both fail, so such subnets are used in
 * order.
 */
public final class AddressShortage {

    private AddressShortage() {}

    public static boolean isNear(Plan.Attachments plan, Snapshot snapshot) {
        return plan.interfaces().size() > 1
                && plan.interfaces().stream()
                        .filter(each -> each.existing() == null)
                        .map(PlannedInterface::subnet)
                        .anyMatch(subnet -> isNear(subnet, snapshot));
    }

    private static boolean isNear(Subnet subnet, Snapshot snapshot) {
        AddressSet used = NetworkInterface.addressesInUse(subnet.id(), snapshot.interfaces());
        BigInteger needed = BigInteger.valueOf(snapshot.nodesLaunchingTogether() + Timing.UNSEEN_ADDRESSES);
        return subnet.cidrs().stream().anyMatch(block -> isFewerThan(needed, block, used, snapshot, subnet.id()));
    }

    /**
     * Addresses in reservations count as used, or those outside of them: either part may be the
     * only one available.
     */
    private static boolean isFewerThan(
            BigInteger needed, Cidr block, AddressSet used, Snapshot snapshot, String subnetId) {
        AddressSet reserved = AddressSet.builder()
                .addBlocks(snapshot.reservationsOf(subnetId).stream()
                        .map(reservation -> reservation.cidr())
                        .toList())
                .build();
        AddressSet taken = used.union(ReservedAddresses.of(block));
        boolean outside = taken.union(reserved).countAbsent(block).compareTo(needed) < 0;
        return outside
                || snapshot.reservationsOf(subnetId).stream()
                        .map(reservation -> reservation.cidr())
                        .filter(block::contains)
                        .anyMatch(inside -> taken.countAbsent(inside).compareTo(needed) < 0);
    }
}
