package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.observe.SlotReader;
import io.github.multus4j.internal.plan.Snapshot;
import io.github.multus4j.internal.run.RateLimiter;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.internal.run.RunStoppedException;
import io.github.multus4j.nodegroup.DeviceIndexPolicy;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.PlannedInterface;
import io.github.multus4j.result.PlannedInterface.Slot;
import io.github.multus4j.result.PlannedInterface.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes one planned interface through its steps. After each call without a clear success it reads,
 * and decides by the result. If another run has removed the attachment or the interface meanwhile,
 * it is made again. The state of its interfaces is available after it has ended, also after a
 * failure.
 */
final class InterfaceAttachment implements Runnable {

    private final Ec2Network ec2;
    private final Run run;
    private final NodeGroupSpec spec;
    private final PlannedInterface planned;
    private final Slot slot;
    private final DeviceIndexConflicts indexes;
    private final SlotReader view;
    private final Instance firstSeen;
    private final InterfaceCreation creation;

    private @Nullable String id;
    private @Nullable String attachmentId;
    private boolean seen;
    private boolean again;
    private boolean attachedHere;

    InterfaceAttachment(
            Ec2Network ec2,
            Run run,
            SharedState shared,
            NodeGroupSpec spec,
            Snapshot snapshot,
            PlannedInterface planned,
            DeviceIndexConflicts indexes) {
        this.ec2 = ec2;
        this.run = run;
        this.spec = spec;
        this.planned = planned;
        this.slot = planned.slot();
        this.indexes = indexes;
        this.view = new SlotReader(ec2, slot, run.workDeadline());
        this.firstSeen = snapshot.instance();
        this.creation = new InterfaceCreation(ec2, run, shared, spec, snapshot, planned, view);
        NetworkInterface existing = planned.existing();
        if (existing != null) {
            seen = true;
            take(existing);
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

    /**
     * Whether the interface was not attached when the run began, or was detached since: this run
     * has made it, or continued with it.
     */
    boolean isNewAtInstance() {
        return id != null && isToDo(Step.ATTACH);
    }

    /** The interfaces that seemed to be gone and were replaced. */
    Set<String> takenForGone() {
        return creation.gone();
    }

    /** The number of the slot's first unused client token, after these interfaces were removed. */
    int firstFreeToken(Collection<String> removed) {
        return creation.firstFreeToken(removed);
    }

    /**
     * Whether this run, or EC2 in a call of this run, has seen it. If it is not visible later, it
     * is not merely too new.
     */
    boolean wasSeen() {
        return seen;
    }

    /** An observation that did not stop the run. */
    Optional<String> warning() {
        return creation.warning();
    }

    /** Whether this run attached it, or may have. */
    boolean attachedHere() {
        return attachedHere;
    }

    /** Whether an interface may exist that no read has shown. */
    boolean creationUnknown() {
        return creation.isOutcomeUnknown();
    }

    /** Makes the interface if there is none yet, and does no more. */
    void make() {
        try {
            if (id == null) {
                take(creation.create());
            }
        } catch (RuntimeException e) {
            run.stop(run.causeOf(e, slot));
        }
    }

    @Override
    public void run() {
        try {
            if (id == null) {
                take(creation.create());
            }
            while (true) {
                switch (finish(Objects.requireNonNull(id))) {
                    case DONE -> {
                        return;
                    }
                    case DETACHED -> {
                        again = true;
                        attachmentId = null;
                    }
                    case GONE -> replace(Objects.requireNonNull(id));
                }
            }
        } catch (RuntimeException e) {
            run.stop(run.causeOf(e, slot)); // Any exception requires a roll-back of the interface.
        }
    }

    /**
     * Repeats all steps: the interface was found detached, so another run has rolled it back. An
     * interface that is not ours is left alone.
     */
    void runAgain() {
        if (!isOurs()) {
            run.stop(new Cause(
                    Cause.Code.INTERFACE_LOST,
                    slot + ": " + id + ", which this library did not make, is not attached any more",
                    null));
            return;
        }
        again = true;
        attachmentId = null;
        run();
    }

    private void replace(String goneId) {
        if (!creation.canRepeat() || !isOurs()) {
            throw new RunStoppedException(Cause.Code.INTERFACE_LOST, slot + ": " + goneId + " does not exist any more");
        }
        again = true;
        seen = false;
        attachedHere = false;
        // The next creation may get no answer; the old interface needs no roll-back.
        id = null;
        take(creation.insteadOf(goneId));
    }

    private boolean isOurs() {
        NetworkInterface existing = planned.existing();
        return existing == null || slot.owns(existing);
    }

    private void take(NetworkInterface networkInterface) {
        Attachment attachment = networkInterface.attachment();
        id = networkInterface.id();
        attachmentId = attachment != null && networkInterface.isAttachedTo(slot.instanceId()) ? attachment.id() : null;
    }

    private boolean isToDo(Step step) {
        return again || planned.steps().contains(step);
    }

    /** The ways in which the steps after creation can end early. */
    private enum End {
        DONE,
        /** The interface exists and is detached. */
        DETACHED,
        /** The interface does not exist, and is not merely invisible yet. */
        GONE
    }

    private End finish(String here) {
        if (isToDo(Step.SET_SOURCE_DEST_CHECK)) {
            End end = modify(
                    here,
                    deadline -> ec2.modifySourceDestCheck(here, spec.sourceDestCheck(), deadline),
                    found -> found.sourceDestCheck() == spec.sourceDestCheck());
            if (end != End.DONE) {
                return end;
            }
        }
        if (attachmentId == null) {
            attachmentId = attach(here);
        }
        String attachment = attachmentId;
        if (attachment == null) {
            return End.GONE;
        }
        if (!isToDo(Step.SET_DELETE_ON_TERMINATION)) {
            return End.DONE;
        }
        return modify(
                here,
                deadline -> ec2.modifyDeleteOnTermination(here, attachment, spec.deleteOnTermination(), deadline),
                this::hasWantedDeleteOnTermination);
    }

    private boolean hasWantedDeleteOnTermination(NetworkInterface found) {
        Attachment attachment = found.attachment();
        return attachment != null && attachment.deleteOnTermination() == spec.deleteOnTermination();
    }

    /** A repeatable change: repeated until it succeeds, or a read shows it done. */
    private End modify(String interfaceId, Consumer<Deadline> change, Predicate<NetworkInterface> done) {
        Instant since = run.clock().instant();
        for (int tries = 0; ; tries++) {
            run.checkGoesOn(slot);
            run.awaitToken(RateLimiter.Call.MODIFY, slot);
            Instant asked = run.clock().instant();
            try {
                change.accept(run.workDeadline());
                seen = true;
                return End.DONE;
            } catch (Ec2Exception e) {
                switch (e.kind()) {
                    case OUTCOME_UNKNOWN, BUSY -> {
                        if (view.find(interfaceId).filter(done).isPresent()) {
                            return End.DONE;
                        }
                    }
                    case NOT_FOUND -> {
                        End end = notFound(interfaceId, Duration.between(since, asked), e);
                        if (end != null) {
                            return end;
                        }
                    }
                    default -> throw e;
                }
                run.pause(tries, slot);
            }
        }
    }

    /** The attachment's id; null if the interface does not exist. */
    private @Nullable String attach(String interfaceId) {
        Instant since = run.clock().instant();
        for (int tries = 0; ; tries++) {
            run.checkGoesOn(slot);
            run.awaitToken(RateLimiter.Call.ATTACH, slot);
            Instant asked = run.clock().instant();
            int index = indexes.next(slot, interfaceId);
            try {
                String answer = ec2.attachNetworkInterface(
                        interfaceId, slot.instanceId(), index, planned.networkCardIndex(), run.workDeadline());
                attachedHere = true;
                seen = true;
                indexes.attached(slot, index);
                run.notifyListener(listener -> listener.attached(slot, interfaceId, index));
                return answer;
            } catch (Ec2Exception e) {
                switch (e.kind()) {
                    case INDEX_TAKEN -> {
                        run.notifyListener(listener -> listener.conflicted(slot, e));
                        Instance instance = view.instance(firstSeen);
                        Optional<Attachment> there =
                                shows(instance, interfaceId) ? attachmentHere(interfaceId) : Optional.empty();
                        if (there.isPresent()) { // Another run was first, with this interface.
                            return there.get().id();
                        }
                        if (spec.deviceIndexes() == DeviceIndexPolicy.OWN) {
                            throw e;
                        }
                        if (planned.subnet().lniDeviceIndex() != null && spec.localNetworkInterfaces()) {
                            throw e; // At another index it is no local network interface.
                        }
                        indexes.refused(slot, instance.attachments());
                        continue;
                    }
                    case OUTCOME_UNKNOWN, BUSY -> {
                        // A call without an answer may have attached it; "in use" alone means that
                        // another run was first.
                        attachedHere |= e.kind() == Ec2Exception.Kind.OUTCOME_UNKNOWN;
                        Optional<Attachment> there = attachmentHere(interfaceId);
                        if (there.isPresent()) {
                            return there.get().id();
                        }
                    }
                    case INSTANCE_NOT_READY -> view.instance(firstSeen);
                    case NOT_FOUND -> {
                        if (notFound(interfaceId, Duration.between(since, asked), e) == End.GONE) {
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
        Optional<NetworkInterface> found = view.find(interfaceId);
        Attachment attachment = found.map(NetworkInterface::attachment).orElse(null);
        if (attachment == null) {
            return Optional.empty();
        }
        if (!attachment.instanceId().equals(slot.instanceId())) {
            throw new RunStoppedException(
                    Cause.Code.INTERFACE_LOST,
                    slot + ": " + interfaceId + " is attached to " + attachment.instanceId());
        }
        if (!found.get().isAttachedTo(slot.instanceId())) {
            return Optional.empty();
        }
        indexes.attached(slot, attachment.deviceIndex());
        return Optional.of(attachment);
    }

    private static boolean shows(Instance instance, String interfaceId) {
        return instance.attachments().stream()
                .anyMatch(a -> a.networkInterfaceId().equals(interfaceId));
    }

    /**
     * Interprets "not found": null while a new interface may still be invisible; after that time,
     * the interface or its attachment is gone.
     *
     * @param tried the time between the first attempt and the refused call
     * @throws Ec2Exception the given one, if both exist all the time: then another resource is
     *     missing
     */
    private @Nullable End notFound(String interfaceId, Duration tried, Ec2Exception refusal) {
        Instance instance = view.instance(firstSeen);
        if (!seen && creation.isTokenUsedUp(instance)) {
            // EC2 answered the token of an interface that a roll-back has deleted.
            return End.GONE;
        }
        if (tried.compareTo(seen ? Timing.DELETION_VISIBILITY : creation.visibilityTime()) < 0) {
            return null;
        }
        Optional<NetworkInterface> found = view.find(interfaceId);
        if (found.isEmpty()) {
            return End.GONE;
        }
        Attachment attachment = found.get().attachment();
        if (attachmentId != null && (attachment == null || !attachment.id().equals(attachmentId))) {
            return End.DETACHED;
        }
        if (tried.compareTo(Timing.VISIBILITY) >= 0) {
            throw refusal;
        }
        return null;
    }
}
