package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.InstanceType.NetworkCard;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.Attached;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DetachNetworkInterface;
import io.github.multus4j.testkit.internal.rule.InterfaceRule;
import io.github.multus4j.testkit.internal.state.StoredInstance;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.StoredInterface.At;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The rules for attaching and detaching. */
public final class Attachments {

    private static final Pattern WELL_FORMED = Pattern.compile("(eni|ela)-attach-[0-9a-f]{8}([0-9a-f]{9})?");

    private final World world;

    public Attachments(World world) {
        this.world = world;
    }

    public Attached attach(AttachNetworkInterface request) {
        StoredInterface i = world.interfaces.require(request.networkInterfaceId());
        StoredInstance instance = world.instances.require(request.instanceId());
        if (instance.state != Instance.State.RUNNING && instance.state != Instance.State.STOPPED) {
            throw InterfaceRule.ATTACH_INSTANCE_NOT_READY.error("Instance '" + instance.id + "' is not 'running'.");
        }
        i.checkNotManaged();
        if (i.at != null) {
            throw InterfaceRule.ATTACH_ALREADY_ATTACHED.error("Interface: [" + i.id + "] in use.");
        }
        checkPlace(instance, i, request.deviceIndex(), request.networkCardIndex());
        At at = place(instance, i, request.deviceIndex(), request.networkCardIndex(), false);
        i.at = at.with(Attachment.Status.ATTACHING, world.in(world.behaviour.attaching));
        return new Attached(at.id(), at.networkCardIndex());
    }

    /** Whether the interface may be at that index of the instance. */
    void checkPlace(StoredInstance instance, StoredInterface i, int deviceIndex, int networkCardIndex) {
        InstanceType type = instance.type;
        // EC2's answer for another Outpost is not known. An Outpost is a part of its zone.
        if (!i.subnet.zone.equals(instance.zone) || !Objects.equals(i.subnet.outpostArn, instance.outpostArn)) {
            throw InterfaceRule.ATTACH_OTHER_ZONE.error("You may not attach a network interface to an instance if they"
                    + " are not in the same availability zone");
        }
        NetworkCard card = type.networkCard(networkCardIndex)
                .orElseThrow(() -> InterfaceRule.ATTACH_UNKNOWN_CARD.error("Network card index '" + networkCardIndex
                        + "' is not valid for instance type '" + type.name() + "'."));
        if (deviceIndex < 0) {
            throw InterfaceRule.ATTACH_INDEX_NEGATIVE.error(
                    "Value (" + deviceIndex + ") for parameter deviceIndex is invalid.");
        }
        List<StoredInterface> present = world.interfacesOf(instance.id);
        List<At> onCard = present.stream()
                .map(World::at)
                .filter(at -> at.networkCardIndex() == networkCardIndex)
                .toList();
        if (onCard.stream().anyMatch(at -> at.deviceIndex() == deviceIndex)) {
            throw InterfaceRule.ATTACH_INDEX_TAKEN.error("Instance '" + instance.id
                    + "' already has an interface attached at device index '" + deviceIndex + "'.");
        }
        if (present.size() >= type.maximumNetworkInterfaces()) {
            throw InterfaceRule.ATTACH_OVER_TYPE_LIMIT.error(
                    "Interface count " + (present.size() + 1) + " exceeds the limit for " + type.name());
        }
        if (onCard.size() >= card.maximumNetworkInterfaces()) {
            throw InterfaceRule.ATTACH_OVER_CARD_LIMIT.error(
                    "Interface count " + (onCard.size() + 1) + " exceeds the limit for " + type.name());
        }
        checkAddresses(type, i);
    }

    private static void checkAddresses(InstanceType type, StoredInterface i) {
        int ipv6 = i.ipv6Addresses.size() + i.ipv6Prefixes.size();
        if (ipv6 > 0 && !type.ipv6Supported()) {
            throw InterfaceRule.ATTACH_IPV6_UNSUPPORTED.error(
                    "IPv6 addresses are not supported by instance type '" + type.name() + "'.");
        }
        if (i.ipv4Addresses.size() + i.ipv4Prefixes.size() > type.ipv4AddressesPerInterface()
                || ipv6 > type.ipv6AddressesPerInterface()) {
            throw InterfaceRule.ATTACH_OVER_ADDRESS_LIMIT.error(
                    "The number of addresses of '" + i.id + "' exceeds the limit for " + type.name());
        }
    }

    /** Attaches at once, without any rule. */
    At place(
            StoredInstance instance,
            StoredInterface i,
            int deviceIndex,
            int networkCardIndex,
            boolean deleteOnTermination) {
        At at = new At(
                world.ids.next(i.managed ? "ela-attach" : "eni-attach"),
                instance.id,
                deviceIndex,
                networkCardIndex,
                Attachment.Status.ATTACHED,
                deleteOnTermination,
                world.now(),
                null);
        world.attached(i, at);
        return at;
    }

    public Boolean detach(DetachNetworkInterface request) {
        checkForm(request.attachmentId());
        StoredInterface i = world.attachment(request.attachmentId())
                .orElseThrow(() -> InterfaceRule.ATTACHMENT_UNKNOWN.error(
                        "The attachment ID '" + request.attachmentId() + "' does not exist"));
        At at = World.at(i);
        i.checkNotManaged();
        if (at.isPrimary()) {
            throw InterfaceRule.DETACH_PRIMARY.error(
                    "The network interface at device index 0 and networkCard index 0 cannot be detached.");
        }
        if (at.status() != Attachment.Status.ATTACHED && !request.force()) {
            throw InterfaceRule.DETACH_CHANGING.error(
                    "Attachment '" + at.id() + "' is currently '" + at.status() + "'.");
        }
        i.at = at.with(Attachment.Status.DETACHING, world.in(world.behaviour.detaching));
        return true;
    }

    static void checkForm(String attachmentId) {
        if (!WELL_FORMED.matcher(attachmentId).matches()) {
            throw InterfaceRule.ATTACHMENT_ID_MALFORMED.error(
                    "Invalid id: \"" + attachmentId + "\" (expecting \"eni-attach-...\")");
        }
    }
}
