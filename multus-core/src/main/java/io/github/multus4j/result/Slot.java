package io.github.multus4j.result;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.nodegroup.OwnerTags;

/**
 * The place that one interface fills: it stays the same over runs, crashes and redeliveries, so an
 * interface of ours is always found again.
 *
 * @param instanceId the instance
 * @param number the place in the device order of the node, from 1 on
 * @param subnetId the subnet; an instance has one interface of ours in it
 */
public record Slot(String instanceId, int number, String subnetId) {

    /** Whether the interface was made for this slot: by its owner tag, wherever it is attached. */
    public boolean owns(NetworkInterface networkInterface) {
        return networkInterface.subnetId().equals(subnetId)
                && OwnerTags.namedOwner(networkInterface.tags())
                        .filter(instanceId::equals)
                        .isPresent();
    }

    @Override
    public String toString() {
        return "interface " + number + " of " + instanceId + " in " + subnetId;
    }
}
