package io.github.multus4j.internal.sweep;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.internal.apply.Attacher;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.policy.PolicyCalls;
import io.github.multus4j.internal.run.RunEnvironment;
import io.github.multus4j.internal.run.TimedPolicyCalls;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepReport.Fate;
import io.github.multus4j.result.SweepReport.Leak;
import io.github.multus4j.result.SweepReport.Treatment;
import io.github.multus4j.result.SweepReport.UnreadyNode;
import io.github.multus4j.result.SweepScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks twice at a scope and mends what both looks show: removes interfaces of ours that are available and whose owner is gone or has
 * another in their place, and makes running nodes ready that carry the trigger tag and lack interfaces. Where the first look shows nothing
 * of the kind, there is no second one. What we do not own is never touched. Thread-safe.
 *
 * <p>A failed repair takes off a node in service what it had attached. So a repair makes all interfaces before it attaches the first, and a
 * node whose repair EC2 refused for a reason that lasts is left alone: for 30 minutes at first, twice as long after each further failure, at
 * most a day. The instance's tag {@link io.github.multus4j.nodegroup.OwnerTags#REPAIR} holds that for the next process. Another spec or
 * another instance type is tried at once, and so is a run that is asked for by event or by id.
 */
public final class Sweeper {

    private final Ec2Network ec2;
    private final Attacher attacher;
    private final RunEnvironment surroundings;
    private final RepairMemory memory;

    /** Sweeps through that port, in those surroundings; nodes are made ready by that attacher. */
    public Sweeper(Ec2Network ec2, Attacher attacher, RunEnvironment surroundings) {
        this.ec2 = ec2;
        this.attacher = attacher;
        this.surroundings = surroundings;
        this.memory = new RepairMemory(ec2, surroundings.clock());
    }

    /**
     * Sweeps once.
     *
     * @param scope where to look, and how far to go
     * @param spec what the nodes are to have. Leaks do not depend on it: those of other specs are leaks, too
     * @param mode whether to change anything
     * @param deadline by when all has ended. Without time for the second look nothing is changed
     * @throws IllegalArgumentException if the spec has no trigger; nothing was asked
     * @throws Ec2Exception if one of the looks could not be taken whole: nothing was changed. What fails later is in the report
     */
    public SweepReport sweep(SweepScope scope, NodeGroupSpec spec, SweepReport.Mode mode, Deadline deadline) {
        spec.requireTrigger();
        Deadline work = workDeadline(deadline);
        PolicyCalls policies = new TimedPolicyCalls(surroundings.clock(), work, () -> {});
        SweepScan watch = new SweepScan(ec2, scope, spec, policies, work);
        Instant start = surroundings.clock().instant();
        Look first = look(watch);
        if (!first.hasSuspects()) {
            return report(scope, mode, List.of(), List.of(), first);
        }
        Duration lookTook = Duration.between(start, surroundings.clock().instant());
        Duration left = work.remaining(surroundings.clock());
        if (left.compareTo(scope.looksApart().plus(lookTook)) <= 0) {
            return seenOnce(scope, mode, first, "no time for a second look, so nothing was changed");
        }
        try {
            surroundings.sleeper().sleep(scope.looksApart());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return seenOnce(scope, mode, first, "interrupted before the second look, so nothing was changed");
        }
        Look seen = look(watch).confirming(first);
        // Leaks first: their addresses may be what the nodes lack.
        List<Leak> leaks = new Removals(ec2, surroundings, work, allowance(scope, work)).of(seen.leaks(), mode);
        Repairs repairs = new Repairs(
                attacher, spec, deadline, allowance(scope, work), memory, surroundings.clock(), seen.nodes());
        List<UnreadyNode> nodes = repairs.of(seen.lacking(), mode);
        return report(scope, mode, leaks, nodes, seen.and(repairs.warnings()));
    }

    private static Look look(SweepScan watch) {
        try {
            return watch.look();
        } catch (RuntimeException e) {
            throw Ec2Exception.ofPort("looking at the nodes", e);
        }
    }

    private Allowance allowance(SweepScope scope, Deadline work) {
        return new Allowance(scope.atMost(), surroundings.clock(), work);
    }

    /** Time is kept for what is under way: a quarter of it, at most 30 seconds. */
    private Deadline workDeadline(Deadline deadline) {
        return deadline.minus(Timing.rollBackReserve(deadline.remaining(surroundings.clock())));
    }

    private static SweepReport seenOnce(SweepScope scope, SweepReport.Mode mode, Look first, String why) {
        Treatment treatment = new Treatment(Fate.NOT_REACHED, why);
        return report(
                scope,
                mode,
                first.leaks().stream().map(leak -> leak.with(treatment)).toList(),
                first.lacking().stream().map(node -> node.with(treatment)).toList(),
                first);
    }

    private static SweepReport report(
            SweepScope scope, SweepReport.Mode mode, List<Leak> leaks, List<UnreadyNode> nodes, Look seen) {
        List<String> unreached = Stream.concat(
                        leaks.stream()
                                .filter(leak -> leak.fate() == Fate.NOT_REACHED)
                                .map(Leak::note),
                        nodes.stream()
                                .filter(node -> node.fate() == Fate.NOT_REACHED)
                                .map(UnreadyNode::note))
                .distinct()
                .map(why -> "not everything was reached: " + why)
                .toList();
        return new SweepReport(
                scope,
                mode,
                leaks,
                Stream.concat(nodes.stream(), seen.blocked().stream())
                        .sorted(Comparator.comparing(UnreadyNode::instanceId))
                        .toList(),
                Stream.concat(seen.warnings().stream(), unreached.stream()).toList());
    }
}
