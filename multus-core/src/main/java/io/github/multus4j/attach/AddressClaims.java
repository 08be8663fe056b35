package io.github.multus4j.attach;

import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.plan.AttachmentPlan;
import io.github.multus4j.plan.Plan;
import io.github.multus4j.plan.Planner;
import io.github.multus4j.plan.Slot;
import io.github.multus4j.plan.Snapshot;
import io.github.multus4j.plan.SubnetAddresses;
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
 * The addresses that the runs of a process have asked for or are about to ask for. No listing shows them yet, so the others keep off them here. A
 * claim keeps nobody out of EC2, which has the last word. Thread-safe.
 */
final class AddressClaims {

    private final Clock clock;
    private final List<Claim> claims = new ArrayList<>();

    AddressClaims(Clock clock) {
        this.clock = clock;
    }

    /** What one run asks for in one subnet, until it is forgotten. */
    private record Claim(Run run, Slot slot, List<IpAddress> addresses, Instant until) {

        Claim endingAt(Instant end) {
            return new Claim(run, slot, addresses, end);
        }
    }

    /** Plans, and claims what the plan asks for before any other run plans. */
    synchronized Plan plan(Run run, NodeGroupSpec spec, Snapshot snapshot) {
        forgetOld();
        Map<String, Map<IpAddress, String>> claimed = new HashMap<>();
        for (String subnetId : snapshot.selection().subnetIds()) {
            claimed.put(subnetId, claimedByOthers(subnetId, snapshot.instance().id()));
        }
        Plan plan = Planner.plan(spec, snapshot.withClaimed(claimed));
        if (plan instanceof AttachmentPlan attachments) {
            attachments.interfaces().forEach(each -> claim(run, each.slot(), each.request()));
        }
        return plan;
    }

    /** Chooses again for one slot, and claims that instead. */
    synchronized Optional<NewNetworkInterface> choose(
            Run run,
            Slot slot,
            SubnetAddresses addresses,
            Function<SubnetAddresses, Optional<NewNetworkInterface>> choice) {
        forgetOld();
        Map<IpAddress, String> claimed = claimedByOthers(slot.subnetId(), slot.instanceId());
        Optional<NewNetworkInterface> chosen = choice.apply(addresses.claimed(claimed));
        claim(run, slot, chosen.orElse(null));
        return chosen;
    }

    /** The run has ended. What it has made, listings will soon show: its claims last until then. What it has not made is free again. */
    synchronized void ended(Run run, boolean ready) {
        Instant now = clock.instant();
        Instant end = ready ? now.plus(Observer.VISIBILITY) : now;
        claims.replaceAll(claim -> claim.run() == run ? claim.endingAt(end) : claim);
    }

    private void claim(Run run, Slot slot, @Nullable NewNetworkInterface request) {
        claims.removeIf(claim -> claim.run() == run && claim.slot().equals(slot));
        if (request != null) {
            List<IpAddress> addresses = new ArrayList<>(request.ipv6Addresses());
            Optional.ofNullable(request.ipv4Address()).ifPresent(addresses::add);
            claims.add(new Claim(run, slot, addresses, Instant.MAX));
        }
    }

    private void forgetOld() {
        Instant now = clock.instant();
        claims.removeIf(claim -> !claim.until().isAfter(now));
    }

    private Map<IpAddress, String> claimedByOthers(String subnetId, String instanceId) {
        Map<IpAddress, String> claimed = new LinkedHashMap<>();
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
