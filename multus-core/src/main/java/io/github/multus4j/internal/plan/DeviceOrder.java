package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.result.Outcome.AttachedInterface;
import io.github.multus4j.result.PlannedInterface;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the device indexes of a node with the order of its Multus subnets. The own index of the
 * n-th subnet is n; with several network cards, the subnets of each card count from 1 on. Interface
 * names on the node follow the index. If another interface (the VPC CNI's) was first at an index,
 * the node has other names than its neighbours.
 */
public final class DeviceOrder {

    private DeviceOrder() {}

    /** The lowest device index above the given one that is not in the set. */
    public static int lowestFree(Set<Integer> occupied, int above) {
        int index = above + 1;
        while (occupied.contains(index)) {
            index++;
        }
        return index;
    }

    /**
     * An interface and its place.
     *
     * @param subnetId the subnet
     * @param networkInterfaceId {@code eni-…}; null if the interface is to be made
     * @param networkCardIndex the network card
     * @param deviceIndex the device index on that card
     */
    public record Placed(String subnetId, @Nullable String networkInterfaceId, int networkCardIndex, int deviceIndex) {

        /** The place of an attached interface. */
        public static Placed of(String subnetId, Attachment attachment) {
            return new Placed(
                    subnetId, attachment.networkInterfaceId(), attachment.networkCardIndex(), attachment.deviceIndex());
        }

        /** The present or planned place of an interface of a plan. */
        public static Placed of(PlannedInterface planned) {
            NetworkInterface existing = planned.existing();
            return new Placed(
                    planned.subnet().id(),
                    existing == null ? null : existing.id(),
                    planned.networkCardIndex(),
                    planned.deviceIndex());
        }

        /** The place of an interface that a run has attached. */
        public static Placed of(AttachedInterface attached) {
            return new Placed(attached.subnetId(), attached.id(), attached.networkCardIndex(), attached.deviceIndex());
        }

        private String named() {
            return networkInterfaceId == null
                    ? "the new interface in " + subnetId
                    : networkInterfaceId + " in " + subnetId;
        }
    }

    /** An interface, and its index on a node without other secondary interfaces. */
    private record Expected(Placed placed, int ownIndex) {

        boolean isShifted() {
            return placed.deviceIndex != ownIndex && !isLastOfFurtherCard(placed);
        }

        @Override
        public String toString() {
            return placed.named() + ": device index " + placed.deviceIndex + " instead of " + ownIndex
                    + (placed.networkCardIndex == 0 ? "" : " of network card " + placed.networkCardIndex);
        }
    }

    /** Index 0 of a card other than 0 is taken after the card's other indexes. */
    private static boolean isLastOfFurtherCard(Placed placed) {
        return placed.networkCardIndex > 0 && placed.deviceIndex == 0;
    }

    /**
     * One line that names each interface at another index than its subnet's own, and the remedy.
     *
     * @param instanceId the instance
     * @param inSubnetOrder all Multus interfaces of the node, in the order of the subnets
     * @return the warning; empty if each interface has its subnet's own index
     */
    public static Optional<String> warning(String instanceId, List<Placed> inSubnetOrder) {
        return shifts(inSubnetOrder)
                .map(shifts -> "the device indexes of " + instanceId + " may differ from those of other nodes: "
                        + shifts
                        + "; interface names (eth1, ens6) follow the index, so a NetworkAttachmentDefinition that names"
                        + " one may mean another interface on this node: match on MAC addresses, or replace the node");
    }

    /**
     * Each interface at another index than its subnet's own, in one line; empty if there is none.
     */
    static Optional<String> shifts(List<Placed> inSubnetOrder) {
        Map<Integer, Integer> counts = new HashMap<>();
        List<Expected> shifted = inSubnetOrder.stream()
                .map(each -> new Expected(each, counts.merge(each.networkCardIndex, 1, Integer::sum)))
                .filter(Expected::isShifted)
                .toList();
        return shifted.isEmpty()
                ? Optional.empty()
                : Optional.of(Excerpt.joined(shifted, ", ")
                        + (isInOrder(inSubnetOrder) ? "" : "; they are not in the order of the subnets"));
    }

    private static boolean isInOrder(List<Placed> inSubnetOrder) {
        Map<Integer, Integer> highest = new HashMap<>();
        boolean inOrder = true;
        for (Placed each : inSubnetOrder) {
            if (!isLastOfFurtherCard(each)) {
                inOrder &= each.deviceIndex > highest.getOrDefault(each.networkCardIndex, 0);
                highest.merge(each.networkCardIndex, each.deviceIndex, Math::max);
            }
        }
        return inOrder;
    }
}
