package io.github.multus4j.attach;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.plan.PlannedInterface;
import io.github.multus4j.plan.Planner;
import io.github.multus4j.plan.Slot;
import io.github.multus4j.plan.Snapshot;
import io.github.multus4j.plan.Step;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes one planned interface through its steps. After each call that did not plainly succeed it looks, and decides by what it sees. What it
 * has made so far can be asked for once it has ended, however it ended.
 */
final class InterfaceRun implements Callable<Boolean> {

    private final Ec2Network ec2;
    private final Run run;
    private final NodeGroupSpec spec;
    private final PlannedInterface planned;
    private final Slot slot;
    private final DeviceIndexes indexes;
    private final SlotView view;
    private final Instance firstSeen;
    private final InterfaceCreation creation;

    private @Nullable String id;
    private @Nullable String attachmentId;
    private boolean made;
    private boolean attachedHere;

    InterfaceRun(
            Ec2Network ec2,
            Run run,
            NodeGroupSpec spec,
            Snapshot snapshot,
            PlannedInterface planned,
            DeviceIndexes indexes) {
        this.ec2 = ec2;
        this.run = run;
        this.spec = spec;
        this.planned = planned;
        this.slot = planned.slot();
        this.indexes = indexes;
        this.view = new SlotView(ec2, slot, run.workDeadline());
        this.firstSeen = snapshot.instance();
        this.creation = new InterfaceCreation(ec2, run, spec, snapshot, planned, view);
        NetworkInterface existing = planned.existing();
        if (existing != null) {
            take(existing, false);
        }
    }

    PlannedInterface planned() {
        return planned;
    }

    /** The interface; null if there is none yet. */
    @Nullable
    String id() {
        return id;
    }

    /** Whether there is an interface that was not attached when the run began: this run made it, or took it up. */
    boolean isNewAtInstance() {
        return id != null && planned.steps().contains(Step.ATTACH);
    }

    /** Whether this run attached it, or may have. */
    boolean attachedHere() {
        return attachedHere;
    }

    /** Whether an interface may have been made that nobody has seen. */
    boolean creationUnknown() {
        return creation.isOutcomeUnknown();
    }

    @Override
    public Boolean call() {
        try {
            applySteps();
            return true;
        } catch (RuntimeException e) {
            run.stop(Run.causeOf(e, slot)); // whatever it is, what was made has to be rolled back
            return false;
        }
    }

    private void applySteps() {
        if (id == null) {
            take(creation.create());
        }
        while (!finish()) {
            if (!made || !creation.canRepeat()) {
                throw new Stopped(Cause.Code.INTERFACE_LOST, slot + ": " + id + " does not exist any more");
            }
            take(creation.repeat());
        }
    }

    private void take(InterfaceCreation.Created created) {
        take(created.networkInterface(), created.madeHere());
    }

    private void take(NetworkInterface networkInterface, boolean madeHere) {
        Attachment attachment = networkInterface.attachment();
        id = networkInterface.id();
        made = madeHere;
        attachmentId = attachment != null && networkInterface.isAttachedTo(slot.instanceId()) ? attachment.id() : null;
    }

    /** The steps after creation; false if the interface turns out not to be there, and not just not visible yet. */
    private boolean finish() {
        String here = id;
        if (here == null) {
            return false;
        }
        if (planned.steps().contains(Step.SET_SOURCE_DEST_CHECK)
                && !modify(
                        here,
                        deadline -> ec2.modifySourceDestCheck(here, spec.sourceDestCheck(), deadline),
                        seen -> seen.sourceDestCheck() == spec.sourceDestCheck())) {
            return false;
        }
        if (attachmentId == null) {
            attachmentId = attach(here);
        }
        String attachment = attachmentId;
        return attachment != null
                && (!planned.steps().contains(Step.SET_DELETE_ON_TERMINATION)
                        || modify(
                                here,
                                deadline -> ec2.modifyDeleteOnTermination(
                                        here, attachment, spec.deleteOnTermination(), deadline),
                                this::hasWantedDeleteOnTermination));
    }

