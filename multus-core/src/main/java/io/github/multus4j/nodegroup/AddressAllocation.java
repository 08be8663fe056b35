package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.CidrReservation;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * The third decision: which address of a subnet comes next. It answers with an address that EC2 hands out and that nobody uses, or with none
 * if there is none. Implementations are immutable, do no I/O, and give the same answer to the same question.
 *
 * <p>A custom allocation is asked on threads of its own. Its answer is checked before a call is made: the address lies in the block, is not
 * in use, and is none of the five that EC2 keeps. A wrong answer, an exception, or no answer within ten seconds fails the node with a finding
 * that names the allocation by its {@code toString()}.
 */
@FunctionalInterface
public interface AddressAllocation {

    /**
     * The address to take next in one block of a subnet.
     *
     * @param block the subnet's IPv4 or IPv6 block
     * @param used all addresses in use in the subnet: primary, secondary, in delegated prefixes
     * @param reservations the subnet's CIDR reservations, of both families
     * @return the address; empty if there is none
     */
    Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations);

    /** As {@link #next(Cidr, AddressSet, List)} in the subnet's IPv4 block, or in the IPv6 block of an IPv6-only subnet. */
    default Optional<IpAddress> next(Subnet subnet, AddressSet used, List<CidrReservation> reservations) {
        return subnet.cidrs().stream().findFirst().flatMap(block -> next(block, used, reservations));
    }

    /**
     * Whether the answer cannot be right without the subnet's CIDR reservations. Where this process
     * may not read them (GetSubnetCidrReservations is denied), nothing is made if it is {@code
     * true}, which is the default; else {@link #next(Cidr, AddressSet, List)} is called without
     * reservations, and the plan warns.
     */
    default boolean needsReservations() {
        return true;
    }

    /**
     * The lowest address that is none of the five that EC2 keeps for itself
     * (<a href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html">subnet CIDR blocks</a>), is not in use, and lies in no
     * CIDR reservation.
     */
    static AddressAllocation lowestFree() {
        return new LowestFree();
    }

    /**
     * The lowest free address inside one CIDR reservation of each subnet, named by its id or by its description, which may be the same in
     * many subnets. In a family in which the subnet has no reservation of that name, the lowest free address outside of all reservations; if
     * the subnet has none of that name at all, none.
     */
    static AddressAllocation fromReservation(String idOrDescription) {
        return new FromReservation(idOrDescription);
    }

    /** The lowest outside of every reservation. */
    record LowestFree() implements AddressAllocation {

        @Override
        public Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations) {
            AddressSet.Builder taken = AddressSet.builder().add(used).add(Subnet.reservedAddresses(block));
            reservations.forEach(reservation -> taken.add(reservation.cidr()));
            return taken.build().lowestAbsent(block);
        }

        /** EC2 gives an address inside of a reservation to a request that names it. */
        @Override
        public boolean needsReservations() {
            return false;
        }

        @Override
        public String toString() {
            return "lowest free";
        }
    }

    /** The lowest inside the named reservation. */
    record FromReservation(String idOrDescription) implements AddressAllocation {

        @Override
        public Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations) {
            List<Cidr> named = reservations.stream()
                    .filter(r ->
                            r.id().equals(idOrDescription) || r.description().equals(idOrDescription))
                    .map(CidrReservation::cidr)
                    .sorted()
                    .toList();
            List<Cidr> inBlock = named.stream().filter(block::contains).toList();
            if (!named.isEmpty() && inBlock.isEmpty()) {
                return lowestFree().next(block, used, reservations);
            }
            AddressSet taken = used.union(Subnet.reservedAddresses(block));
            return inBlock.stream().flatMap(r -> taken.lowestAbsent(r).stream()).findFirst();
        }

        @Override
        public String toString() {
            return "lowest free of reservation '" + idOrDescription + "'";
        }
    }
}
