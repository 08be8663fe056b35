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
import io.github.multus4j.result.SweepReport.UnreadyNode;
import io.github.multus4j.result.SweepScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Scans a scope twice and repairs the findings of both scans: removes available interfaces of ours
 * with a terminated owner or a replacement, and makes running nodes ready that carry the trigger
 * tag and lack interfaces. If the first scan has no findings, there is no second one. Interfaces of
 * other owners are never touched. Thread-safe.
 *
 * <p>A failed repair removes its new interfaces from a node in service. So a repair makes all
 * interfaces before it attaches the first. After EC2 refused a repair for a lasting reason, the
 * node is skipped: for 30 minutes at first, doubled after each further failure, at most a day. The
 * instance's tag {@link io.github.multus4j.nodegroup.OwnerTags#REPAIR} tells the next process.
 * Another spec or another instance type is tried at once, and so is a run by event or by id.
 */
public final class Sweeper {

    private final Ec2Network ec2;
    private final Attacher attacher;
    private final RunEnvironment environment;
    private final RepairMemory memory;

    /** Sweeps through that port, in that environment; nodes are made ready by that attacher. */
    public Sweeper(Ec2Network ec2, Attacher attacher, RunEnvironment environment) {
        this.ec2 = ec2;
        this.attacher = attacher;
        this.environment = environment;
        this.memory = new RepairMemory(ec2, environment.clock());
    }

    /**
     * Sweeps once.
     *
     * @param scope the scope and the limits
     * @param spec the configuration of the nodes. Leaks do not depend on it: those of other specs
     *     are leaks, too
     * @param mode whether to change anything
     * @param deadline the end of the sweep. Without time for the second scan nothing is changed
     * @throws IllegalArgumentException if the spec has no trigger; no call was made
     * @throws Ec2Exception if one of the scans was incomplete: nothing was changed. Later failures
     *     are in the report
     */
    public SweepReport sweep(SweepScope scope, NodeGroupSpec spec, SweepReport.Mode mode, Deadline deadline) {
        spec.requireTrigger();
        Deadline work = workDeadline(deadline);
        PolicyCalls policies = new TimedPolicyCalls(environment.clock(), work, () -> {});
        SweepScan sweepScan = new SweepScan(ec2, scope, spec, policies, work);
        Instant start = environment.clock().instant();
        ScanResult first = scan(sweepScan);
        if (!first.hasSuspects()) {
            return report(scope, mode, List.of(), List.of(), first);
        }
        Duration scanTook = Duration.between(start, environment.clock().instant());
        Duration left = work.remaining(environment.clock());
        if (left.compareTo(scope.looksApart().plus(scanTook)) <= 0) {
            return seenOnce(scope, mode, first, "no time for a second look, so nothing was changed");
        }
        try {
            environment.sleeper().sleep(scope.looksApart());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return seenOnce(scope, mode, first, "interrupted before the second look, so nothing was changed");
        }
        ScanResult seen = scan(sweepScan).confirming(first);
        // Leaks first: the nodes may need their addresses.
        List<Leak> leaks = new Removals(ec2, environment, work, budget(scope, work)).of(seen.leaks(), mode);
        Repairs repairs =
                new Repairs(attacher, spec, deadline, budget(scope, work), memory, environment.clock(), seen.nodes());
        List<UnreadyNode> nodes = repairs.of(seen.lacking(), mode);
        return report(scope, mode, leaks, nodes, seen.and(repairs.warnings()));
    }

    private static ScanResult scan(SweepScan sweepScan) {
        try {
            return sweepScan.scan();
        } catch (RuntimeException e) {
            throw Ec2Exception.ofPort("looking at the nodes", e);
        }
    }

    private SweepBudget budget(SweepScope scope, Deadline work) {
        return new SweepBudget(scope.atMost(), environment.clock(), work);
    }

    /** Time is reserved for calls in flight: a quarter of it, at most 30 seconds. */
    private Deadline workDeadline(Deadline deadline) {
        return deadline.minus(Timing.rollBackReserve(deadline.remaining(environment.clock())));
    }

    private static SweepReport seenOnce(SweepScope scope, SweepReport.Mode mode, ScanResult first, String why) {
        Treatment treatment = new Treatment(Fate.NOT_REACHED, why);
        return report(
                scope,
                mode,
                first.leaks().stream().map(treatment::of).toList(),
                first.lacking().stream().map(treatment::of).toList(),
                first);
    }

    private static SweepReport report(
            SweepScope scope, SweepReport.Mode mode, List<Leak> leaks, List<UnreadyNode> nodes, ScanResult seen) {
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
