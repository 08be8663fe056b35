package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.InstanceType.NetworkCard;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.PlannedInterface.Slot;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The network card and the device index of each interface that is to be attached. Each card has
 * indexes of its own. They are taken from 1 on: index 0 of card 0 is the primary interface. On
 * another card, index 0 is taken last, where the others below the card's limit are taken.
 */
final class DeviceIndexChoice {

    private final NodeGroupSpec spec;
    private final @Nullable InstanceType type;
    private final Map<Integer, Set<Integer>> occupied = new HashMap<>();
    private final Map<Integer, Set<String>> there = new HashMap<>();

    /** The highest index of a subnet so far, by card: later ones go above it. */
    private final Map<Integer, Integer> highest = new HashMap<>();

    /** One place. */
    record Place(int networkCard, int deviceIndex) {}

    /**
     * With the attachments of the instance.
     *
     * @param attachments all attachments that occupy an index
     * @param comingBack the ids of detaching interfaces that are to be attached again: they need no
     *     further room
     */
    DeviceIndexChoice(
            NodeGroupSpec spec,
            @Nullable InstanceType type,
            Collection<Attachment> attachments,
            Set<String> comingBack) {
        this.spec = spec;
        this.type = type;
        for (Attachment each : attachments) {
            indexes(each.networkCardIndex()).add(each.deviceIndex());
            if (!comingBack.contains(each.networkInterfaceId())) {
                interfaces(each.networkCardIndex()).add(each.networkInterfaceId());
            }
        }
    }

    /** Takes the next place for that slot; the given index is left alone, null for none. */
    Place next(Slot slot, @Nullable Integer except) {
        int card = spec.networkCards().cardOf(slot.number(), slot.subnetId()).orElseGet(this::lowestWithRoom);
        Set<Integer> notFree = new TreeSet<>(indexes(card));
        if (except != null) {
            notFree.add(except);
        }
        int index = DeviceOrder.lowestFree(notFree, highest.getOrDefault(card, 0));
        if (card > 0 && type != null && !notFree.contains(0)) {
            int limit = type.networkCard(card)
                    .map(NetworkCard::maximumNetworkInterfaces)
                    .orElse(Integer.MAX_VALUE);
            index = index < limit ? index : 0;
        }
        goAbove(card, index);
        return take(slot, card, index);
    }

    /** A subnet has that place: the subnets after it get higher indexes of the card. */
    void goAbove(int card, int deviceIndex) {
        highest.merge(card, deviceIndex, Math::max);
    }

    /** Takes that index of network card 0 for that slot; empty if it is not free. */
    Optional<Place> at(Slot slot, int deviceIndex) {
        return indexes(0).contains(deviceIndex) ? Optional.empty() : Optional.of(take(slot, 0, deviceIndex));
    }

    private Place take(Slot slot, int card, int index) {
        indexes(card).add(index);
        interfaces(card).add("for " + slot);
        return new Place(card, index);
    }

    /** Card 0 if none has room, or the limits are unknown: EC2 decides. */
    private int lowestWithRoom() {
        return type == null
                ? 0
                : type.networkCards().stream()
                        .sorted(Comparator.comparing(NetworkCard::index))
                        .filter(card -> interfaces(card.index()).size() < card.maximumNetworkInterfaces())
                        .findFirst()
                        .map(NetworkCard::index)
                        .orElse(0);
    }

    private Set<Integer> indexes(int card) {
        return occupied.computeIfAbsent(card, any -> new TreeSet<>());
    }

    private Set<String> interfaces(int card) {
        return there.computeIfAbsent(card, any -> new TreeSet<>());
    }
}
