package io.github.multus4j.internal.launch;

import io.github.multus4j.ec2.CidrReservation;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.policy.CheckedPolicies;
import io.github.multus4j.internal.policy.PolicyCalls;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one subnet as an instance sees them that launches together with others.
 *
 * <p>GOAL: instances that launch together ask for different addresses, although none knows what the others have asked for, and all addresses
 * that are asked for lie close together.
 *
 * <p>ALGORITHM: take away from the subnet what anybody uses who does not launch with them. What is left is theirs, in order: the first address to the
 * first, and so on; it stays so while they take what is theirs, however late a reader shows it. Where another of them holds the instance's address, the
 * instance takes what was the other's, and so on until one is free; no two come to the same one on that way. Example: three launch, {@code .4}
 * to {@code .6} are free, and the third, which did not see the first two yet, took {@code .4}: the first takes {@code .6}, the second {@code .5}.
 *
 * <p>What others of the same process ask for is theirs, as if a listing showed it, while there is anything else.
 *
 * <p>What EC2 refused and no listing explains is somebody's who is not in the order. Then the instance goes behind all of them.
 *
 * <p>Where a later listing does not explain it either, listings are {@linkplain #incomplete() incomplete}: nobody can tell where the addresses end that
 * no listing shows. Then the instance skips as many places as others launch with it, twice as many after each refusal, so that it is soon behind
 * them, and those that launch together ask for different addresses all the time. From the end of the subnet it goes on at its begin.
 */
public final class SubnetAddresses {

    /** The owner of an address that EC2 refused to another instance of the process, and that no listing shows. */
    public static final String UNKNOWN_OWNER = "";

    /** No farther than that behind the others: an allocation is asked for every place. */
    private static final int MOST_SKIPPED = 4096;

    private final LaunchOrder order;
    private final List<NetworkInterface> interfaces;
    private final Set<IpAddress> refused;
    private final Map<IpAddress, String> claimed;
    private final boolean incomplete;

    private SubnetAddresses(
            LaunchOrder order,
            List<NetworkInterface> interfaces,
            Set<IpAddress> refused,
            Map<IpAddress, String> claimed,
            boolean incomplete) {
        this.order = order;
        this.interfaces = interfaces;
        this.refused = refused;
        this.claimed = claimed;
        this.incomplete = incomplete;
    }

    /**
     * As a listing shows them.
     *
     * @param order who launches together
     * @param interfaces the subnet's interfaces, whoever owns them
     */
    public static SubnetAddresses of(LaunchOrder order, List<NetworkInterface> interfaces) {
        return new SubnetAddresses(order, List.copyOf(interfaces), Set.of(), Map.of(), false);
    }

    /** As another listing shows them. What was refused stays so. */
    public SubnetAddresses seenAgain(List<NetworkInterface> newInterfaces) {
        return new SubnetAddresses(order, List.copyOf(newInterfaces), refused, claimed, incomplete);
    }

    /** With a newer list of who launches together. */
    public SubnetAddresses in(LaunchOrder newOrder) {
        return new SubnetAddresses(newOrder, interfaces, refused, claimed, incomplete);
    }

    /** After EC2 refused addresses, because they are in use or cannot be used. */
    public SubnetAddresses refused(Collection<IpAddress> addresses) {
        Set<IpAddress> all = new HashSet<>(refused);
        all.addAll(addresses);
        return new SubnetAddresses(order, interfaces, all, claimed, incomplete);
    }

    /**
     * With what other instances are known to ask for, although no listing shows it yet. They are kept off these addresses as long as there are others.
     *
     * @param newClaimed the addresses, and the ids of the instances, or {@link #UNKNOWN_OWNER}; they take the place of those before
     */
    public SubnetAddresses claimed(Map<IpAddress, String> newClaimed) {
        return new SubnetAddresses(order, interfaces, refused, newClaimed, incomplete);
    }

    /** With listings that are known to lack interfaces: those of other accounts, in a subnet that several share. */
    public SubnetAddresses incomplete() {
        return new SubnetAddresses(order, interfaces, refused, claimed, true);
    }

    /** Whether listings are known to lack interfaces that have addresses in that block. */
    public boolean isIncomplete(Cidr block) {
        return incomplete && unlisted().stream().anyMatch(block::contains);
    }

    /** The addresses that EC2 refused, and that no interface of the listing has. */
    public List<IpAddress> unlisted() {
        return refused.stream()
                .filter(address ->
                        interfaces.stream().noneMatch(i -> i.addresses().contains(address)))
                .sorted()
                .toList();
    }

    /** Whether every refusal is explained: the address is seen to be held by one of those that launch together, or by nobody's node. */
    public boolean isExplained() {
        return refused.stream()
                .allMatch(address -> interfaces.stream()
                        .filter(i -> i.addresses().contains(address))
                        .map(i -> i.tags().get(OwnerTags.INSTANCE_ID))
                        .anyMatch(owner -> owner == null || order.placeOf(owner) != null));
    }

    /**
     * The address to take next in one block of the subnet; empty if there is none.
     *
     * @throws io.github.multus4j.internal.policy.PolicyException if an allocation of the user's throws, or answers with an address that cannot be taken
     */
    public Optional<IpAddress> next(AddressAllocation given, Cidr block, List<CidrReservation> reservations) {
        AddressAllocation allocation = CheckedPolicies.of(given, PolicyCalls.DIRECT);
        Uses uses = new Uses(block);
        uses.addClaims();
        Places places = new Places(allocation, block, reservations, uses.others);
        if (isIncomplete(block)) {
            return places.skippingTo(skipped(block) + order.place(), uses.holders.keySet())
                    .or(() -> lastOf(allocation, block, reservations, uses));
        }
        boolean strangers = !unlisted().isEmpty();
        int place = strangers ? order.neighbours().size() - 1 : order.place();
        for (Optional<IpAddress> next = places.at(place); next.isPresent(); next = places.at(place)) {
            Integer holder = uses.holders.get(next.get());
            if (holder == null) {
                return next;
            }
            // Only the way that begins at one's own place has an end for sure.
            place = strangers ? place + 1 : holder;
        }
        return lastOf(allocation, block, reservations, uses);
    }

    /** How many places to skip: as many as launch together, twice as many after each refusal. */
    private int skipped(Cidr block) {
        long refusals = refused.stream().filter(block::contains).count();
        long skipped = (long) order.neighbours().size() << Math.min(refusals - 1, 12);
        return (int) Math.min(skipped, MOST_SKIPPED);
    }

    /** Less is left than there are instances: whoever comes first has it, also what is only claimed. */
    private Optional<IpAddress> lastOf(
            AddressAllocation allocation, Cidr block, List<CidrReservation> reservations, Uses uses) {
        Optional<IpAddress> free = allocation.next(block, uses.all(), reservations);
        return free.isPresent() ? free : allocation.next(block, new Uses(block).all(), reservations);
    }

    /** The one address that an interface of another of those that launch together has in the block; null if it is none, or has more. */
    private @Nullable IpAddress addressOfNeighbour(NetworkInterface candidate, Cidr block) {
        String owner = candidate.tags().get(OwnerTags.INSTANCE_ID);
        if (owner == null || owner.equals(order.instanceId()) || order.placeOf(owner) == null) {
            return null;
        }
        List<IpAddress> addresses = Stream.concat(
                        candidate.ipv4Addresses().stream(), candidate.ipv6Addresses().stream())
                .filter(block::contains)
                .toList();
        return addresses.size() == 1 && candidate.prefixes().isEmpty() ? addresses.get(0) : null;
    }

    /** Which addresses are in use: by which of those that launch together, or by others. */
    private final class Uses {

        private final Cidr block;
        private final Map<IpAddress, Integer> holders = new HashMap<>();
        private final Set<Integer> holding = new HashSet<>();
        private AddressSet others;

        /** As the listing shows it, and EC2's refusals. */
        Uses(Cidr block) {
            this.block = block;
            AddressSet.Builder used = AddressSet.builder();
            for (NetworkInterface each : interfaces) {
                IpAddress held = addressOfNeighbour(each, block);
                if (held == null || !hold(held, each.tags().get(OwnerTags.INSTANCE_ID))) {
                    used.add(each.addresses());
                }
            }
            refused.stream().filter(a -> !holders.containsKey(a)).forEach(used::add);
            others = used.build();
        }

        /** What is seen to be somebody's is not what another has claimed. */
        void addClaims() {
            claimed.forEach((address, owner) -> {
                boolean seen = others.contains(address) || holders.containsKey(address);
                if (!seen && !(block.contains(address) && hold(address, owner))) {
                    others = others.plus(address);
                }
            });
        }

        /** Notes the address as that of one who launches together with the others, and has none yet; else it is not noted. */
        private boolean hold(IpAddress address, @Nullable String owner) {
            Integer place = order.placeOf(owner);
            if (place == null || !holding.add(place)) {
                return false;
            }
            holders.put(address, place);
            return true;
        }

        AddressSet all() {
            return AddressSet.builder()
                    .add(others)
                    .addAddresses(holders.keySet())
                    .build();
        }
    }

    /** The addresses that nobody else uses, in the order in which the allocation gives them. */
    private static final class Places {

        private final AddressAllocation allocation;
        private final Cidr block;
        private final List<CidrReservation> reservations;
        private final List<IpAddress> addresses = new ArrayList<>();
        private AddressSet used;

        Places(AddressAllocation allocation, Cidr block, List<CidrReservation> reservations, AddressSet used) {
            this.allocation = allocation;
            this.block = block;
            this.reservations = reservations;
            this.used = used;
        }

        Optional<IpAddress> at(int place) {
            while (addresses.size() <= place) {
                Optional<IpAddress> next = allocation.next(block, used, reservations);
                if (next.isEmpty()) {
                    return next;
                }
                addresses.add(next.get());
                used = used.plus(next.get());
            }
            return Optional.of(addresses.get(place));
        }

        /** The first from that place on that nobody holds; from the end of the block it goes on at the begin. Empty if all are held. */
        Optional<IpAddress> skippingTo(int place, Set<IpAddress> held) {
            int begin = at(place).isPresent() || addresses.isEmpty() ? place : place % addresses.size();
            for (int next = begin; at(next).isPresent(); next++) {
                if (!held.contains(addresses.get(next))) {
                    return at(next);
                }
            }
            return addresses.stream().filter(address -> !held.contains(address)).findFirst();
        }
    }
}
