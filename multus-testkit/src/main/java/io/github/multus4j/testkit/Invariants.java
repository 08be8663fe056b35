package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.testkit.internal.call.LostResponse;
import io.github.multus4j.testkit.internal.state.StoredInstance;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.StoredSubnet;
import io.github.multus4j.testkit.internal.state.World;
import io.github.multus4j.testkit.internal.state.World.Past;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The invariants of every world of this library, at any moment between its runs. */
final class Invariants {

    static final String OWNER = OwnerTags.INSTANCE_ID;
    static final String SLOT = OwnerTags.SLOT;
    static final String NO_MANAGE = OwnerTags.NO_MANAGE;

    private static final Set<Action> CHANGES_OF_INTERFACES = Set.of(
            Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
            Action.ATTACH_NETWORK_INTERFACE,
            Action.DETACH_NETWORK_INTERFACE,
            Action.DELETE_NETWORK_INTERFACE,
            Action.ASSIGN_PRIVATE_IP_ADDRESSES,
            Action.UNASSIGN_PRIVATE_IP_ADDRESSES,
            Action.ASSIGN_IPV6_ADDRESSES,
            Action.UNASSIGN_IPV6_ADDRESSES);

    private final World world;
    private final List<JournalEntry> journal;
    private final Collection<String> leftovers;
    private final List<String> broken = new ArrayList<>();

    private Invariants(FakeEc2Network ec2, Collection<String> leftovers) {
        this.world = ec2.engine().world();
        this.journal = ec2.journal().entries();
        this.leftovers = leftovers;
    }

    /** Each invariant that is broken, in a sentence. */
    static List<String> broken(FakeEc2Network ec2, Collection<String> leftovers) {
        Invariants invariants = new Invariants(ec2, leftovers);
        synchronized (ec2.engine().world()) {
            ec2.engine().settle();
            invariants.addresses();
            invariants.indexes();
            invariants.ours();
            invariants.calls();
        }
        return List.copyOf(invariants.broken);
    }

    private void addresses() {
        for (StoredSubnet subnet : world.subnets.all()) {
            AddressSet reserved = subnet.subnet().reservedAddresses();
            Map<Cidr, String> users = new HashMap<>();
            for (StoredInterface i : world.interfaces.all()) {
                if (i.subnet == subnet) {
                    blocks(i).forEach(block -> checkBlock(subnet, i, block, reserved, users));
                }
            }
        }
    }

    private static Stream<Cidr> blocks(StoredInterface i) {
        Stream<IpAddress> addresses = Stream.concat(i.ipv4Addresses.stream(), i.ipv6Addresses.stream());
        return Stream.concat(addresses.map(Cidr::of), Stream.concat(i.ipv4Prefixes.stream(), i.ipv6Prefixes.stream()));
    }

    private void checkBlock(
            StoredSubnet subnet, StoredInterface i, Cidr block, AddressSet reserved, Map<Cidr, String> users) {
        if (subnet.subnet().cidrs().stream().noneMatch(range -> range.contains(block))) {
            broken.add(i.id + " has " + block + " outside of its subnet " + subnet.id);
        }
        if (reserved.contains(block.first())
                && block.prefixLength() == block.first().bits()) {
            broken.add(i.id + " has " + block.first() + ", which EC2 keeps for itself in " + subnet.id);
        }
        users.forEach((other, user) -> {
            if (other.overlaps(block)) {
                broken.add(block + " of " + subnet.id + " is used by both " + user + " and " + i.id);
            }
        });
        users.put(block, i.id);
    }

    private void indexes() {
        for (StoredInstance instance : world.instances.all()) {
            List<StoredInterface> interfaces = world.interfacesOf(instance.id);
            Map<String, String> users = new HashMap<>();
            for (StoredInterface i : interfaces) {
                String place = World.at(i).deviceIndex() + " of network card "
                        + World.at(i).networkCardIndex();
                String other = users.put(place, i.id);
                if (other != null) {
                    broken.add(instance.id + " has both " + other + " and " + i.id + " at index " + place);
                }
            }
            if (interfaces.size() > instance.type.maximumNetworkInterfaces()) {
                broken.add(instance.id + " has " + interfaces.size() + " interfaces, more than " + instance.type.name()
                        + " can have");
            }
        }
    }

    private void ours() {
        Map<String, String> slots = new HashMap<>();
        for (StoredInterface stored : world.interfaces.all()) {
            NetworkInterface i = stored.networkInterface();
            String owner = i.tags().get(OWNER);
            if (owner == null) {
                continue;
            }
            if (!"true".equals(i.tags().get(NO_MANAGE))) {
                broken.add(i.id() + " is ours and lacks " + NO_MANAGE + "=true");
            }
            if (i.tags().get(SLOT) == null) {
                broken.add(i.id() + " is ours and lacks " + SLOT);
            }
            if (!leftovers.contains(i.id())) {
                checkPlace(i, owner);
                String other = slots.put(owner + " slot " + i.tags().get(SLOT), i.id());
                if (other != null) {
                    broken.add(other + " and " + i.id() + " are both for " + owner + ", slot "
                            + i.tags().get(SLOT));
                }
            }
        }
    }

    private void checkPlace(NetworkInterface i, String owner) {
        Attachment at = i.attachment();
        if (at == null) {
            broken.add(i.id() + " of " + owner + " is left over: it is not attached");
        } else if (!at.instanceId().equals(owner)) {
            broken.add(i.id() + " of " + owner + " is attached to " + at.instanceId());
        } else if (at.status() == Attachment.Status.DETACHING) {
            broken.add(i.id() + " of " + owner + " is left detaching");
        } else if (!at.deleteOnTermination()) {
            broken.add(i.id() + " of " + owner + " would outlive it: DeleteOnTermination is off");
        }
    }

    private void calls() {
        for (JournalEntry call : journal) {
            boolean tookEffect = !call.isFailed() || call.errorCode().equals(LostResponse.CODE);
            if (tookEffect && CHANGES_OF_INTERFACES.contains(call.action())) {
                target(call)
                        .filter(past -> !past.tags().containsKey(OWNER))
                        .ifPresent(past -> broken.add(past.id() + " is not ours, and was changed: " + call));
            }
            if (tookEffect && call.parameters().containsKey("Force")) {
                broken.add("detached by force: " + call);
            }
            String tags = call.parameters().getOrDefault("Tags", "");
            if (call.action() == Action.CREATE_NETWORK_INTERFACE
                    && tags.contains(OWNER + "=")
                    && !tags.contains(NO_MANAGE + "=true")) {
                broken.add("the create call lacks " + NO_MANAGE + "=true: " + call);
            }
        }
    }

    private Optional<Past> target(JournalEntry call) {
        String interfaceId = call.parameters().get("NetworkInterfaceId");
        String attachmentId = call.parameters().get("AttachmentId");
        return interfaceId != null
                ? world.past(interfaceId)
                : attachmentId == null ? Optional.empty() : world.pastAttachment(attachmentId);
    }
}
