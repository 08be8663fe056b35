package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.Attached;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachmentChange;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.CreateNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DeleteNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaces;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DetachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ModifyNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.WireError;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The actions on network interfaces, without those on the addresses of an existing one. */
final class InterfaceActions {

    private InterfaceActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.CREATE_NETWORK_INTERFACE, InterfaceActions::create,
                Action.DESCRIBE_NETWORK_INTERFACES, InterfaceActions::describe,
                Action.DESCRIBE_NETWORK_INTERFACE_ATTRIBUTE, InterfaceActions::describeAttribute,
                Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE, InterfaceActions::modify,
                Action.ATTACH_NETWORK_INTERFACE, InterfaceActions::attach,
                Action.DETACH_NETWORK_INTERFACE, InterfaceActions::detach,
                Action.DELETE_NETWORK_INTERFACE, InterfaceActions::delete);
    }

    private static Call<InterfaceItem> create(QueryRequest p) {
        Ipv4Choice ipv4 = Ipv4Choice.read(p);
        String clientToken = p.text("ClientToken");
        CreateNetworkInterface request = new CreateNetworkInterface(
                p.required("SubnetId"),
                ipv4.primary(),
                ipv4.secondary(),
                p.integer("SecondaryPrivateIpAddressCount"),
                inner(p, "Ipv4Prefix", "Ipv4Prefix"),
                p.integer("Ipv4PrefixCount"),
                inner(p, "Ipv6Addresses", "Ipv6Address"),
                p.integer("Ipv6AddressCount"),
                inner(p, "Ipv6Prefix", "Ipv6Prefix"),
                p.integer("Ipv6PrefixCount"),
                p.texts("SecurityGroupId"),
                p.text("Description", ""),
                p.text("InterfaceType", "interface"),
                SharedParameters.tags(p, "network-interface"),
                clientToken);
        return new Call<>(
                request,
                (xml, item) -> xml.element("networkInterface", item, InterfaceXml::write)
                        .text("clientToken", clientToken));
    }

    private static Call<Listing<InterfaceItem>> describe(QueryRequest p) {
        DescribeNetworkInterfaces request = new DescribeNetworkInterfaces(
                p.texts("NetworkInterfaceId"),
                SharedParameters.filters(p),
                p.flag("IncludeManagedResources", false),
                SharedParameters.page(p));
        return WireAction.listing(request, "networkInterfaceSet", InterfaceXml::write);
    }

    private static Call<InterfaceItem> describeAttribute(QueryRequest p) {
        String id = p.required("NetworkInterfaceId");
        String attribute = p.required("Attribute");
        if (!Set.of("description", "groupSet", "sourceDestCheck", "attachment").contains(attribute)) {
            throw p.invalid("Attribute", attribute, "It must be description, groupSet, sourceDestCheck or attachment.");
        }
        return new Call<>(new DescribeNetworkInterfaceAttribute(id, attribute), (xml, item) -> {
            xml.text("networkInterfaceId", id);
            attribute(xml, attribute, item);
        });
    }

    private static void attribute(Xml xml, String name, InterfaceItem item) {
        switch (name) {
            case "description" ->
                xml.element(
                        name,
                        value -> value.text("value", item.networkInterface().description()));
            case "sourceDestCheck" ->
                xml.element(
                        name,
                        value -> value.text("value", item.networkInterface().sourceDestCheck()));
            case "groupSet" -> InterfaceXml.groups(xml, item.groups());
            default -> {
                Attachment attachment = item.networkInterface().attachment();
                xml.element(
                        name, attachment, (inner, value) -> InterfaceXml.attachment(inner, value, item.attachTime()));
            }
        }
    }

    private static Call<Boolean> modify(QueryRequest p) {
        AttachmentChange attachment = p.has("Attachment")
                ? new AttachmentChange(p.text("Attachment.AttachmentId"), p.flag("Attachment.DeleteOnTermination"))
                : null;
        return WireAction.yesOrNo(new ModifyNetworkInterfaceAttribute(
                p.required("NetworkInterfaceId"),
                p.text("Description.Value"),
                p.has("SecurityGroupId") ? p.texts("SecurityGroupId") : null,
                p.flag("SourceDestCheck.Value"),
                attachment));
    }

    private static Call<Attached> attach(QueryRequest p) {
        AttachNetworkInterface request = new AttachNetworkInterface(
                p.required("NetworkInterfaceId"),
                p.required("InstanceId"),
                p.requiredInteger("DeviceIndex"),
                p.integer("NetworkCardIndex", 0));
        return new Call<>(
                request,
                (xml, attached) -> xml.text("attachmentId", attached.attachmentId())
                        .text("networkCardIndex", attached.networkCardIndex()));
    }

    private static Call<Boolean> detach(QueryRequest p) {
        return WireAction.yesOrNo(new DetachNetworkInterface(p.required("AttachmentId"), p.flag("Force", false)));
    }

    private static Call<Boolean> delete(QueryRequest p) {
        return WireAction.yesOrNo(new DeleteNetworkInterface(p.required("NetworkInterfaceId")));
    }

    /** Lists of structures with one member: {@code Ipv6Addresses.N.Ipv6Address}. */
    static List<String> inner(QueryRequest p, String list, String member) {
        return p.structures(list).stream().map(each -> each.required(member)).toList();
    }

    /**
     * The IPv4 addresses for a new interface. EC2 has two ways to name the primary one.
     *
     * @param primary null leaves the choice to EC2
     * @param secondary the other requested addresses
     */
    record Ipv4Choice(@Nullable String primary, List<String> secondary) {

        static Ipv4Choice read(QueryRequest p) {
            String primary = p.text("PrivateIpAddress");
            List<String> secondary = new ArrayList<>();
            for (QueryRequest each : p.structures("PrivateIpAddresses")) {
                String address = each.required("PrivateIpAddress");
                if (!each.flag("Primary", false)) {
                    secondary.add(address);
                } else if (primary == null) {
                    primary = address;
                } else {
                    throw WireError.of(
                            "InvalidParameterCombination", "Only one primary private IP address can be specified.");
                }
            }
            return new Ipv4Choice(primary, secondary);
        }
    }
}
