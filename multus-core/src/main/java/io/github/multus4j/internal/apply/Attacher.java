package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.launch.LaunchOrder;
import io.github.multus4j.internal.launch.LaunchTurn;
import io.github.multus4j.internal.observe.SnapshotReader;
import io.github.multus4j.internal.plan.Planner;
import io.github.multus4j.internal.plan.Snapshot;
import io.github.multus4j.internal.policy.CheckedPolicies;
import io.github.multus4j.internal.policy.PolicyException;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.internal.run.RunEnvironment;
import io.github.multus4j.internal.run.RunStoppedException;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.AttachedInterface;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes instances Multus-ready: reads the present state, plans the missing interfaces, applies the
 * plan, and rolls back if it cannot finish. A second run on a finished node changes nothing; a run
 * on an unfinished node finishes it. Thread-safe; keep one for the life of the process, because it
 * caches facts that change rarely.
 */
public final class Attacher {

    private final Ec2Network ec2;
    private final RunEnvironment environment;
    private final SharedState shared;
    private final SnapshotReader reader;

    /** Attaches through that port, in that environment. */
    public Attacher(Ec2Network ec2, RunEnvironment environment) {
        this.ec2 = ec2;
        this.environment = environment;
        this.shared = new SharedState(environment);
        this.reader = new SnapshotReader(ec2, environment.clock(), shared.unlisted());
    }

    /**
     * The changes that {@link #attach} would make now. Makes reads only.
     *
     * @throws Ec2Exception if EC2 could not be read
     */
    public Plan plan(String instanceId, NodeGroupSpec spec, Deadline deadline) {
        Run run = new Run(environment, shared.rateLimiter(), deadline, () -> {});
        try {
            NodeGroupSpec checked = CheckedPolicies.of(spec, run.policies());
            SnapshotReader.Launch launch = reader.launch(run, instanceId, checked);
            Plan settled = launch.settled();
            if (settled != null) {
                return settled;
            }
            Snapshot snapshot = reader.read(run, checked, launch);
            return new Planner(checked, snapshot.withClaimed(shared.claims().byOthers(snapshot))).plan();
        } catch (PolicyException e) {
            return new Plan.Blocked(instanceId, List.of(e.finding()));
        } catch (RunStoppedException e) {
            Finding stopped =
                    new Finding(Finding.Code.NOT_SEEN_IN_TIME, e.because().message());
            return new Plan.Blocked(instanceId, List.of(stopped));
        } catch (RuntimeException e) {
            throw Ec2Exception.ofPort("looking at " + instanceId, e);
        }
    }

    /** A plan, and the snapshot from which it was made; null if the plan needed none. */
    private record Planned(Plan plan, @Nullable Snapshot snapshot) {}

    /**
     * Makes the instance Multus-ready, by the deadline.
     *
     * @param instanceId the instance
     * @param spec the wanted state
     * @param deadline the end of the run, roll-back included
     * @param heartbeat called every second or so during the run, on its threads; it must not throw
     * @param creationOrder when the run makes interfaces
     */
    public Outcome attach(
            String instanceId, NodeGroupSpec spec, Deadline deadline, Runnable heartbeat, CreationOrder creationOrder) {
        Instant start = environment.clock().instant();
        Run run = new Run(environment, shared.rateLimiter(), deadline, heartbeat);
        NodeGroupSpec checked = CheckedPolicies.of(spec, run.policies());
        Outcome outcome = null;
        String failedStep = "looking at " + instanceId;
        try {
            Planned planned = planInTurn(run, instanceId, checked);
            failedStep = instanceId;
            run.notifyListener(listener -> listener.planned(instanceId, planned.plan()));
            outcome = carryOut(run, checked, planned, creationOrder);
        } catch (RuntimeException e) { // A defect, of a user's port for example, fails this node only.
            Cause first = run.firstCause();
            outcome = failed(instanceId, first != null ? first : run.causeOf(e, failedStep));
        } finally {
            shared.claims().ended(run, outcome != null && outcome.isReady());
        }
        Duration took = Duration.between(start, environment.clock().instant());
        Outcome reported = run.warned(outcome);
        run.notifyListener(listener -> listener.ended(reported, took));
        return run.warned(outcome);
    }

