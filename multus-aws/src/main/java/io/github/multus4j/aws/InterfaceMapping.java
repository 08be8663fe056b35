package io.github.multus4j.aws;

import static io.github.multus4j.aws.Mapping.list;
import static io.github.multus4j.aws.Mapping.number;
import static io.github.multus4j.aws.Mapping.tags;
import static io.github.multus4j.aws.Mapping.text;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceIpv6Address;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Network interfaces: as CreateNetworkInterface takes them, and as it and DescribeNetworkInterfaces
 * give them.
 */
final class InterfaceMapping {

    private InterfaceMapping() {}

    /** Empty lists are left out: EC2 takes an empty one for a wrong one. */
    static CreateNetworkInterfaceRequest toSdk(NewNetworkInterface from) {
        CreateNetworkInterfaceRequest.Builder to = CreateNetworkInterfaceRequest.builder()
                .subnetId(from.subnetId())
                .clientToken(from.clientToken());
        if (from.ipv4Address() != null) {
            to.privateIpAddress(from.ipv4Address().toString());
        }
        if (!from.ipv6Addresses().isEmpty()) {
            to.ipv6Addresses(from.ipv6Addresses().stream()
                    .map(address -> InstanceIpv6Address.builder()
                            .ipv6Address(address.toString())
                            .build())
                    .toList());
        } else if (from.ipv6AddressCount() > 0) {
            to.ipv6AddressCount(from.ipv6AddressCount());
        }
        if (!from.securityGroupIds().isEmpty()) {
            to.groups(from.securityGroupIds());
        }
        if (!from.description().isEmpty()) {
            to.description(from.description());
        }
        if (!from.tags().isEmpty()) {
            to.tagSpecifications(TagSpecification.builder()
                    .resourceType(ResourceType.NETWORK_INTERFACE)
                    .tags(Mapping.toSdk(from.tags()))
                    .build());
        }
        return to.build();
    }

    static NetworkInterface networkInterface(software.amazon.awssdk.services.ec2.model.NetworkInterface from) {
        String id = text(from.networkInterfaceId());
        return new NetworkInterface(
                id,
                text(from.subnetId()),
                text(from.vpcId()),
                text(from.availabilityZone()),
                text(from.macAddress()),
                text(from.description()),
                NetworkInterface.Status.of(text(from.statusAsString())),
                !Boolean.FALSE.equals(from.sourceDestCheck()),
                list(from.groups()).stream().map(GroupIdentifier::groupId).toList(),
                ipv4Addresses(from),
                list(from.ipv6Addresses()).stream()
                        .map(address -> IpAddress.parse(address.ipv6Address()))
                        .toList(),
                prefixes(from),
                attachment(id, from.attachment()),
                tags(from.tagSet()),
                primaryIpv6(from));
    }

    private static @Nullable IpAddress primaryIpv6(software.amazon.awssdk.services.ec2.model.NetworkInterface from) {
        return list(from.ipv6Addresses()).stream()
                .filter(address -> Boolean.TRUE.equals(address.isPrimaryIpv6()))
                .map(address -> IpAddress.parse(address.ipv6Address()))
                .findFirst()
                .orElse(null);
    }

    /**
     * The primary address first: EC2 gives no order. It stands beside the list as well, and alone
     * where the list is absent.
     */
    private static List<IpAddress> ipv4Addresses(software.amazon.awssdk.services.ec2.model.NetworkInterface from) {
        Stream<String> primary = Stream.of(text(from.privateIpAddress()));
        Stream<String> marked = list(from.privateIpAddresses()).stream()
                .filter(address -> Boolean.TRUE.equals(address.primary()))
                .map(NetworkInterfacePrivateIpAddress::privateIpAddress);
        Stream<String> all =
                list(from.privateIpAddresses()).stream().map(NetworkInterfacePrivateIpAddress::privateIpAddress);
        return Stream.concat(primary, Stream.concat(marked, all))
                .filter(address -> !text(address).isEmpty())
                .map(IpAddress::parse)
                .distinct()
                .toList();
    }

    private static List<Cidr> prefixes(software.amazon.awssdk.services.ec2.model.NetworkInterface from) {
        return Stream.concat(
                        list(from.ipv4Prefixes()).stream().map(prefix -> prefix.ipv4Prefix()),
                        list(from.ipv6Prefixes()).stream().map(prefix -> prefix.ipv6Prefix()))
                .map(Cidr::parse)
                .toList();
    }

    private static @Nullable Attachment attachment(String interfaceId, @Nullable NetworkInterfaceAttachment from) {
        return from == null
                ? null
                : new Attachment(
                        text(from.attachmentId()),
                        interfaceId,
                        text(from.instanceId()),
                        number(from.deviceIndex()),
                        number(from.networkCardIndex()),
                        Attachment.Status.of(text(from.statusAsString())),
                        Boolean.TRUE.equals(from.deleteOnTermination()));
    }
}
