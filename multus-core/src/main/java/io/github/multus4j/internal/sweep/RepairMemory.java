package io.github.multus4j.internal.sweep;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.nodegroup.OwnerTags;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The failed repairs of earlier sweeps: in a tag of the instance, so that the next process knows
 * them as well. If the tag cannot be written, only this process remembers them. Thread-safe.
 */
final class RepairMemory {

    private final Ec2Network ec2;
    private final Clock clock;
    private final Map<String, FailedRepairs> here = new ConcurrentHashMap<>();

    RepairMemory(Ec2Network ec2, Clock clock) {
        this.ec2 = ec2;
        this.clock = clock;
    }

    /** The failed repairs of the node with the same target. */
    Optional<FailedRepairs> of(Instance node, String target) {
        Instant now = clock.instant();
        here.values()
                .removeIf(
                        failed -> failed.next().plus(Timing.LONGEST_REPAIR_WAIT).isBefore(now));
        FailedRepairs local = here.get(node.id());
        Optional<FailedRepairs> tagged = FailedRepairs.parse(node.tags().getOrDefault(OwnerTags.REPAIR, ""), now);
        return tagged.filter(t -> local == null || !local.next().isAfter(t.next()))
                .or(() -> Optional.ofNullable(local))
                .filter(failed -> failed.target().equals(target));
    }

    /**
     * Remembers one more failure.
     *
     * @return all failures so far
     * @throws RuntimeException if the tag could not be written; this process remembers the failure
     *     all the same
     */
    FailedRepairs failed(Instance node, String target, String cause, Deadline deadline) {
        Instant now = clock.instant();
        FailedRepairs failed = of(node, target)
                .map(before -> before.andAnother(now, cause))
                .orElseGet(() -> FailedRepairs.first(now, target, cause));
        here.put(node.id(), failed);
        tag(node.id(), failed.toString(), deadline);
        here.remove(node.id()); // Now the tag alone decides, and an operator can empty it.
        return failed;
    }

    /**
     * Forgets the failures of a node that is ready. If the tag cannot be written, it stays, without
     * effect while the node is ready.
     */
    void ready(Instance node, Deadline deadline) {
        here.remove(node.id());
        if (!node.tags().getOrDefault(OwnerTags.REPAIR, "").isEmpty()) {
            try {
                tag(node.id(), "", deadline);
            } catch (Ec2Exception e) {
                return; // The node is ready, so nobody needs to know.
            }
        }
    }

    /** A call without an answer is followed by a read. */
    private void tag(String instanceId, String value, Deadline deadline) {
        try {
            ec2.createTags(instanceId, Map.of(OwnerTags.REPAIR, value), deadline);
        } catch (Ec2Exception e) {
            if (e.kind() != Ec2Exception.Kind.OUTCOME_UNKNOWN || !hasTag(instanceId, value, deadline)) {
                throw e;
            }
        }
    }

    private boolean hasTag(String instanceId, String value, Deadline deadline) {
        return ec2.describeInstance(instanceId, deadline)
                .filter(seen -> value.equals(seen.tags().get(OwnerTags.REPAIR)))
                .isPresent();
    }
}
