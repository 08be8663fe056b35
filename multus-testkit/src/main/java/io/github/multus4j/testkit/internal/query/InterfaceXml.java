package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.call.DnsName;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.state.World;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes network interfaces: alone, as DescribeNetworkInterfaces shows them, and inside of an
 * instance.
 */
final class InterfaceXml {

    private InterfaceXml() {}

    /** The interface as an element's content. */
    static void write(Xml xml, InterfaceItem item) {
        NetworkInterface networkInterface = item.networkInterface();
        shared(xml, item);
        xml.text("availabilityZone", networkInterface.zone()).text("requesterManaged", item.managed());
        xml.element("operator", operator -> operator.text("managed", item.managed()));
        Attachment attachment = networkInterface.attachment();
        if (attachment != null) {
            xml.element("attachment", inner -> attachment(inner, attachment, item.attachTime()));
        }
        SharedParameters.tagSet(xml, networkInterface.tags());
    }

    /** The interface as one of its instance's. */
    static void writeInInstance(Xml xml, InterfaceItem item) {
        shared(xml, item);
        Attachment attachment = item.networkInterface().attachment();
        if (attachment != null) {
            xml.element("attachment", inner -> attachmentHere(inner, attachment, item.attachTime()));
        }
    }

    /** The attachment with the instance that it leads to. */
    static void attachment(Xml xml, Attachment attachment, @Nullable Instant attachTime) {
        attachmentHere(xml, attachment, attachTime);
        xml.text("instanceId", attachment.instanceId()).text("instanceOwnerId", World.ACCOUNT);
    }

    static void groups(Xml xml, List<SecurityGroup> groups) {
        xml.items(
                "groupSet",
                groups,
                (item, group) -> item.text("groupId", group.id()).text("groupName", group.name()));
    }

    private static void shared(Xml xml, InterfaceItem item) {
        NetworkInterface networkInterface = item.networkInterface();
        xml.text("networkInterfaceId", networkInterface.id()).text("subnetId", networkInterface.subnetId());
        xml.text("vpcId", networkInterface.vpcId()).text("ownerId", World.ACCOUNT);
        xml.text("description", networkInterface.description()).text("status", networkInterface.status());
        xml.text("macAddress", networkInterface.macAddress()).text("interfaceType", item.interfaceType());
        xml.text("sourceDestCheck", networkInterface.sourceDestCheck());
        groups(xml, item.groups());
        ipv4(xml, networkInterface.ipv4Addresses(), networkInterface.zone());
        xml.items(
                "ipv6AddressesSet",
                networkInterface.ipv6Addresses(),
                (each, address) -> each.text("ipv6Address", address).text("isPrimaryIpv6", false));
        if (!item.ipv4Prefixes().isEmpty()) {
            xml.items("ipv4PrefixSet", item.ipv4Prefixes(), (each, prefix) -> each.text("ipv4Prefix", prefix));
        }
        if (!item.ipv6Prefixes().isEmpty()) {
            xml.items("ipv6PrefixSet", item.ipv6Prefixes(), (each, prefix) -> each.text("ipv6Prefix", prefix));
        }
    }

    private static void ipv4(Xml xml, List<IpAddress> addresses, String zone) {
        if (!addresses.isEmpty()) {
            xml.text("privateIpAddress", addresses.get(0)).text("privateDnsName", DnsName.of(addresses.get(0), zone));
        }
        xml.items(
                "privateIpAddressesSet",
                addresses,
                (item, address) -> item.text("privateIpAddress", address)
                        .text("privateDnsName", DnsName.of(address, zone))
                        .text("primary", address.equals(addresses.get(0))));
    }

    private static void attachmentHere(Xml xml, Attachment attachment, @Nullable Instant attachTime) {
        if (!attachment.id().isEmpty()) {
            xml.text("attachmentId", attachment.id());
        }
        xml.text("deviceIndex", attachment.deviceIndex()).text("networkCardIndex", attachment.networkCardIndex());
        xml.text("status", attachment.status()).text("attachTime", attachTime);
        xml.text("deleteOnTermination", attachment.deleteOnTermination());
    }
}