    /**
     * Plans, and waits for the node's turn first if nodes that launch together come before it. The
     * subnets' interfaces are read last: they change meanwhile, and the reads of all waiting runs
     * would throttle the others.
     */
    private Planned planInTurn(Run run, String instanceId, NodeGroupSpec spec) {
        SnapshotReader.Launch launch = reader.launch(run, instanceId, spec);
        LaunchTurn turn = new LaunchTurn(environment.callRates(), run.clock().instant());
        while (true) {
            Planned planned = launch.lacksInterfaces() ? null : plan(run, spec, launch);
            if (planned != null && !makesInterfaces(planned.plan())) {
                return planned;
            }
            LaunchOrder order = Objects.requireNonNull(launch.order());
            Optional<Instant> next =
                    turn.next(order, launch.interfaces(), run.clock().instant());
            if (next.isEmpty()) {
                return planned != null ? planned : plan(run, spec, launch);
            }
            run.awaitTurn(next.get(), order.placesBefore() + " launched before " + instanceId);
            launch = reader.launchAgain(run, instanceId, spec, launch);
        }
    }

    /**
     * Plans from a new snapshot, and claims the plan's addresses: no lock is held while user code
     * decides.
     */
    private Planned plan(Run run, NodeGroupSpec spec, SnapshotReader.Launch launch) {
        Plan settled = launch.settled();
        if (settled != null) {
            return new Planned(settled, null);
        }
        Snapshot snapshot = reader.read(run, spec, launch);
        for (int decisions = 1; ; decisions++) {
            Map<String, Map<IpAddress, String>> claimed = shared.claims().byOthers(snapshot);
            Plan plan = new Planner(spec, snapshot.withClaimed(claimed)).plan();
            if (shared.claims().claim(run, plan, claimed, decisions)) {
                return new Planned(plan, snapshot);
            }
        }
    }

    private Outcome carryOut(Run run, NodeGroupSpec spec, Planned planned, CreationOrder creationOrder) {
        String instanceId = planned.plan().instanceId();
        if (planned.plan() instanceof Plan.NotForUs notForUs) {
            return new Outcome.Skipped(instanceId, notForUs.reason());
        }
        if (planned.plan() instanceof Plan.Blocked blocked) {
            Cause cause = asCause(blocked);
            List<Leftover> left = leftBefore(instanceId, spec, planned.snapshot());
            return cause.code() == Cause.Code.INSTANCE_GONE && left.isEmpty()
                    ? new Outcome.Skipped(instanceId, cause.message(), true)
                    : new Outcome.Failed(instanceId, cause, List.of(), left, List.of());
        }
        Plan.Attachments plan = (Plan.Attachments) planned.plan();
        if (plan.isComplete()) {
            return new Outcome.Complete(instanceId, present(plan), plan.warnings());
        }
        return new PlanExecution(ec2, shared, run, spec, plan, Objects.requireNonNull(planned.snapshot()))
                .apply(creationOrder);
    }

    private static boolean makesInterfaces(Plan plan) {
        return plan instanceof Plan.Attachments attachments
                && attachments.interfaces().stream().anyMatch(i -> i.existing() == null);
    }

    private static Outcome failed(String instanceId, Cause cause) {
        return new Outcome.Failed(instanceId, cause, List.of(), List.of(), List.of());
    }

    /**
     * The unfinished interfaces of earlier runs, for a blocked plan that cannot continue with them.
     */
    private static List<Leftover> leftBefore(String instanceId, NodeGroupSpec spec, @Nullable Snapshot snapshot) {
        if (snapshot == null) {
            return List.of();
        }
        return snapshot.interfaces().stream()
                .filter(i -> OwnerTags.namedOwner(i.tags())
                        .filter(instanceId::equals)
                        .isPresent())
                .filter(i ->
                        i.attachment() == null || i.attachment().deleteOnTermination() != spec.deleteOnTermination())
                .map(i -> new Leftover(i.id(), "left unfinished by a run before this one"))
                .toList();
    }

    private static Cause asCause(Plan.Blocked blocked) {
        boolean gone = blocked.findings().stream()
                .anyMatch(f -> f.code() == Finding.Code.INSTANCE_GOING || f.code() == Finding.Code.INSTANCE_NOT_FOUND);
        String message = Excerpt.joined(blocked.findings(), "; ");
        RuntimeException thrown = blocked.findings().stream()
                .map(Finding::exception)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new Cause(gone ? Cause.Code.INSTANCE_GONE : Cause.Code.FINDINGS, message, thrown, blocked.findings());
    }

    private static List<AttachedInterface> present(Plan.Attachments plan) {
        List<AttachedInterface> present = new ArrayList<>();
        for (PlannedInterface planned : plan.interfaces()) {
            NetworkInterface existing = Objects.requireNonNull(planned.existing());
            present.add(
                    AttachedInterface.of(planned.subnet(), existing, Objects.requireNonNull(existing.attachment())));
        }
        return present;
    }
}
