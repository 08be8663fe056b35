package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.observe.SlotReader;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.result.PlannedInterface.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Removes the interfaces of a failed run, and those of an earlier run that it could not finish
 * either: detaches without force, waits until the interface is available, and deletes it with
 * repetitions. The interfaces go side by side, in no order. The report names each interface that
 * could not be removed.
 */
final class RollBack {

    /** The result of a roll-back. */
    record Report(List<String> removed, List<Leftover> leftovers) {

        static final Report NOTHING = new Report(List.of(), List.of());

        static Report left(Leftover leftover) {
            return new Report(List.of(), List.of(leftover));
        }

        static Report of(List<Report> parts) {
            return new Report(
                    parts.stream().flatMap(part -> part.removed().stream()).toList(),
                    parts.stream().flatMap(part -> part.leftovers().stream()).toList());
        }
    }

    private final Ec2Network ec2;
    private final Run run;

    RollBack(Ec2Network ec2, Run run) {
        this.ec2 = ec2;
        this.run = run;
    }

    /** Removes all interfaces of the run, also those that seemed to be gone, if they exist. */
    Report undo(List<InterfaceAttachment> interfaces) {
        List<Callable<Report>> removals = new ArrayList<>();
        for (InterfaceAttachment each : interfaces) {
            Slot slot = each.planned().slot();
            String id = each.id();
            if (id != null && each.isNewAtInstance()) {
                removals.add(() -> orLeft(
                        new Leftover(id, ""), slot, () -> remove(id, slot, each.wasSeen(), each.attachedHere())));
            } else if (id == null && each.creationUnknown()) {
                removals.add(() -> orLeft(Leftover.unseen(slot, ""), slot, () -> removeUnseen(slot)));
            }
            each.takenForGone().forEach(gone -> removals.add(() -> removeIfThere(gone, slot)));
        }
        return Report.of(run.cleanUp(removals));
    }

    /**
     * Removes interfaces that seemed to be gone and exist after all: EC2 showed them late, and
     * another interface has their place.
     */
    Report removeSurplus(List<InterfaceAttachment> interfaces) {
        List<Callable<Report>> removals = new ArrayList<>();
        for (InterfaceAttachment each : interfaces) {
            each.takenForGone()
                    .forEach(gone -> removals.add(
                            () -> removeIfThere(gone, each.planned().slot())));
        }
        return Report.of(run.cleanUp(removals));
    }

    private Report removeIfThere(String id, Slot slot) {
        return orLeft(
                new Leftover(id, ""),
                slot,
                () -> new SlotReader(ec2, slot, run.end()).find(id).isPresent()
                        ? remove(id, slot, true, false)
                        : Report.NOTHING);
    }

    private Report removeUnseen(Slot slot) {
        // This run attached nothing here: if the interface is attached by now, another run uses it.
        return findUnseen(slot).map(id -> remove(id, slot, true, false)).orElse(Report.NOTHING);
    }

    /** The report of the removal, or the leftover with the reason of its failure. */
    private Report orLeft(Leftover leftover, Slot slot, Supplier<Report> removal) {
        try {
            return removal.get();
        } catch (RuntimeException e) {
            return Report.left(new Leftover(
                    leftover.networkInterfaceId(), run.causeOf(e, slot).message()));
        }
    }

    /**
     * Looks for an interface after a creation without an answer, until it would be visible, or the
     * time is up.
     */
    private Optional<String> findUnseen(Slot slot) {
        SlotReader view = new SlotReader(ec2, slot, run.end());
        Instant giveUp = run.clock().instant().plus(Timing.VISIBILITY);
        for (int tries = 0; ; tries++) {
            Optional<NetworkInterface> seen = view.findInSlot(Set.of());
            if (seen.isPresent() || run.hasPassed(giveUp)) {
                return seen.map(NetworkInterface::id);
            }
            run.pauseInRollBack(tries, "looking for what may have been made for " + slot);
        }
    }

    /**
     * Removes one interface.
     *
     * @param seenBefore whether it was seen before, so that it is not merely too new to be visible
     * @param attachedHere whether it may be detached, because this run attached it
     */
    private Report remove(String id, Slot slot, boolean seenBefore, boolean attachedHere) {
        SlotReader view = new SlotReader(ec2, slot, run.end());
        Instant giveUpUnseen = run.clock().instant().plus(Timing.VISIBILITY);
        boolean seen = seenBefore;
        for (int tries = 0; ; tries++) {
            Optional<NetworkInterface> found = view.find(id);
            seen |= found.isPresent();
            Attachment attachment = found.map(NetworkInterface::attachment).orElse(null);
            boolean deleted = false;
            if (attachment == null || attachment.status() == Attachment.Status.DETACHED) {
                deleted = attempt(() -> ec2.deleteNetworkInterface(id, run.end()));
            } else if (!attachment.instanceId().equals(slot.instanceId()) || !attachedHere) {
                return Report.left(new Leftover(id, "another run attached it to " + attachment.instanceId()));
            } else if (attachment.status() != Attachment.Status.DETACHING) {
                attempt(() -> ec2.detachNetworkInterface(attachment.id(), run.end()));
            }
            // A listing without the interface does not prove that it is gone: the next listing may
            // lag more. While it may be too new, neither does "no such interface", which counts as
            // success. A successful deletion of a visible interface does.
            if ((deleted && seen) || (found.isEmpty() && run.hasPassed(giveUpUnseen))) {
                run.notifyListener(listener -> listener.removed(id));
                return new Report(List.of(id), List.of());
            }
            run.pauseInRollBack(tries, "removing " + id);
        }
    }

    /** Whether the call succeeded; false if it has to be repeated after a read. */
    private static boolean attempt(Runnable call) {
        try {
            call.run();
            return true;
        } catch (Ec2Exception e) {
            return switch (e.kind()) {
                case BUSY, NOT_FOUND, OUTCOME_UNKNOWN, INSTANCE_NOT_READY, UNAVAILABLE, THROTTLED -> false;
                default -> throw e;
            };
        }
    }
}
