package io.github.multus4j.internal.launch;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.policy.CheckedPolicies;
import io.github.multus4j.internal.policy.PolicyCalls;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses of one subnet, as seen by the run of an instance that launches with others.
 *
 * <p>GOAL: instances that launch together request different addresses, without a message to each
 * other, and all requested addresses lie close together.
 *
 * <p>ALGORITHM: an instance's rank is the number of instances that launched before it and hold no
 * address here yet. The instance takes the free address of that rank: rank 0 takes the first free
 * address. The answer stays the same while the others take theirs, however late a listing shows it:
 * the others' addresses leave the free ones as the others leave the ranks. Example: three instances
 * launch, and {@code .4} to {@code .6} are free. The third takes {@code .6} before and after it
 * sees that the first has {@code .4}. If the third saw no other and took {@code .4}, the first
 * takes {@code .5} and the second {@code .6}.
 *
 * <p>The addresses that other runs of the process request count as if a listing showed them, while
 * other addresses are left.
 *
 * <p>An address that EC2 refused, and that no listing shows, belongs to an instance that is not in
 * the order. The run then ranks its instance behind all others.
 *
 * <p>If a later listing does not show it either, listings are
 * {@linkplain #incomplete() incomplete}: it is unknown where the hidden addresses end. The run then
 * skips as many addresses as instances launch together, twice as many after each refusal, so that
 * it is soon behind the hidden ones. After the end of the block it goes on at the start.
 */
public final class AddressByRank {

    /** The owner of an address that EC2 refused to another run, and that no listing shows. */
    public static final String UNKNOWN_OWNER = "";

    private final LaunchOrder order;
    private final List<NetworkInterface> interfaces;
    private final Set<IpAddress> refused;
    private final Map<IpAddress, String> claimed;
    private final boolean incomplete;

    private AddressByRank(
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
     * The addresses of a listing.
     *
     * @param order the instances that launch together
     * @param interfaces all interfaces of the subnet
     */
    public static AddressByRank of(LaunchOrder order, List<NetworkInterface> interfaces) {
        return new AddressByRank(order, List.copyOf(interfaces), Set.of(), Map.of(), false);
    }

    /** As another listing shows them. Refused addresses stay refused. */
    public AddressByRank seenAgain(List<NetworkInterface> newInterfaces) {
        return new AddressByRank(order, List.copyOf(newInterfaces), refused, claimed, incomplete);
    }

    /** With a newer list of the instances that launch together. */
    public AddressByRank in(LaunchOrder newOrder) {
        return new AddressByRank(newOrder, interfaces, refused, claimed, incomplete);
    }

    /** After EC2 refused addresses, because they are in use or cannot be used. */
    public AddressByRank refused(Collection<IpAddress> addresses) {
        Set<IpAddress> all = new HashSet<>(refused);
        all.addAll(addresses);
        return new AddressByRank(order, interfaces, all, claimed, incomplete);
    }

    /**
     * With the addresses that other instances are known to request, although no listing shows them
     * yet. They are left out while other addresses are left.
     *
     * @param newClaimed the addresses, and the ids of the instances, or {@link #UNKNOWN_OWNER};
     *     they replace the earlier ones
     */
    public AddressByRank claimed(Map<IpAddress, String> newClaimed) {
        return new AddressByRank(order, interfaces, refused, newClaimed, incomplete);
    }

    /**
     * With listings that are known to lack interfaces: those of other accounts in a shared subnet.
     */
    public AddressByRank incomplete() {
        return new AddressByRank(order, interfaces, refused, claimed, true);
    }

    /**
     * Whether EC2 chooses the address of that block: the spec says so, or listings do not show the
     * lowest free one. EC2 does not know reservations by name, nor a user's allocation, so it never
     * chooses for those.
     */
    public boolean isLeftToEc2(Addressing addressing, Cidr block) {
        return addressing
                .allocation()
                .map(allocation -> allocation instanceof AddressAllocation.LowestFree && isIncomplete(block))
                .orElse(true);
    }

    /** Whether listings are known to lack interfaces that have addresses in that block. */
    private boolean isIncomplete(Cidr block) {
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

    /**
     * Whether the listing explains every refusal: an instance that launches together with this one
     * has the address, or an interface without an owner tag.
     */
    public boolean isExplained() {
        return refused.stream()
                .allMatch(address -> interfaces.stream()
                        .filter(i -> i.addresses().contains(address))
                        .map(i -> OwnerTags.namedOwner(i.tags()))
                        .anyMatch(owner -> owner.isEmpty() || order.placeOf(owner.get()) != null));
    }

    /**
     * The address to take next in one block of the subnet; empty if there is none.
     *
     * @throws io.github.multus4j.internal.policy.PolicyException if a custom allocation throws, or
     *     answers with an address that cannot be taken
     */
    public Optional<IpAddress> next(AddressAllocation given, Cidr block, List<CidrReservation> reservations) {
        AddressAllocation allocation = CheckedPolicies.of(given, PolicyCalls.DIRECT);
        AddressSet seen = seen();
        AddressSet used =
                AddressSet.builder().add(seen).addAddresses(claimed.keySet()).build();
        boolean incompleteHere = isIncomplete(block);
        int rank = rank(block, seen, incompleteHere) + (incompleteHere ? skipped(block) : 0);
        List<IpAddress> free = firstFree(rank + 1, allocation, block, used, reservations);
        if (free.isEmpty()) { // a claimed address may be free after all
            return allocation.next(block, seen, reservations);
        }
        if (rank < free.size()) {
            return Optional.of(free.get(rank));
        }
        // Fewer addresses are left than instances: the first to request one gets it.
        return Optional.of(free.get(incompleteHere ? rank % free.size() : 0));
    }

    /** The addresses that a listing shows, or that EC2 refused. */
    private AddressSet seen() {
        AddressSet.Builder seen = AddressSet.builder();
        interfaces.forEach(each -> seen.add(each.addresses()));
        refused.forEach(seen::add);
        return seen.build();
    }

    /**
     * How many instances come first: those before this one that hold no address in the block, or
     * all others that hold none, if no listing shows a refused address.
     */
    private int rank(Cidr block, AddressSet seen, boolean incompleteHere) {
        Set<String> holders = holders(block, seen);
        boolean behindAll = !incompleteHere && !unlisted().isEmpty();
        List<String> first = behindAll ? order.neighbours() : order.neighbours().subList(0, order.place());
        return (int) first.stream()
                .filter(id -> !id.equals(order.instanceId()) && !holders.contains(id))
                .count();
    }

    /**
     * The instances that hold an address in the block, by a listing or by a claim it does not
     * refute.
     */
    private Set<String> holders(Cidr block, AddressSet seen) {
        Set<String> holders = new HashSet<>();
        for (NetworkInterface each : interfaces) {
            if (each.individualAddresses().stream().anyMatch(block::contains)) {
                OwnerTags.namedOwner(each.tags()).ifPresent(holders::add);
            }
        }
        claimed.forEach((address, owner) -> {
            if (block.contains(address) && !seen.contains(address)) {
                holders.add(owner);
            }
        });
        return holders;
    }

    /** How many addresses to skip: one for each instance, twice as many after each refusal. */
    private int skipped(Cidr block) {
        long refusals = refused.stream().filter(block::contains).count();
        long skipped = (long) order.neighbours().size() << Math.min(refusals - 1, 12);
        return (int) Math.min(skipped, Timing.SKIPPED_ADDRESSES);
    }

    /** The first free addresses in the order of the allocation, fewer if the block has no more. */
    private static List<IpAddress> firstFree(
            int count, AddressAllocation allocation, Cidr block, AddressSet used, List<CidrReservation> reservations) {
        List<IpAddress> free = new ArrayList<>();
        AddressSet taken = used;
        while (free.size() < count) {
            Optional<IpAddress> next = allocation.next(block, taken, reservations);
            if (next.isEmpty()) {
                break;
            }
            free.add(next.get());
            taken = taken.plus(next.get());
        }
        return free;
    }
}
