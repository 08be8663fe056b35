package io.github.multus4j.internal.observe;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.run.Stopped;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.TriggerTag;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.PlannedInterface.Slot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a run looks at, for one slot, to decide after a call that did not plainly succeed. */
public final class SlotView {

    private final Ec2Network ec2;
    private final Slot slot;
    private final Deadline deadline;

    /** Looks by that deadline. */
    public SlotView(Ec2Network ec2, Slot slot, Deadline deadline) {
        this.ec2 = ec2;
        this.slot = slot;
        this.deadline = deadline;
    }

    /** The interface of that id, if it can be seen. */
    public Optional<NetworkInterface> find(String networkInterfaceId) {
        return ec2
                .describeNetworkInterfaces(List.of(Filter.of("network-interface-id", networkInterfaceId)), deadline)
                .stream()
                .findFirst();
    }

    /**
     * The interface that fills the slot, if one can be seen.
     *
     * @param gone those that are known not to be there any more: a reader that lags may still show them
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

    /** All interfaces of the slot's subnet, whoever owns them. */
    public List<NetworkInterface> interfacesOfSubnet() {
        return ec2.describeNetworkInterfaces(List.of(Filter.of("subnet-id", slot.subnetId())), deadline);
    }

    /** The pending and running instances that ask for interfaces. */
    public List<Instance> launched(NodeGroupSpec spec) {
        return launched(ec2, spec, deadline);
    }

    /**
     * The pending and running instances that ask for interfaces. One call reads the instance itself
     * and those that launch together with it. Empty if the spec has no trigger: the instance is
     * named by its id, and no tag tells which others launch with it.
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
     * The instance, as long as something can be attached to it.
     *
     * @param firstSeen the instance as it was seen before
     * @throws Stopped if it is going or gone
     */
    public Instance instance(Instance firstSeen) {
        // An instance that was seen once and cannot be seen now is a reader that lags, not an instance that went: those
        // stay for an hour.
        Instance instance = ec2.describeInstance(slot.instanceId(), deadline).orElse(firstSeen);
        if (instance.state().isGoing()) {
            throw new Stopped(Cause.Code.INSTANCE_GONE, slot.instanceId() + " is " + instance.state());
        }
        return instance;
    }
}
