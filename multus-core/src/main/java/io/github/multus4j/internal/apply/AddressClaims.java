package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.internal.launch.AddressByRank;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.observe.UnlistedAddresses;
import io.github.multus4j.internal.plan.Snapshot;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface.Slot;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that the runs of a process have requested or are about to request. No listing shows
 * them yet, so the other runs avoid them here. A claim does not bind EC2, which decides.
 * Thread-safe.
 *
 * <p>The allocation can be the user's, so no lock is held while it decides. A run takes the others'
 * claims, decides, and claims its choice if no other run has claimed one of these addresses
 * meanwhile. Otherwise it decides again.
 */
final class AddressClaims {

    private final Clock clock;
    private final UnlistedAddresses unlisted;
    private final List<Claim> claims = new ArrayList<>();

    /**
     * Starts with the addresses that EC2 refused and no listing explains: they count as claimed by
     * an unknown owner.
     */
    AddressClaims(Clock clock, UnlistedAddresses unlisted) {
        this.clock = clock;
        this.unlisted = unlisted;
    }

    /** The claim of one run in one subnet, and its end. */
    private record Claim(Object claimant, Slot slot, List<IpAddress> addresses, Instant until) {

        static Claim of(Object claimant, Slot slot, @Nullable NewNetworkInterface request) {
            List<IpAddress> addresses = request == null ? List.of() : request.requestedAddresses();
            return new Claim(claimant, slot, addresses, Instant.MAX);
        }

        Claim endingAt(Instant end) {
            return new Claim(claimant, slot, addresses, end);
        }
    }

    /**
     * The addresses that other runs have claimed in the subnets of the snapshot, and their
     * instances.
     */
    Map<String, Map<IpAddress, String>> byOthers(Snapshot snapshot) {
        Map<String, Map<IpAddress, String>> claimed = new HashMap<>();
        for (String subnetId : snapshot.selection().subnetIds()) {
            claimed.put(subnetId, claimedByOthers(subnetId, snapshot.instance().id()));
        }
        return claimed;
    }

    /**
     * Claims the new addresses of a plan.
     *
     * @param claimant the run, the argument of {@link #ended}
     * @param known the claims of other runs that the plan respects
     * @param decisions how many plans the run has made; after {@link Timing#ADDRESS_DECISIONS} it
     *     claims addresses that another run has claimed meanwhile
     * @return whether it did; otherwise the run plans again
     */
    boolean claim(Object claimant, Plan plan, Map<String, Map<IpAddress, String>> known, int decisions) {
        if (!(plan instanceof Plan.Attachments attachments)) {
            return true;
        }
        List<Claim> wanted = attachments.interfaces().stream()
                .map(each -> Claim.of(claimant, each.slot(), each.request()))
                .toList();
        return claim(wanted, known, decisions >= Timing.ADDRESS_DECISIONS);
    }

    /** Chooses again for one slot, and replaces its claim. */
    Optional<NewNetworkInterface> choose(
            Object claimant,
            Slot slot,
            AddressByRank addresses,
            Function<AddressByRank, Optional<NewNetworkInterface>> choice) {
        for (int decisions = 1; ; decisions++) {
            Map<IpAddress, String> claimed = claimedByOthers(slot.subnetId(), slot.instanceId());
            Optional<NewNetworkInterface> chosen = choice.apply(addresses.claimed(claimed));
            List<Claim> wanted = List.of(Claim.of(claimant, slot, chosen.orElse(null)));
            if (claim(wanted, Map.of(slot.subnetId(), claimed), decisions == Timing.ADDRESS_DECISIONS)) {
                return chosen;
            }
        }
    }

    /**
     * Ends a run. Listings soon show its interfaces, so its claims on their addresses last until
     * then. Its other claims end now.
     */
    synchronized void ended(Object claimant, boolean ready) {
        Instant now = clock.instant();
        Instant end = ready ? now.plus(Timing.VISIBILITY) : now;
        claims.replaceAll(claim -> claim.claimant() == claimant ? claim.endingAt(end) : claim);
    }

    /**
     * Claims all of it, in place of the run's earlier claims for these slots.
     *
     * @param known the claims that the decision knew: perhaps no other address was left
     * @param anyway whether to claim addresses that another run has claimed meanwhile
     * @return whether it did
     */
    private synchronized boolean claim(List<Claim> wanted, Map<String, Map<IpAddress, String>> known, boolean anyway) {
        for (Claim each : wanted) {
            Map<IpAddress, String> claimed =
                    claimedByOthers(each.slot().subnetId(), each.slot().instanceId());
            claimed.keySet()
                    .removeAll(
                            known.getOrDefault(each.slot().subnetId(), Map.of()).keySet());
            if (!anyway && each.addresses().stream().anyMatch(claimed::containsKey)) {
                return false;
            }
        }
        for (Claim each : wanted) {
            claims.removeIf(
                    claim -> claim.claimant() == each.claimant() && claim.slot().equals(each.slot()));
            if (!each.addresses().isEmpty()) {
                claims.add(each);
            }
        }
        return true;
    }

    private void forgetOld() {
        Instant now = clock.instant();
        claims.removeIf(claim -> !claim.until().isAfter(now));
    }

    private synchronized Map<IpAddress, String> claimedByOthers(String subnetId, String instanceId) {
        forgetOld();
        Map<IpAddress, String> claimed = new LinkedHashMap<>(unlisted.asClaims(subnetId));
        for (Claim each : claims) {
            if (each.slot().subnetId().equals(subnetId)
                    && !each.slot().instanceId().equals(instanceId)) {
                each.addresses()
                        .forEach(address -> claimed.put(address, each.slot().instanceId()));
            }
        }
        return claimed;
    }
}
