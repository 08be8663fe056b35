package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.launch.AddressByRank;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.Addressing;
import java.util.List;
import java.util.Optional;

/**
 * The IPv6 part of a request. An interface gets one IPv6 address if its subnet has IPv6, from the
 * first of the subnet's IPv6 blocks; further blocks are not used.
 *
 * @param addresses the address that the request names; empty if EC2 chooses, or there is no IPv6
 * @param count how many addresses EC2 chooses
 */
record Ipv6Assignment(List<IpAddress> addresses, int count) {

    private static final Ipv6Assignment NONE = new Ipv6Assignment(List.of(), 0);
    private static final Ipv6Assignment BY_EC2 = new Ipv6Assignment(List.of(), 1);

    /** The assignment; empty if the addressing has no address left. */
    static Optional<Ipv6Assignment> of(
            Addressing addressing, Subnet subnet, AddressByRank addresses, List<CidrReservation> reservations) {
        if (!subnet.hasIpv6()) {
            return Optional.of(NONE);
        }
        Cidr block = subnet.ipv6Cidrs().get(0);
        if (addresses.isLeftToEc2(addressing, block)) {
            return Optional.of(BY_EC2);
        }
        return addressing
                .allocation()
                .flatMap(allocation -> addresses.next(allocation, block, reservations))
                .map(address -> new Ipv6Assignment(List.of(address), 0));
    }
}
