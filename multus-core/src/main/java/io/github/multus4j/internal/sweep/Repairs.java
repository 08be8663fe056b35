package io.github.multus4j.internal.sweep;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.internal.apply.Attacher;
import io.github.multus4j.internal.apply.CreationOrder;
import io.github.multus4j.internal.sweep.ScanResult.Node;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepReport.Fate;
import io.github.multus4j.result.SweepReport.UnreadyNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Makes nodes ready, or plans it, one after the other. Nodes that failed for a lasting reason are
 * skipped for a while.
 */
final class Repairs {

    /** Findings of a plan or a run after a node's termination. */
    private static final Set<Finding.Code> GONE =
            EnumSet.of(Finding.Code.INSTANCE_GOING, Finding.Code.INSTANCE_NOT_FOUND);

    private final Attacher attacher;
    private final NodeGroupSpec spec;
    private final Deadline deadline;
    private final SweepBudget budget;
    private final RepairMemory memory;
    private final Clock clock;
    private final Map<String, Node> seen;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param deadline the end of each run, its roll-back included
     * @param seen the nodes of the last scan, by id
     */
    Repairs(
            Attacher attacher,
            NodeGroupSpec spec,
            Deadline deadline,
            SweepBudget budget,
            RepairMemory memory,
            Clock clock,
            Map<String, Node> seen) {
        this.attacher = attacher;
        this.spec = spec;
        this.deadline = deadline;
        this.budget = budget;
        this.memory = memory;
        this.clock = clock;
        this.seen = seen;
    }

    List<UnreadyNode> of(List<UnreadyNode> nodes, SweepReport.Mode mode) {
        List<UnreadyNode> results = new ArrayList<>();
        for (UnreadyNode node : nodes) {
            Node there = Objects.requireNonNull(seen.get(node.instanceId()));
            Optional<FailedRepairs> failed = memory.of(there.instance(), there.target(spec));
            if (failed.isPresent() && !failed.get().isDue(clock.instant())) {
                results.add(leftAlone(failed.get()).of(node));
                continue;
            }
            Treatment refusal = budget.refusal();
            if (refusal != null) {
                results.add(refusal.of(node));
                continue;
            }
            UnreadyNode treated = treat(node, there, mode).of(node);
            budget.count(treated.fate());
            results.add(treated);
        }
        return results;
    }

    /** Observations that did not stop the repairs. */
    List<String> warnings() {
        return warnings;
    }

    private static Treatment leftAlone(FailedRepairs failed) {
        return new Treatment(
                Fate.LEFT_ALONE,
                "until " + failed.next() + ", after " + failed.count() + " failed repairs: " + failed.cause()
                        + "; mend the cause, then attach it by hand, or empty the instance's tag " + OwnerTags.REPAIR
                        + " for the next sweep");
    }

    private Treatment treat(UnreadyNode node, Node there, SweepReport.Mode mode) {
        try {
            return mode == SweepReport.Mode.DRY_RUN ? plan(node) : attach(node, there);
        } catch (RuntimeException e) {
            // A defect fails only this node, too: the others are still repaired.
            return Treatment.failed(e);
        }
    }

    private Treatment plan(UnreadyNode node) {
        Plan plan = attacher.plan(node.instanceId(), spec, deadline);
        if (plan instanceof Plan.Blocked blocked) {
            boolean gone = blocked.findings().stream().anyMatch(f -> GONE.contains(f.code()));
            return Treatment.planned(gone ? Fate.KEPT : Fate.BLOCKED, plan);
        }
        return Treatment.planned(Fate.FOUND, plan);
    }

    private Treatment attach(UnreadyNode node, Node there) {
        Outcome outcome = attacher.attach(node.instanceId(), spec, deadline, () -> {}, CreationOrder.ALL_FIRST);
        if (outcome.isReady()) {
            memory.ready(there.instance(), deadline);
        } else if (outcome instanceof Outcome.Failed failed) {
            if (countsAsFailure(there, failed)) {
                remember(there, FailedRepairs.wordFor(failed));
            }
        }
        return Treatment.ran(
                outcome.fold(attached -> Fate.DONE, complete -> Fate.DONE, skipped -> Fate.KEPT, Repairs::fateOf),
                outcome);
    }

    /** A node's termination during the sweep is normal if no interface of ours is left. */
    private static Fate fateOf(Outcome.Failed failed) {
        return switch (failed.cause().code()) {
            case FINDINGS -> Fate.BLOCKED;
            case INSTANCE_GONE -> failed.leftovers().isEmpty() ? Fate.KEPT : Fate.FAILED;
            default -> Fate.FAILED;
        };
    }

    /**
     * A failure that lasts counts, and so does any failure after it: until the repair succeeds,
     * each attempt changes the node in vain.
     */
    private boolean countsAsFailure(Node there, Outcome.Failed failed) {
        return switch (failed.cause().code()) {
            case FINDINGS, INSTANCE_GONE, INTERRUPTED -> false;
            default ->
                FailedRepairs.lasts(failed)
                        || memory.of(there.instance(), there.target(spec)).isPresent();
        };
    }

    private void remember(Node there, String cause) {
        try {
            memory.failed(there.instance(), there.target(spec), cause, deadline);
        } catch (RuntimeException e) {
            if (warnings.isEmpty()) { // The others fail for the same reason.
                warnings.add("the failed repair of " + there.instance().id() + " could not be noted in its tag "
                        + OwnerTags.REPAIR + ": " + Treatment.failed(e).note()
                        + "; this process leaves the node alone for a while, another process tries at once:"
                        + " allow ec2:CreateTags on instances for this tag key");
            }
        }
    }
}
