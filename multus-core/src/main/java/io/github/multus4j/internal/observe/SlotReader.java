package io.github.multus4j.internal.observe;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.run.RunStoppedException;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.TriggerTag;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.PlannedInterface.Slot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The reads of a run for one slot, after a call without a clear success. */
public final class SlotReader {

    private final Ec2Network ec2;
    private final Slot slot;
    private final Deadline deadline;

    /** Reads by that deadline. */
    public SlotReader(Ec2Network ec2, Slot slot, Deadline deadline) {
        this.ec2 = ec2;
        this.slot = slot;
        this.deadline = deadline;
    }

    /** The interface of that id, if it is visible. */
    public Optional<NetworkInterface> find(String networkInterfaceId) {
        return ec2
                .describeNetworkInterfaces(List.of(Filter.of("network-interface-id", networkInterfaceId)), deadline)
                .stream()
                .findFirst();
    }

    /**
     * The interface that fills the slot, if one is visible.
     *
     * @param gone interfaces that are known to be deleted: a lagging listing may still show them
     */
    public Optional<NetworkInterface> findInSlot(Set<String> gone) {
        return ec2
                .describeNetworkInterfaces(
                        List.of(
                                Filter.of("subnet-id", slot.subnetId()),
                                OwnerTags.namedOwnerIn(List.of(slot.instanceId()))),
                        deadline)
                .stream()
                .filter(i -> fillsSlot(i) && !gone.contains(i.id()))
                .findFirst();
    }

    /** All interfaces of the slot's subnet, of any owner. */
    public List<NetworkInterface> interfacesOfSubnet() {
        return ec2.describeNetworkInterfaces(List.of(Filter.of("subnet-id", slot.subnetId())), deadline);
    }

    /** The pending and running instances with the trigger tag. */
    public List<Instance> launched(NodeGroupSpec spec) {
        return launched(ec2, spec, deadline);
    }

    /**
     * The pending and running instances with the trigger tag. One call reads the instance itself
     * and those that launch together with it. Empty if the spec has no trigger: the instance is
     * named by its id, and no tag identifies the others.
     */
    public static List<Instance> launched(Ec2Network ec2, NodeGroupSpec spec, Deadline deadline) {
        TriggerTag trigger = spec.trigger();
        if (trigger == null) {
            return List.of();
        }
        return ec2
                .describeInstances(
                        List.of(trigger.filter(), Filter.of("instance-state-name", "pending", "running")), deadline)
                .stream()
                .filter(i -> trigger.matches(i.tags()))
                .toList();
    }

    /** Whether the interface was made for the slot, and is detached or at its instance. */
    public boolean fillsSlot(NetworkInterface candidate) {
        return slot.owns(candidate) && (candidate.attachment() == null || candidate.isAttachedTo(slot.instanceId()));
    }

    /**
     * The instance, while interfaces can be attached to it.
     *
     * @param firstSeen the instance as it was seen before
     * @throws RunStoppedException if it is being terminated or is gone
     */
    public Instance instance(Instance firstSeen) {
        // If a known instance is missing, the listing lags: terminated instances stay visible for
        // an hour.
        Instance instance = ec2.describeInstance(slot.instanceId(), deadline).orElse(firstSeen);
        if (instance.state().isGoing()) {
            throw new RunStoppedException(Cause.Code.INSTANCE_GONE, slot.instanceId() + " is " + instance.state());
        }
        return instance;
    }
}
