package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.DnsName;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.state.World;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The filters of DescribeNetworkInterfaces. */
final class InterfaceFilters {

    static final Filters<InterfaceItem> ALL = Filters.<InterfaceItem>tagged(
                    Action.DESCRIBE_NETWORK_INTERFACES,
                    i -> i.networkInterface().tags())
            .one("network-interface-id", of(NetworkInterface::id))
            .one("subnet-id", of(NetworkInterface::subnetId))
            .one("vpc-id", of(NetworkInterface::vpcId))
            .one("availability-zone", of(NetworkInterface::zone))
            .one("availability-zone-id", of(n -> Zones.id(n.zone())))
            .one("status", of(NetworkInterface::status))
            .one("description", of(NetworkInterface::description))
            .one("mac-address", of(NetworkInterface::macAddress))
            .one("interface-type", InterfaceItem::interfaceType)
            .one("source-dest-check", of(NetworkInterface::sourceDestCheck))
            .one("owner-id", i -> World.ACCOUNT)
            .one("requester-managed", InterfaceItem::managed)
            .one("operator.managed", InterfaceItem::managed)
            .many("group-id", of(NetworkInterface::securityGroupIds))
            .many(
                    "group-name",
                    i -> i.groups().stream().map(SecurityGroup::name).toList())
            .many("private-ip-address", of(n -> texts(n.ipv4Addresses().stream().limit(1))))
            .many("private-dns-name", of(InterfaceFilters::primaryName))
            .many("addresses.private-ip-address", of(n -> texts(n.ipv4Addresses().stream())))
            .many("addresses.primary", of(InterfaceFilters::primaries))
            .many("ipv6-addresses.ipv6-address", of(n -> texts(n.ipv6Addresses().stream())))
            .many("attachment.attachment-id", at(Attachment::id))
            .many("attachment.instance-id", at(Attachment::instanceId))
            .many("attachment.instance-owner-id", at(a -> World.ACCOUNT))
            .many("attachment.device-index", at(Attachment::deviceIndex))
            .many("attachment.network-card-index", at(Attachment::networkCardIndex))
            .many("attachment.status", at(Attachment::status))
            .many("attachment.delete-on-termination", at(Attachment::deleteOnTermination))
            .many(
                    "attachment.attach-time",
                    i -> Stream.ofNullable(i.attachTime()).map(Object::toString).toList())
            .absent("addresses.association.owner-id", "addresses.association.public-ip")
            .absent("association.allocation-id", "association.association-id", "association.ip-owner-id")
            .absent("association.public-dns-name", "association.public-ip", "attachment.nat-gateway-id")
            .absent("operator.principal", "requester-id");

    private InterfaceFilters() {}

    private static <R> Function<InterfaceItem, R> of(Function<NetworkInterface, R> value) {
        return i -> value.apply(i.networkInterface());
    }

    private static List<String> texts(Stream<IpAddress> addresses) {
        return addresses.map(IpAddress::toString).toList();
    }

    private static List<String> primaryName(NetworkInterface n) {
        return n.ipv4Addresses().stream()
                .limit(1)
                .map(address -> DnsName.of(address, n.zone()))
                .toList();
    }

    private static List<String> primaries(NetworkInterface n) {
        return Stream.of("true", "false")
                .limit(Math.min(2, n.ipv4Addresses().size()))
                .toList();
    }

    private static Function<InterfaceItem, Collection<String>> at(Function<Attachment, Object> value) {
        return i -> {
            Attachment at = i.networkInterface().attachment();
            return at == null ? List.of() : List.of(value.apply(at).toString());
        };
    }
}
