package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * The third decision: the next address in a subnet. It returns an address that EC2 can assign and
 * no interface uses, or none. Implementations are immutable, do no I/O, and give the same result
 * for the same arguments.
 *
 * <p>A custom allocation is called on separate threads. Its result is checked before a call is
 * made: the address lies in the block, is not in use, and is none of the five that EC2 reserves. A
 * wrong result, an exception, or no result within ten seconds fails the node with a finding that
 * names the allocation by its {@code toString()}.
 */
@FunctionalInterface
public interface AddressAllocation extends Problem.Source {

    /**
     * The address to take next in one block of a subnet.
     *
     * @param block the subnet's IPv4 or IPv6 block
     * @param used all addresses in use in the subnet: primary, secondary, in delegated prefixes
     * @param reservations the subnet's CIDR reservations, of both families
     * @return the address; empty if there is none
     */
    Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations);

    /**
     * As {@link #next(Cidr, AddressSet, List)} in the subnet's IPv4 block, or in the IPv6 block of
     * an IPv6-only subnet.
     */
    default Optional<IpAddress> next(Subnet subnet, AddressSet used, List<CidrReservation> reservations) {
        return subnet.cidrs().stream().findFirst().flatMap(block -> next(block, used, reservations));
    }

    /**
     * Whether the result cannot be right without the subnet's CIDR reservations. If a permission to
     * read them is missing (GetSubnetCidrReservations is denied) and this is {@code true}, which is
     * the default, nothing is made. Otherwise {@link #next(Cidr, AddressSet, List)} is called
     * without reservations, and the plan warns.
     */
    default boolean needsReservations() {
        return true;
    }

    /**
     * The lowest address that is none of the five that EC2 reserves (<a
     * href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html">subnet CIDR
     * blocks</a>), is not in use, and lies in no CIDR reservation.
     */
    static AddressAllocation lowestFree() {
        return new LowestFree();
    }

    /**
     * The lowest free address inside one CIDR reservation of each subnet, named by its id or by its
     * description, which may be the same in many subnets. If the subnet has such a reservation only
     * in the other family, the lowest free address outside of all reservations; if it has none at
     * all, no address.
     */
    static AddressAllocation fromReservation(String idOrDescription) {
        return new FromReservation(idOrDescription);
    }

    /** The lowest outside of every reservation. */
    record LowestFree() implements AddressAllocation {

        @Override
        public Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations) {
            return LowestFreeAddress.outside(reservations, block, used);
        }

        /** EC2 assigns an address inside of a reservation if the request names it. */
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
        public List<Problem> problems(String field) {
            return SpecRules.problems(rules -> rules.reservation(field, idOrDescription));
        }

        @Override
        public Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations) {
            List<Cidr> named = CidrReservations.named(idOrDescription, reservations);
            List<Cidr> inBlock = named.stream().filter(block::contains).toList();
            if (!named.isEmpty() && inBlock.isEmpty()) {
                return LowestFreeAddress.outside(reservations, block, used);
            }
            return LowestFreeAddress.inside(inBlock, block, used);
        }

        @Override
        public String toString() {
            return "lowest free of reservation '" + idOrDescription + "'";
        }
    }
}
