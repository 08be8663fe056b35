package io.github.multus4j.pod;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.pod.ReleasePlan.Held;
import io.github.multus4j.pod.ReleasePlan.Memory;
import io.github.multus4j.pod.ReleasePlan.Release;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans the release of addresses that no living Pod claims. Pure.
 *
 * <p>An address is released if all of this holds:
 *
 * <ul>
 *   <li>It is a secondary address, or a prefix, of a Multus interface of a node of this cluster.
 *   <li>No living Pod of the cluster claims it, at two looks that are the cooling time apart. A
 *   claim on another node keeps it, too: that node takes it over in one call.
 *   <li>It is known to be a Pod's: it lies in a range for Pods, or a Pod claimed it at an earlier
 *   look. An address that somebody assigned by hand stays.
 *   <li>The claims of all Pods of its node could be read.
 * </ul>
 *
 * A look that shows no Pod at all counts as failed: it releases nothing and changes no memory.
 */
public final class ReleasePlanner {

    private final ClusterState state;
    private final PodAddressRules rules;
    private final AddressSet claimed;
    private final Set<String> unclear;
    private final List<String> reasons = new ArrayList<>();

    private ReleasePlanner(ClusterState state, PodAddressRules rules) {
        this.state = state;
        this.rules = rules;
        this.claimed = state.claimed();
        this.unclear = state.unclearNodes();
    }

    /**
     * Plans the releases of one look.
     *
     * @param state the cluster
     * @param rules the ranges for Pods, and the cooling time
     * @param memory the memory of the look before
     * @param now the time of this look
     */
    public static ReleasePlan plan(ClusterState state, PodAddressRules rules, Memory memory, Instant now) {
        if (state.pods().isEmpty()) {
            return new ReleasePlan(List.of(), memory, List.of("Kubernetes shows no Pod with an address: no release"));
        }
        return new ReleasePlanner(state, rules).plan(memory, now);
    }

    private ReleasePlan plan(Memory memory, Instant now) {
        List<Release> releases = new ArrayList<>();
        Map<Held, Instant> unclaimedSince = new HashMap<>();
        Set<Cidr> claimedOnce = new HashSet<>();
        for (NetworkInterface networkInterface : state.interfaces()) {
            boolean releasable = isReleasable(networkInterface);
            for (Cidr block : Holdings.of(networkInterface)) {
                if (isClaimed(block) || memory.claimedOnce().contains(block)) {
                    claimedOnce.add(block);
                }
                if (releasable
                        && !isClaimed(block)
                        && !Holdings.hasPrimaryIn(networkInterface, block)
                        && isKnownAsAPods(networkInterface, block, memory)) {
                    Held held = new Held(networkInterface.id(), block);
                    Instant since = memory.unclaimedSince().get(held);
                    unclaimedSince.put(held, since == null ? now : since);
                    if (since != null && !now.isBefore(since.plus(rules.cooling()))) {
                        releases.add(new Release(networkInterface, block));
                    }
                }
            }
        }
        return new ReleasePlan(releases, new Memory(unclaimedSince, claimedOnce), reasons);
    }

    private boolean isKnownAsAPods(NetworkInterface networkInterface, Cidr block, Memory memory) {
        if (memory.claimedOnce().contains(block) || isForPods(networkInterface, block)) {
            return true;
        }
        reasons.add(block + " of " + networkInterface.id() + " has no Pod, and is not known to be a Pod's: it stays");
        return false;
    }

    private boolean isClaimed(Cidr block) {
        return claimed.countAbsent(block).compareTo(block.size()) < 0;
    }

    private boolean isReleasable(NetworkInterface networkInterface) {
        if (!TakeoverRule.isMultusInterface(networkInterface) || networkInterface.attachment() == null) {
            return false;
        }
        String node = state.nodes().get(networkInterface.attachment().instanceId());
        if (node != null && unclear.contains(node)) {
            reasons.add(
                    "an annotation of a Pod of " + node + " cannot be read: no release from " + networkInterface.id());
            return false;
        }
        return node != null;
    }

    private boolean isForPods(NetworkInterface networkInterface, Cidr block) {
        return Stream.concat(
                        rules.podRanges().stream(),
                        state.reservations().stream()
                                .filter(reservation -> reservation.subnetId().equals(networkInterface.subnetId()))
                                .filter(reservation -> reservation.type().equals("explicit"))
                                .map(Subnet.CidrReservation::cidr))
                .anyMatch(range -> range.contains(block));
    }
}
