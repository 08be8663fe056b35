package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.launch.LaunchOrder;
import io.github.multus4j.internal.launch.LaunchTurn;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.observe.SlotView;
import io.github.multus4j.internal.observe.SnapshotReader;
import io.github.multus4j.internal.plan.DeviceOrder;
import io.github.multus4j.internal.plan.Planner;
import io.github.multus4j.internal.plan.Scarcity;
import io.github.multus4j.internal.plan.Snapshot;
import io.github.multus4j.internal.policy.CheckedPolicies;
import io.github.multus4j.internal.policy.PolicyException;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.internal.run.RunEnvironment;
import io.github.multus4j.internal.run.Stopped;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.AttachedInterface;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface;
import io.github.multus4j.result.PlannedInterface.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Makes instances Multus-ready: reads the present state, plans the missing interfaces, applies the
 * plan, and rolls back if it cannot finish. A second run on a finished node changes nothing; a run
 * on an unfinished node finishes it. Thread-safe; keep one for the life of the process, because it
 * caches facts that change rarely.
 */
public final class Attacher {

    private final Ec2Network ec2;
    private final RunEnvironment surroundings;
    private final SharedState shared;
    private final SnapshotReader reader;

    /** Attaches through that port, in that environment. */
    public Attacher(Ec2Network ec2, RunEnvironment surroundings) {
        this.ec2 = ec2;
        this.surroundings = surroundings;
        this.shared = new SharedState(surroundings);
        this.reader = new SnapshotReader(ec2, surroundings.clock(), shared.unlisted());
    }

    /**
     * The changes that {@link #attach} would make now. Makes reads only.
     *
     * @throws Ec2Exception if EC2 could not be read
     */
    public Plan plan(String instanceId, NodeGroupSpec spec, Deadline deadline) {
        Run run = new Run(surroundings, shared.pace(), deadline, () -> {});
        try {
            NodeGroupSpec checked = CheckedPolicies.of(spec, run.policies());
            SnapshotReader.Launch launch = reader.launch(run, instanceId, checked);
            Plan settled = launch.settled();
            return settled != null
                    ? settled
                    : new Planner(checked, withUnlisted(reader.read(run, checked, launch))).plan();
        } catch (PolicyException e) {
            return new Plan.Blocked(instanceId, List.of(e.finding()));
        } catch (Stopped e) {
            Finding stopped =
                    new Finding(Finding.Code.NOT_SEEN_IN_TIME, e.because().message());
            return new Plan.Blocked(instanceId, List.of(stopped));
        } catch (RuntimeException e) {
            throw Ec2Exception.ofPort("looking at " + instanceId, e);
        }
    }

    private Snapshot withUnlisted(Snapshot snapshot) {
        Map<String, Map<IpAddress, String>> claimed = new HashMap<>();
        snapshot.selection()
                .subnetIds()
                .forEach(id -> claimed.put(id, shared.unlisted().asClaims(id)));
        return snapshot.withClaimed(claimed);
    }

    /** When a run makes interfaces. */
    public enum Making {
        /** Each just before it is attached. */
        SIDE_BY_SIDE,
        /**
         * All before the first is attached, for a node in service: an interface that cannot be made
         * leaves the node untouched.
         */
        ALL_FIRST
    }

    /** A plan, and the snapshot from which it was made; null if the plan needed none. */
    private record Planned(Plan plan, @Nullable Snapshot snapshot) {}

    /**
     * Makes the instance Multus-ready, by the deadline.
     *
     * @param instanceId the instance
     * @param spec the wanted state
     * @param deadline the end of the run, roll-back included
     * @param pulse called every second or so during the run, on its threads; it must not throw
     * @param making when the run makes interfaces
     */
    public Outcome attach(String instanceId, NodeGroupSpec spec, Deadline deadline, Runnable pulse, Making making) {
        Instant start = surroundings.clock().instant();
        Run run = new Run(surroundings, shared.pace(), deadline, pulse);
        NodeGroupSpec checked = CheckedPolicies.of(spec, run.policies());
        Outcome outcome = null;
        String failedStep = "looking at " + instanceId;
        try {
            Planned planned = planInTurn(run, instanceId, checked);
            failedStep = instanceId;
            run.tell(listener -> listener.planned(instanceId, planned.plan()));
            outcome = carryOut(run, checked, planned, making);
        } catch (RuntimeException e) { // A defect, of a user's port for example, fails this node only.
            Cause first = run.firstCause();
            outcome = failed(instanceId, first != null ? first : run.causeOf(e, failedStep));
        } finally {
            shared.claims().ended(run, outcome != null && outcome.isReady());
        }
        Duration took = Duration.between(start, surroundings.clock().instant());
        Outcome told = run.warned(outcome);
        run.tell(listener -> listener.ended(told, took));
        return run.warned(outcome);
    }

