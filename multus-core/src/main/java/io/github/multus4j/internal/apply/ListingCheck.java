package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.internal.launch.AddressByRank;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.observe.UnlistedAddresses;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.PlannedInterface.Slot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Decides whether the listings of a slot's subnet show all interfaces, by the conflicts of one
 * interface's creation. After a few conflicts that no listing explains, a second read some time
 * later decides: an interface that it shows was listed late.
 */
final class ListingCheck {

    private static final int MOST_NAMED = 5;

    private final Run run;
    private final UnlistedAddresses remembered;
    private final NodeGroupSpec spec;
    private final Slot slot;

    private int conflicts;
    private int triedAgain;
    private List<IpAddress> unlisted = List.of();

    ListingCheck(Run run, UnlistedAddresses remembered, NodeGroupSpec spec, Slot slot) {
        this.run = run;
        this.remembered = remembered;
        this.spec = spec;
        this.slot = slot;
    }

    /** Whether the listings are known to lack interfaces. */
    boolean isIncomplete() {
        return !unlisted.isEmpty();
    }

    /**
     * Judges a conflict.
     *
     * @param refused the addresses that EC2 may have refused
     * @param addresses the subnet's addresses, with that refusal, as a listing after it shows them
     * @param secondListing reads the subnet's interfaces once more
     * @return the addresses, {@linkplain AddressByRank#incomplete() incomplete} if that is
     *     certain
     */
    AddressByRank judge(
            List<IpAddress> refused, AddressByRank addresses, Supplier<List<NetworkInterface>> secondListing) {
        conflicts++;
        AddressByRank seen = addresses;
        remember(refused, seen);
        boolean many = conflicts >= Timing.UNEXPLAINED_CONFLICTS
                || remembered.of(slot.subnetId()).size() >= Timing.UNEXPLAINED_CONFLICTS;
        if (!isIncomplete() && many && !seen.unlisted().isEmpty()) {
            run.pause(Timing.SECOND_LISTING_PAUSE, slot);
            List<NetworkInterface> interfaces = secondListing.get();
            remembered.seen(interfaces);
            seen = seen.seenAgain(interfaces);
            unlisted = seen.unlisted();
        } else if (isIncomplete()) {
            unlisted = seen.unlisted();
        }
        return isIncomplete() ? seen.incomplete() : seen;
    }

    /** If EC2 names none of two addresses, one of them may be free. */
    private void remember(List<IpAddress> refused, AddressByRank seen) {
        if (refused.size() == 1 && seen.unlisted().contains(refused.get(0))) {
            remembered.refused(slot.subnetId(), refused.get(0));
        }
    }

    /** Whether the request is for a refused address, after the allowed number of such attempts. */
    boolean isExhausted(NewNetworkInterface request) {
        Collection<IpAddress> refusedBefore = remembered.of(slot.subnetId());
        boolean again = request.requestedAddresses().stream().anyMatch(refusedBefore::contains);
        return isIncomplete() && again && ++triedAgain > Timing.REFUSED_ADDRESSES_TRIED;
    }

    /** The slot and the state of its listings: for messages. */
    Object subject() {
        return isIncomplete() ? slot + " (" + incomplete() + ")" : slot;
    }

    /**
     * A warning for the operator about addresses that were requested although they had been
     * refused.
     */
    Optional<String> warning() {
        if (!isIncomplete()) {
            return Optional.empty();
        }
        boolean lowestFree = spec.addressing().allocation().orElse(null) instanceof AddressAllocation.LowestFree;
        return Optional.of(incomplete()
                + (lowestFree
                        ? "; EC2 chose the address, so addresses are not the lowest free ones any more"
                        : "; addresses were skipped")
                + ". Ask the owner of the subnet for a range that is yours alone");
    }

    private String incomplete() {
        String named =
                unlisted.stream().limit(MOST_NAMED).map(IpAddress::toString).collect(Collectors.joining(", "));
        int more = unlisted.size() - MOST_NAMED;
        return "the listings of " + slot.subnetId() + " are incomplete: EC2 refused " + named
                + (more > 0 ? " and " + more + " more" : "")
                + ", and no interface is listed that has them; in a subnet that another account shares (AWS RAM),"
                + " each account sees its own interfaces only";
    }
}