    private boolean hasWantedDeleteOnTermination(NetworkInterface seen) {
        Attachment attachment = seen.attachment();
        return attachment != null && attachment.deleteOnTermination() == spec.deleteOnTermination();
    }

    /** A change that may be made again: until it is done, or seen to be done. False if the interface is not there. */
    private boolean modify(String interfaceId, Consumer<Deadline> change, Predicate<NetworkInterface> done) {
        Instant giveUp = run.clock().instant().plus(Observer.VISIBILITY);
        for (int tries = 0; ; tries++) {
            run.checkGoesOn(slot);
            try {
                change.accept(run.workDeadline());
                return true;
            } catch (Ec2Exception e) {
                switch (e.kind()) {
                    case OUTCOME_UNKNOWN, BUSY -> {
                        if (view.find(interfaceId).filter(done).isPresent()) {
                            return true;
                        }
                    }
                    case NOT_FOUND -> {
                        if (isGone(interfaceId, giveUp, e)) {
                            return false;
                        }
                    }
                    default -> throw e;
                }
                run.pause(tries, slot);
            }
        }
    }

    /** The attachment's id; null if the interface is not there. */
    private @Nullable String attach(String interfaceId) {
        int index = planned.deviceIndex();
        Instant giveUp = run.clock().instant().plus(Observer.VISIBILITY);
        for (int tries = 0; ; tries++) {
            run.checkGoesOn(slot);
            try {
                String answer = ec2.attachNetworkInterface(
                        interfaceId, slot.instanceId(), index, planned.networkCardIndex(), run.workDeadline());
                attachedHere = true;
                int at = index;
                run.tell(listener -> listener.attached(slot, interfaceId, at));
                return answer;
            } catch (Ec2Exception e) {
                switch (e.kind()) {
                    case INDEX_TAKEN -> {
                        run.tell(listener -> listener.conflicted(slot, e));
                        Set<Integer> occupied =
                                Planner.occupiedIndexes(view.instance(firstSeen), planned.networkCardIndex());
                        index = indexes.insteadOf(index, occupied);
                        continue;
                    }
                    case OUTCOME_UNKNOWN, BUSY -> {
                        // A call of ours that got no answer may have done it; "in use" alone means that another run was
                        // first.
                        attachedHere |= e.kind() == Ec2Exception.Kind.OUTCOME_UNKNOWN;
                        Optional<Attachment> there = attachmentHere(interfaceId);
                        if (there.isPresent()) {
                            return there.get().id();
                        }
                    }
                    case INSTANCE_NOT_READY -> view.instance(firstSeen);
                    case NOT_FOUND -> {
                        if (isGone(interfaceId, giveUp, e)) {
                            return null;
                        }
                    }
                    default -> throw e;
                }
                run.pause(tries, slot);
            }
        }
    }

    /** The attachment to the slot's instance, if the interface is seen to have one. */
    private Optional<Attachment> attachmentHere(String interfaceId) {
        Optional<NetworkInterface> seen = view.find(interfaceId);
        Attachment attachment = seen.map(NetworkInterface::attachment).orElse(null);
        if (attachment == null) {
            return Optional.empty();
        }
        if (!attachment.instanceId().equals(slot.instanceId())) {
            throw new Stopped(
                    Cause.Code.INTERFACE_LOST,
                    slot + ": " + interfaceId + " is attached to " + attachment.instanceId());
        }
        return Optional.of(attachment).filter(a -> seen.get().isAttachedTo(slot.instanceId()));
    }

    /**
     * What "not found" means: nothing yet while something just made may still be invisible; after that time, that it is gone.
     *
     * @throws Ec2Exception the given one, if the interface is there: then something else is missing
     */
    private boolean isGone(String interfaceId, Instant giveUp, Ec2Exception notFound) {
        view.instance(firstSeen);
        if (!run.hasPassed(giveUp)) {
            return false;
        }
        if (view.find(interfaceId).isPresent()) {
            throw notFound;
        }
        return true;
    }
}