    /**
     * Plans, and waits for the node's turn first if nodes that launch together come before it. The
     * subnets' interfaces are read last: they change meanwhile, and the reads of all waiting runs
     * would throttle the others.
     */
    private Planned planInTurn(Run run, String instanceId, NodeGroupSpec spec) {
        SnapshotReader.Launch launch = reader.launch(run, instanceId, spec);
        LaunchTurn turn = new LaunchTurn(surroundings.callRates(), run.clock().instant());
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

    private Outcome carryOut(Run run, NodeGroupSpec spec, Planned planned, Making making) {
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
        return apply(run, spec, plan, Objects.requireNonNull(planned.snapshot()), making);
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

    private Outcome apply(Run run, NodeGroupSpec spec, Plan.Attachments plan, Snapshot snapshot, Making making) {
        DeviceIndexConflicts indexes = new DeviceIndexConflicts(plan.interfaces());
        List<InterfaceAttachment> interfaces = plan.interfaces().stream()
                .map(planned -> new InterfaceAttachment(ec2, run, shared, spec, snapshot, planned, indexes))
                .toList();
        List<AttachedInterface> attached = List.of();
        try {
            if (Scarcity.isNear(plan, snapshot)) {
                makeInOrder(run, interfaces);
            } else if (making == Making.ALL_FIRST) {
                run.sideBySide(interfaces.stream()
                        .<Callable<Boolean>>map(each -> each::make)
                        .toList());
            }
            if (run.firstCause() == null) {
                run.sideBySide(interfaces);
            }
        } catch (RuntimeException e) {
            // An exception of a task stops the run inside the task, so this one is the executor's.
            run.stop(run.causeOf(e, "attaching to " + plan.instanceId()));
        }
        if (run.firstCause() == null) {
            try {
                attached = seeAttached(run, interfaces, snapshot.instance());
            } catch (RuntimeException e) {
                run.stop(run.causeOf(e, "waiting for the interfaces of " + plan.instanceId()));
            }
        }
        Cause cause = run.firstCause();
        if (cause == null) {
            List<String> warnings = warnings(spec, plan, attached);
            interfaces.forEach(each -> each.warning().ifPresent(warnings::add));
            new RollBack(ec2, run)
                    .removeSurplus(interfaces)
                    .leftovers()
                    .forEach(left -> warnings.add("one interface too many was made and is left: " + left));
            new UsedTokensTag(ec2, run)
                    .write(snapshot.instance(), interfaces, List.of())
                    .ifPresent(warnings::add);
            return new Outcome.Attached(plan.instanceId(), attached, warnings);
        }
        return giveUp(run, spec, plan, snapshot.instance(), interfaces, cause);
    }

    /**
     * Makes the interfaces one after the other, in the order of the subnets. All nodes share this
     * order: the node that gets the last address of one subnet is ahead in the next one, too.
     */
    private static void makeInOrder(Run run, List<InterfaceAttachment> interfaces) {
        for (InterfaceAttachment each : interfaces) {
            if (run.firstCause() == null) {
                run.await(run.start(each::make));
            }
        }
    }

    private static List<String> warnings(NodeGroupSpec spec, Plan.Attachments plan, List<AttachedInterface> attached) {
        List<String> warnings = new ArrayList<>(plan.warnings());
        DeviceOrder.warning(
                        plan.instanceId(),
                        plan.interfaces().stream().map(DeviceOrder.Placed::of).toList())
                .ifPresent(warnings::remove); // The indexes may have changed since.
        DeviceOrder.warning(
                        plan.instanceId(),
                        attached.stream()
                                .map(each -> new DeviceOrder.Placed(
                                        each.subnetId(), each.id(), each.networkCardIndex(), each.deviceIndex()))
                                .toList())
                .ifPresent(warnings::add);
        List<String> set = plan.interfaces().stream()
                .filter(i -> i.steps().contains(Step.SET_DELETE_ON_TERMINATION))
                .map(i -> i.subnet().id())
                .toList();
        attached.stream()
                .filter(i -> set.contains(i.subnetId()) && i.deleteOnTermination() != spec.deleteOnTermination())
                .forEach(i -> warnings.add(
                        i.id() + ": delete-on-termination was set and is seen as " + i.deleteOnTermination()));
        return warnings;
    }

    /**
     * Reads until every interface is attached. If an interface is not attached after a while,
     * another run has rolled it back, and it is made again.
     *
     * @return the attached interfaces; not all of them if the run was stopped
     */
    private List<AttachedInterface> seeAttached(Run run, List<InterfaceAttachment> interfaces, Instance instance) {
        SlotView view = new SlotView(ec2, interfaces.get(0).planned().slot(), run.workDeadline());
        Instant since = run.clock().instant();
        for (int tries = 0; ; tries++) {
            Map<String, NetworkInterface> seen = look(run, interfaces);
            List<AttachedInterface> attached = new ArrayList<>();
            List<InterfaceAttachment> lost = new ArrayList<>();
            for (InterfaceAttachment each : interfaces) {
                NetworkInterface found = seen.get(each.id());
                if (found != null && found.isAttachmentComplete(instance.id())) {
                    attached.add(AttachedInterface.of(
                            each.planned().subnet(), found, Objects.requireNonNull(found.attachment())));
                } else if (found == null || !found.isAttachedTo(instance.id())) {
                    lost.add(each);
                }
            }
            if (attached.size() == interfaces.size()) {
                return attached;
            }
            if (!lost.isEmpty() && run.hasPassed(since.plus(Timing.SETTLING))) {
                run.sideBySide(lost.stream()
                        .<Callable<Boolean>>map(each -> each::callAgain)
                        .toList());
                if (run.firstCause() != null) {
                    return attached;
                }
                since = run.clock().instant();
                tries = 0;
            }
            if (tries > 0) {
                run.await(run.start(() -> view.instance(instance)));
            }
            run.pause(tries, "waiting for the interfaces of " + instance.id());
        }
    }

    private Map<String, NetworkInterface> look(Run run, List<InterfaceAttachment> interfaces) {
        List<String> ids =
                interfaces.stream().map(i -> Objects.requireNonNull(i.id())).toList();
        Map<String, NetworkInterface> seen = new HashMap<>();
        run.await(run.start(() -> ec2.describeNetworkInterfaces(
                        List.of(Filter.of("network-interface-id", ids)), run.workDeadline())))
                .forEach(i -> seen.put(i.id(), i));
        return seen;
    }

    private Outcome giveUp(
            Run run,
            NodeGroupSpec spec,
            Plan.Attachments plan,
            Instance instance,
            List<InterfaceAttachment> interfaces,
            Cause cause) {
        // An interrupt ends the work, but not the roll-back, which has its own deadline; it is kept
        // for the caller.
        boolean interrupted = Thread.interrupted();
        try {
            if (spec.onFailure() == OnFailure.KEEP && cause.code() != Cause.Code.INSTANCE_GONE) {
                return new Outcome.Failed(plan.instanceId(), cause, List.of(), kept(interfaces), plan.warnings());
            }
            RollBack.Report report = new RollBack(ec2, run).undo(interfaces);
            List<String> warnings = new ArrayList<>(plan.warnings());
            if (cause.code() != Cause.Code.INSTANCE_GONE) {
                new UsedTokensTag(ec2, run)
                        .write(instance, interfaces, report.removed())
                        .ifPresent(warnings::add);
            }
            if (cause.code() == Cause.Code.INSTANCE_GONE && report.leftovers().isEmpty()) {
                return new Outcome.Skipped(plan.instanceId(), cause.message() + "; removed: " + report.removed(), true);
            }
            return new Outcome.Failed(plan.instanceId(), cause, report.removed(), report.leftovers(), warnings);
        } catch (RuntimeException e) { // A call that does not end.
            List<Leftover> left = kept(interfaces).stream()
                    .map(each -> new Leftover(each.networkInterfaceId(), "not removed: " + e.getMessage()))
                    .toList();
            return new Outcome.Failed(plan.instanceId(), cause, List.of(), left, plan.warnings());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<Leftover> kept(List<InterfaceAttachment> interfaces) {
        List<Leftover> kept = new ArrayList<>();
        for (InterfaceAttachment each : interfaces) {
            if (each.isNewAtInstance()) {
                kept.add(new Leftover(Objects.requireNonNull(each.id()), "kept for the next run to go on from"));
            } else if (each.creationUnknown()) {
                kept.add(Leftover.unseen(each.planned().slot(), "kept for the next run, if it exists"));
            }
        }
        return kept;
    }
}
