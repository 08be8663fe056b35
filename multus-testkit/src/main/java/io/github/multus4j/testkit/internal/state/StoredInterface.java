package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.rule.InterfaceRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A network interface. */
public final class StoredInterface extends Stored {

    /** The type that has no addresses. */
    public static final String EFA_ONLY = "efa-only";

    /** Its attachment, and the end of attaching or detaching. */
    public record At(
            String id,
            String instanceId,
            int deviceIndex,
            int networkCardIndex,
            Attachment.Status status,
            boolean deleteOnTermination,
            Instant attachTime,
            @Nullable Instant changesAt) {

        public boolean isPrimary() {
            return deviceIndex == 0 && networkCardIndex == 0;
        }

        public At with(Attachment.Status newStatus, @Nullable Instant until) {
            return new At(
                    id, instanceId, deviceIndex, networkCardIndex, newStatus, deleteOnTermination, attachTime, until);
        }

        public At withDeleteOnTermination(boolean delete) {
            return new At(id, instanceId, deviceIndex, networkCardIndex, status, delete, attachTime, changesAt);
        }

        boolean isDue(Instant now) {
            return changesAt != null && !now.isBefore(changesAt);
        }
    }

    public final StoredSubnet subnet;
    final String macAddress;
    public final String interfaceType;
    public final boolean managed;
    public String description = "";
    public boolean sourceDestCheck = true;
    public List<String> groupIds = List.of();

    /** The primary address first. */
    public final List<IpAddress> ipv4Addresses = new ArrayList<>();

    public final List<IpAddress> ipv6Addresses = new ArrayList<>();
    public final List<Cidr> ipv4Prefixes = new ArrayList<>();
    public final List<Cidr> ipv6Prefixes = new ArrayList<>();

    private final AddressHistory addressHistory = new AddressHistory();

    @Nullable
    public At at;

    /** The instance whose launch made it; null if no launch did. */
    @Nullable
    public String bornWith;

    private @Nullable NetworkInterface noun;
    private @Nullable At nounAt;
    private @Nullable Map<String, String> nounTags;
    private @Nullable ListedItem<InterfaceItem> shown;

    public StoredInterface(
            Birth birth,
            StoredSubnet subnet,
            String macAddress,
            String interfaceType,
            boolean managed,
            Map<String, String> tags) {
        super(birth, tags);
        this.subnet = subnet;
        this.macAddress = macAddress;
        this.interfaceType = interfaceType;
        this.managed = managed;
    }

    @Override
    public String resourceType() {
        return "network-interface";
    }

    boolean isAt(String instanceId) {
        return at != null && at.instanceId().equals(instanceId);
    }

    public boolean uses(IpAddress address) {
        return ipv4Addresses.contains(address)
                || ipv6Addresses.contains(address)
                || prefixes().stream().anyMatch(prefix -> prefix.contains(address));
    }

    private List<Cidr> prefixes() {
        if (ipv4Prefixes.isEmpty()) {
            return ipv6Prefixes;
        }
        List<Cidr> all = new ArrayList<>(ipv4Prefixes);
        all.addAll(ipv6Prefixes);
        return all;
    }

    /** Makes a change of addresses or prefixes, which the metadata service shows later. */
    public void changeAddresses(Instant now, Runnable change) {
        AddressHistory.Addresses before = addressesNow();
        change.run();
        if (!addressesNow().equals(before)) {
            addressHistory.changed(now, before);
        }
    }

    private AddressHistory.Addresses addressesNow() {
        return new AddressHistory.Addresses(ipv4Addresses, ipv6Addresses, ipv4Prefixes, ipv6Prefixes);
    }

    /** The addresses and prefixes of that time. */
    public AddressHistory.Addresses addressesAt(Instant time) {
        return addressHistory.at(time, addressesNow());
    }

    /** All addresses that others cannot use. */
    public AddressSet addresses() {
        return AddressSet.builder()
                .addAddresses(ipv4Addresses)
                .addAddresses(ipv6Addresses)
                .addBlocks(prefixes())
                .build();
    }

    /** The core's noun; the same object until a change. */
    public NetworkInterface networkInterface() {
        NetworkInterface before = noun;
        if (before != null && isCurrent(before)) {
            return before;
        }
        NetworkInterface fresh = freshNoun();
        noun = fresh;
        nounAt = at;
        nounTags = tags();
        return fresh;
    }

    private boolean isCurrent(NetworkInterface n) {
        return Objects.equals(nounAt, at)
                && nounTags == tags()
                && n.sourceDestCheck() == sourceDestCheck
                && n.description().equals(description)
                && n.securityGroupIds().equals(groupIds)
                && n.ipv4Addresses().equals(ipv4Addresses)
                && n.ipv6Addresses().equals(ipv6Addresses)
                && n.prefixes().equals(prefixes());
    }

    /** The listed form; the same object until a change. */
    ListedItem<InterfaceItem> shown(Function<String, SecurityGroup> group) {
        NetworkInterface current = networkInterface();
        ListedItem<InterfaceItem> before = shown;
        if (before != null && before.item().networkInterface().equals(current)) {
            return before;
        }
        ListedItem<InterfaceItem> fresh = shown(new InterfaceItem(
                current,
                groupIds.stream().map(group).toList(),
                ipv4Prefixes,
                ipv6Prefixes,
                interfaceType,
                managed,
                at == null ? null : at.attachTime()));
        shown = fresh;
        return fresh;
    }

    private NetworkInterface freshNoun() {
        At here = at;
        Attachment attachment = here == null
                ? null
                : new Attachment(
                        here.id(),
                        id,
                        here.instanceId(),
                        here.deviceIndex(),
                        here.networkCardIndex(),
                        here.status(),
                        here.deleteOnTermination());
        return new NetworkInterface(
                id,
                subnet.id,
                subnet.vpcId,
                subnet.zone,
                macAddress,
                description,
                here == null ? NetworkInterface.Status.AVAILABLE : NetworkInterface.Status.IN_USE,
                sourceDestCheck,
                groupIds,
                ipv4Addresses,
                ipv6Addresses,
                prefixes(),
                attachment,
                tags());
    }

    /** Refuses changes by customers to an interface that an AWS service manages. */
    public void checkNotManaged() {
        if (managed) {
            throw InterfaceRule.INTERFACE_MANAGED.error("The network interface '" + id
                    + "' is managed by an AWS service: you are not allowed to manage 'ela-attach' attachments.");
        }
    }
}
