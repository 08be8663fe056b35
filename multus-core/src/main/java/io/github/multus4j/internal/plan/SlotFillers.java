package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.PlannedInterface.Slot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the existing interface that fills a slot. */
final class SlotFillers {

    private final Instance instance;
    private final List<NetworkInterface> interfaces;
    private final List<String> warnings;

    /**
     * @param warnings gets a warning if several interfaces could fill a slot
     */
    SlotFillers(Instance instance, List<NetworkInterface> interfaces, List<String> warnings) {
        this.instance = instance;
        this.interfaces = interfaces;
        this.warnings = warnings;
    }

    /**
     * The interface of the slot: attached and ours, else attached and hidden from the VPC CNI, else
     * ours and not attached anywhere.
     */
    @Nullable
    NetworkInterface of(Slot slot) {
        List<NetworkInterface> inSubnet = interfaces.stream()
                .filter(i -> i.subnetId().equals(slot.subnetId()))
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
        List<NetworkInterface> candidates = new ArrayList<>();
        inSubnet.stream().filter(i -> slot.owns(i) && isSecondary(i)).forEach(candidates::add);
        inSubnet.stream().filter(this::isForeignMultusInterface).forEach(candidates::add);
        inSubnet.stream().filter(i -> slot.owns(i) && isFreeOrBecomingFree(i)).forEach(candidates::add);
        if (candidates.size() > 1) {
            warnings.add(candidates.size() + " interfaces could fill " + slot + "; "
                    + candidates.get(0).id()
                    + " is taken, these are left: "
                    + Excerpt.of(candidates.subList(1, candidates.size()).stream()
                            .map(NetworkInterface::id)
                            .toList()));
        }
        return candidates.isEmpty() ? null : candidates.get(0);
    }

    /** Attached to the instance, and not its primary interface, which is never counted. */
    private boolean isSecondary(NetworkInterface candidate) {
        Attachment attachment = candidate.attachment();
        return attachment != null && !attachment.isPrimary() && candidate.isAttachedTo(instance.id());
    }

    private boolean isForeignMultusInterface(NetworkInterface candidate) {
        return isSecondary(candidate)
                && OwnerTags.namedOwner(candidate.tags()).isEmpty()
                && OwnerTags.isHiddenFromCni(candidate.tags());
    }

    private boolean isFreeOrBecomingFree(NetworkInterface candidate) {
        Attachment attachment = candidate.attachment();
        return attachment == null
                || attachment.status() == Attachment.Status.DETACHED
                || attachment.status() == Attachment.Status.DETACHING;
    }
}
