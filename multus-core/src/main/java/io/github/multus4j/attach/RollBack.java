package io.github.multus4j.attach;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.AttachmentStatus;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.plan.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Removes what a failed run has made, and what it took up from an earlier one and could not finish either: detaches without force, waits
 * until the interface is available, deletes it with patience. What cannot be removed before the end is named.
 */
final class RollBack {

    /** What came of it. */
    record Report(List<String> removed, List<Leftover> leftovers) {}

    private final Ec2Network ec2;
    private final Run run;

    RollBack(Ec2Network ec2, Run run) {
        this.ec2 = ec2;
        this.run = run;
    }

    Report undo(List<InterfaceRun> interfaces) {
        List<Callable<Report>> removals = interfaces.stream()
                .filter(i -> i.creationUnknown() || i.isNewAtInstance())
                .<Callable<Report>>map(i -> () -> undo(i))
                .toList();
        List<String> removed = new ArrayList<>();
        List<Leftover> leftovers = new ArrayList<>();
        for (Report report : run.sideBySide(removals)) {
            removed.addAll(report.removed());
            leftovers.addAll(report.leftovers());
        }
        return new Report(removed, leftovers);
    }

    private Report undo(InterfaceRun interfaceRun) {
        Slot slot = interfaceRun.planned().slot();
        String id = interfaceRun.id();
        try {
            if (id == null) {
                Optional<String> unseen = findUnseen(slot);
                // This run attached nothing here: if the interface is attached by now, another run has made use of it.
                return unseen.isEmpty() ? new Report(List.of(), List.of()) : remove(unseen.get(), slot, false);
            }
            return remove(id, slot, interfaceRun.attachedHere());
        } catch (RuntimeException e) {
            String name = id == null ? "an interface that may exist in " + slot.subnetId() : id;
            return new Report(
                    List.of(), List.of(new Leftover(name, run.causeOf(e, slot).message())));
        }
    }

    /** An interface whose creation got no answer: looked for until it would be visible, or the time is up. */
    private Optional<String> findUnseen(Slot slot) {
        SlotView view = new SlotView(ec2, slot, run.end());
        Instant giveUp = run.clock().instant().plus(Observer.VISIBILITY);
        for (int tries = 0; ; tries++) {
            Optional<NetworkInterface> seen = view.findInSlot(Set.of());
            if (seen.isPresent() || run.hasPassed(giveUp)) {
                return seen.map(NetworkInterface::id);
            }
            run.pauseInRollBack(tries, "looking for what may have been made for " + slot);
        }
    }

    private Report remove(String id, Slot slot, boolean attachedHere) {
        SlotView view = new SlotView(ec2, slot, run.end());
        Instant giveUpUnseen = run.clock().instant().plus(Observer.VISIBILITY);
        boolean seenOnce = false;
        boolean deleted = false;
        for (int tries = 0; ; tries++) {
            Optional<NetworkInterface> seen = view.find(id);
            seenOnce |= seen.isPresent();
            Attachment attachment = seen.map(NetworkInterface::attachment).orElse(null);
            if (attachment != null && attachment.status() != AttachmentStatus.DETACHED) {
                if (!attachment.instanceId().equals(slot.instanceId()) || !attachedHere) {
                    return new Report(
                            List.of(),
                            List.of(new Leftover(id, "another run attached it to " + attachment.instanceId())));
                }
                if (attachment.status() != AttachmentStatus.DETACHING) {
                    attempt(() -> ec2.detachNetworkInterface(attachment.id(), run.end()));
                }
            } else if (seen.isPresent() || !seenOnce) {
                boolean answered = attempt(() -> ec2.deleteNetworkInterface(id, run.end()));
                deleted |= answered && seen.isPresent();
            }
            // Something just made may be invisible, and "no such interface", which is taken for success, is no proof
            // then: only having seen it before it was deleted, having seen it go, or time, is.
            boolean gone = seen.isEmpty() && (seenOnce || run.hasPassed(giveUpUnseen));
            if (gone || deleted) {
                run.tell(listener -> listener.removed(id));
                return new Report(List.of(id), List.of());
            }
            run.pauseInRollBack(tries, "removing " + id);
        }
    }

    /** Whether the call succeeded; false if it is to be tried again after a look. */
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
