package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import java.util.List;

/**
 * The part of CIDR reservations in the choice of an address: all their addresses are excluded,
 * unless the user names a reservation, by its id or by its description. {@code LowestFreeAddress}
 * applies it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html">Subnet
 *     CIDR reservations</a>
 */
final class CidrReservations {

    private CidrReservations() {}

    /** The addresses of all of them. */
    static AddressSet excluded(List<CidrReservation> reservations) {
        return AddressSet.builder()
                .addBlocks(reservations.stream().map(CidrReservation::cidr).toList())
                .build();
    }

    /** The ranges of those with that id or description, in order. */
    static List<Cidr> named(String idOrDescription, List<CidrReservation> reservations) {
        return reservations.stream()
                .filter(r -> r.id().equals(idOrDescription) || r.description().equals(idOrDescription))
                .map(CidrReservation::cidr)
                .sorted()
                .toList();
    }
}
