package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignedIpv4;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ChangedIpv6;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import java.util.Map;

/** The actions on the addresses of a network interface. */
final class AddressActions {

    private AddressActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.ASSIGN_PRIVATE_IP_ADDRESSES, AddressActions::assignIpv4,
                Action.UNASSIGN_PRIVATE_IP_ADDRESSES, AddressActions::unassignIpv4,
                Action.ASSIGN_IPV6_ADDRESSES, AddressActions::assignIpv6,
                Action.UNASSIGN_IPV6_ADDRESSES, AddressActions::unassignIpv6);
    }

    private static Call<AssignedIpv4> assignIpv4(QueryRequest p) {
        AssignPrivateIpAddresses request = new AssignPrivateIpAddresses(
                p.required("NetworkInterfaceId"),
                p.texts("PrivateIpAddress"),
                p.integer("SecondaryPrivateIpAddressCount"),
                p.texts("Ipv4Prefix"),
                p.integer("Ipv4PrefixCount"),
                p.flag("AllowReassignment", false));
        return new Call<>(
                request,
                (xml, assigned) -> xml.text("networkInterfaceId", assigned.networkInterfaceId())
                        .items(
                                "assignedPrivateIpAddressesSet",
                                assigned.addresses(),
                                (item, address) -> item.text("privateIpAddress", address))
                        .items(
                                "assignedIpv4PrefixSet",
                                assigned.prefixes(),
                                (item, prefix) -> item.text("ipv4Prefix", prefix)));
    }

    private static Call<Boolean> unassignIpv4(QueryRequest p) {
        return WireAction.yesOrNo(new UnassignPrivateIpAddresses(
                p.required("NetworkInterfaceId"), p.texts("PrivateIpAddress"), p.texts("Ipv4Prefix")));
    }

    private static Call<ChangedIpv6> assignIpv6(QueryRequest p) {
        AssignIpv6Addresses request = new AssignIpv6Addresses(
                p.required("NetworkInterfaceId"),
                p.texts("Ipv6Addresses"),
                p.integer("Ipv6AddressCount"),
                p.texts("Ipv6Prefix"),
                p.integer("Ipv6PrefixCount"));
        return new Call<>(
                request,
                (xml, changed) -> xml.text("networkInterfaceId", changed.networkInterfaceId())
                        .textItems("assignedIpv6Addresses", changed.addresses())
                        .textItems("assignedIpv6PrefixSet", changed.prefixes()));
    }

    private static Call<ChangedIpv6> unassignIpv6(QueryRequest p) {
        UnassignIpv6Addresses request = new UnassignIpv6Addresses(
                p.required("NetworkInterfaceId"), p.texts("Ipv6Addresses"), p.texts("Ipv6Prefix"));
        return new Call<>(
                request,
                (xml, changed) -> xml.text("networkInterfaceId", changed.networkInterfaceId())
                        .textItems("unassignedIpv6Addresses", changed.addresses())
                        .textItems("unassignedIpv6PrefixSet", changed.prefixes()));
    }
}
