package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.plan.DeviceOrder;
import io.github.multus4j.result.PlannedInterface;
import io.github.multus4j.result.PlannedInterface.Slot;
import io.github.multus4j.result.PlannedInterface.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The present and planned device indexes of one run's interfaces. Interfaces attach side by side,
 * and others (the VPC CNI) may take an index first. After such a conflict the indexes still follow
 * the order of the subnets, unless an attached interface would have to move. Thread-safe. {@code
 * InterfaceAttachment} asks for the next index after EC2's answer {@code INDEX_TAKEN}.
 */
public final class DeviceIndexConflicts {

    /** The slots in the order of their subnets. */
    private final List<Entry> entries = new ArrayList<>();

    /** The places that other interfaces hold. */
    private final Set<Place> taken = new HashSet<>();

    public DeviceIndexConflicts(List<PlannedInterface> inSubnetOrder) {
        inSubnetOrder.forEach(planned -> entries.add(new Entry(planned)));
    }

    /** One device index of one network card. */
    private record Place(int networkCard, int deviceIndex) {}

    /** One slot, and its progress. */
    private static final class Entry {

        final Slot slot;
        final int networkCard;
        int index;
        /** The index of the call in flight, or of the attached interface; null if there is none. */
        @Nullable
        Integer held;

        boolean attached;

        /**
         * A local network interface is one at this index only: it never moves, and does not move
         * others.
         */
        final boolean fixed;

        /** An index at which the interface would become a local one; null if there is none. */
        final @Nullable Integer avoided;

        @Nullable
        String networkInterfaceId;

        Entry(PlannedInterface planned) {
            this.slot = planned.slot();
            this.networkCard = planned.networkCardIndex();
            this.index = planned.deviceIndex();
            this.avoided = planned.subnet().lniDeviceIndex();
            this.fixed = avoided != null && avoided == index;
            this.attached = !planned.steps().contains(Step.ATTACH);
            this.held = attached ? index : null;
            NetworkInterface existing = planned.existing();
            this.networkInterfaceId = existing == null ? null : existing.id();
        }
    }

    /** The index for the next call that attaches this interface. The slot holds it from now on. */
    public synchronized int next(Slot slot, String networkInterfaceId) {
        Entry entry = entryOf(slot);
        entry.networkInterfaceId = networkInterfaceId;
        entry.attached = false;
        entry.held = entry.index;
        return entry.index;
    }

    /** The interface is attached at that index, by this run or by another one. */
    public synchronized void attached(Slot slot, int index) {
        Entry entry = entryOf(slot);
        taken.remove(new Place(entry.networkCard, index));
        entry.attached = true;
        entry.held = index;
        entry.index = index;
        keepOrder(entry.networkCard, Set.of());
    }

    /**
     * Another interface holds the slot's last index. The slot gets the lowest free one above those
     * of the slots before it, and later slots that are not attached yet move up if necessary.
     *
     * @param seen all attachments of the instance, as seen after the refusal
     */
    public synchronized void refused(Slot slot, Collection<Attachment> seen) {
        Entry entry = entryOf(slot);
        taken.add(new Place(entry.networkCard, Objects.requireNonNullElse(entry.held, entry.index)));
        entry.held = null;
        Set<Integer> seenIndexes = new TreeSet<>();
        for (Attachment each : seen) {
            if (each.networkCardIndex() == entry.networkCard) {
                seenIndexes.add(each.deviceIndex());
                if (entries.stream().noneMatch(e -> each.networkInterfaceId().equals(e.networkInterfaceId))) {
                    taken.add(new Place(entry.networkCard, each.deviceIndex()));
                }
            }
        }
        keepOrder(entry.networkCard, seenIndexes);
    }

    /**
     * Moves the slots that are not attached: away from indexes of others, and above the slots
     * before them. A call in flight is not moved unless its index is known to be taken: EC2 will
     * refuse it.
     */
    private void keepOrder(int networkCard, Set<Integer> seen) {
        int above = 0;
        for (Entry entry : entries) {
            if (entry.networkCard != networkCard || entry.fixed) {
                continue;
            }
            boolean lost = taken.contains(new Place(networkCard, entry.index));
            boolean waiting = entry.held == null || entry.held != entry.index;
            if (!entry.attached && (lost || (waiting && entry.index > 0 && entry.index <= above))) {
                entry.index = lowestFree(entry, above, seen);
            }
            above = Math.max(above, entry.index);
        }
    }

    private int lowestFree(Entry mover, int above, Set<Integer> seen) {
        Set<Integer> notFree = new TreeSet<>(seen);
        taken.stream()
                .filter(place -> place.networkCard() == mover.networkCard)
                .forEach(p -> notFree.add(p.deviceIndex()));
        if (mover.avoided != null) {
            notFree.add(mover.avoided);
        }
        for (Entry other : entries) {
            if (other != mover && other.networkCard == mover.networkCard) {
                Integer kept = other.fixed ? Integer.valueOf(other.index) : other.held;
                if (kept != null) {
                    notFree.add(kept);
                }
            }
        }
        return DeviceOrder.lowestFree(notFree, above);
    }

    private Entry entryOf(Slot slot) {
        return entries.stream().filter(e -> e.slot.equals(slot)).findFirst().orElseThrow();
    }
}
