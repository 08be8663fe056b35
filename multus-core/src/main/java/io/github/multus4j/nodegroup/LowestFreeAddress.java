package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.ReservedAddresses;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * The lowest free address of a block: not one of EC2's {@linkplain ReservedAddresses reserved
 * addresses}, not in use, and outside of CIDR reservations, or inside the named one.
 */
final class LowestFreeAddress {

    private LowestFreeAddress() {}

    /** The lowest outside of all CIDR reservations. */
    static Optional<IpAddress> outside(List<CidrReservation> reservations, Cidr block, AddressSet used) {
        return used.union(ReservedAddresses.of(block))
                .union(CidrReservations.excluded(reservations))
                .lowestAbsent(block);
    }

    /** The lowest inside the first of the ranges that has one. */
    static Optional<IpAddress> inside(List<Cidr> ranges, Cidr block, AddressSet used) {
        AddressSet taken = used.union(ReservedAddresses.of(block));
        return ranges.stream()
                .flatMap(range -> taken.lowestAbsent(range).stream())
                .findFirst();
    }
}
