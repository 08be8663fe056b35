package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.AttachmentStatus;
import io.github.multus4j.ec2.InterfaceStatus;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A network interface. */
final class StoredInterface extends Stored {

    /** Where it is attached, and until when the attachment is on its way. */
    record At(
            String id,
            String instanceId,
            int deviceIndex,
            int networkCardIndex,
            AttachmentStatus status,
            boolean deleteOnTermination,
            Instant attachTime,
            @Nullable Instant changesAt) {

        boolean isPrimary() {
            return deviceIndex == 0 && networkCardIndex == 0;
        }

        At with(AttachmentStatus newStatus, @Nullable Instant until) {
            return new At(
                    id, instanceId, deviceIndex, networkCardIndex, newStatus, deleteOnTermination, attachTime, until);
        }

        At withDeleteOnTermination(boolean delete) {
            return new At(id, instanceId, deviceIndex, networkCardIndex, status, delete, attachTime, changesAt);
        }

        boolean isDue(Instant now) {
            return changesAt != null && !now.isBefore(changesAt);
        }
    }

    final StoredSubnet subnet;
    final String macAddress;
    final String interfaceType;
    final boolean managed;
    String description = "";
    boolean sourceDestCheck = true;
    List<String> groupIds = List.of();

    /** The primary address first. */
    final List<IpAddress> ipv4Addresses = new ArrayList<>();

    final List<IpAddress> ipv6Addresses = new ArrayList<>();
    final List<Cidr> ipv4Prefixes = new ArrayList<>();
    final List<Cidr> ipv6Prefixes = new ArrayList<>();

    @Nullable
    At at;

    /** The instance whose launch made it; null if no launch did. */
    @Nullable
    String bornWith;

    StoredInterface(
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
    String resourceType() {
        return "network-interface";
    }

    boolean isAt(String instanceId) {
        return at != null && at.instanceId().equals(instanceId);
    }

    boolean uses(IpAddress address) {
        return ipv4Addresses.contains(address)
                || ipv6Addresses.contains(address)
                || prefixes().anyMatch(prefix -> prefix.contains(address));
    }

    private Stream<Cidr> prefixes() {
        return Stream.concat(ipv4Prefixes.stream(), ipv6Prefixes.stream());
    }

    /** All addresses that it keeps others from using. */
    AddressSet addresses() {
        return AddressSet.builder()
                .addAddresses(ipv4Addresses)
                .addAddresses(ipv6Addresses)
                .addBlocks(prefixes().toList())
                .build();
    }

    NetworkInterface networkInterface() {
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
                here == null ? InterfaceStatus.AVAILABLE : InterfaceStatus.IN_USE,
                sourceDestCheck,
                groupIds,
                ipv4Addresses,
                ipv6Addresses,
                prefixes().toList(),
                attachment,
                tags);
    }
}
