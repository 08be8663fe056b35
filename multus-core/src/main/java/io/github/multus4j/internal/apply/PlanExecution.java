package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.internal.plan.AddressShortage;
import io.github.multus4j.internal.plan.DeviceOrder;
import io.github.multus4j.internal.plan.Snapshot;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.AttachedInterface;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Applies one plan: its interfaces side by side, or their roll-back. */
final class PlanExecution {

    private final Ec2Network ec2;
    private final Run run;
    private final NodeGroupSpec spec;
    private final Plan.Attachments plan;
    private final Snapshot snapshot;
    private final List<InterfaceAttachment> interfaces;

    PlanExecution(
            Ec2Network ec2, SharedState shared, Run run, NodeGroupSpec spec, Plan.Attachments plan, Snapshot snapshot) {
        this.ec2 = ec2;
        this.run = run;
        this.spec = spec;
        this.plan = plan;
        this.snapshot = snapshot;
        DeviceIndexConflicts indexes = new DeviceIndexConflicts(plan.interfaces());
        this.interfaces = plan.interfaces().stream()
                .map(planned -> new InterfaceAttachment(ec2, run, shared, spec, snapshot, planned, indexes))
                .toList();
    }

    /** The outcome: all interfaces are attached, or the plan is rolled back. */
    Outcome apply(CreationOrder creationOrder) {
        List<AttachedInterface> attached = List.of();
        try {
            if (AddressShortage.isNear(plan, snapshot)) {
                makeInOrder();
            } else if (creationOrder == CreationOrder.ALL_FIRST) {
                run.sideBySide(
                        interfaces.stream().<Runnable>map(each -> each::make).toList());
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
                attached = new Verification(ec2, run, snapshot.instance(), interfaces).awaitAttached();
            } catch (RuntimeException e) {
                run.stop(run.causeOf(e, "waiting for the interfaces of " + plan.instanceId()));
            }
        }
        Cause cause = run.firstCause();
        if (cause == null) {
            List<String> warnings = warnings(attached);
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
        return giveUp(cause);
    }

    /**
     * Makes the interfaces one after the other, in the order of the subnets. All nodes share this
     * order: the node that gets the last address of one subnet is ahead in the next one, too.
     */
    private void makeInOrder() {
        interfaces.forEach(each -> run.sideBySide(List.of(each::make)));
    }

    private List<String> warnings(List<AttachedInterface> attached) {
        List<String> warnings = new ArrayList<>(plan.warnings());
        DeviceOrder.warning(
                        plan.instanceId(),
                        plan.interfaces().stream().map(DeviceOrder.Placed::of).toList())
                .ifPresent(warnings::remove); // The indexes may have changed since.
        DeviceOrder.warning(
                        plan.instanceId(),
                        attached.stream().map(DeviceOrder.Placed::of).toList())
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

    private Outcome giveUp(Cause cause) {
        // An interrupt ends the work, but not the roll-back, which has its own deadline; it is kept
        // for the caller.
        boolean interrupted = Thread.interrupted();
        try {
            if (spec.onFailure() == OnFailure.KEEP && cause.code() != Cause.Code.INSTANCE_GONE) {
                return new Outcome.Failed(plan.instanceId(), cause, List.of(), kept(), plan.warnings());
            }
            RollBack.Report report = new RollBack(ec2, run).undo(interfaces);
            List<String> warnings = new ArrayList<>(plan.warnings());
            if (cause.code() != Cause.Code.INSTANCE_GONE) {
                new UsedTokensTag(ec2, run)
                        .write(snapshot.instance(), interfaces, report.removed())
                        .ifPresent(warnings::add);
            }
            if (cause.code() == Cause.Code.INSTANCE_GONE && report.leftovers().isEmpty()) {
                return new Outcome.Skipped(plan.instanceId(), cause.message() + "; removed: " + report.removed(), true);
            }
            return new Outcome.Failed(plan.instanceId(), cause, report.removed(), report.leftovers(), warnings);
        } catch (RuntimeException e) { // A call that does not end.
            List<Leftover> left = kept().stream()
                    .map(each -> new Leftover(each.networkInterfaceId(), "not removed: " + e.getMessage()))
                    .toList();
            return new Outcome.Failed(plan.instanceId(), cause, List.of(), left, plan.warnings());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<Leftover> kept() {
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
