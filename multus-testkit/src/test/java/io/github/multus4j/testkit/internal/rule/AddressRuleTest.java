package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DescribeSubnets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest extends RuleTest {

    private static AssignPrivateIpAddresses assign(NetworkInterface to, boolean allow, String... addresses) {
        return new AssignPrivateIpAddresses(to.id(), List.of(addresses), null, List.of(), null, allow);
    }

    private static AssignIpv6Addresses assignIpv6(NetworkInterface to, String... addresses) {
        return new AssignIpv6Addresses(to.id(), List.of(addresses), null, List.of(), null);
    }

    @Test
    void address_inUse_isRefused() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", ZONE);
        ec2.occupy(subnet, "10.0.4.4");
        ec2.occupy(subnet, "2600:1f18:1234:5604::4");
        ec2.occupyPrefix(subnet, "10.0.4.16/28");
        ec2.occupyManaged(subnet, "10.0.4.5");
        call(CreateCall.in(subnet).address("10.0.4.6").secondary("10.0.4.7").request());

        assertThat(refused(
                                AddressRule.ADDRESS_IN_USE,
                                CreateCall.in(subnet).address("10.0.4.4").request())
                        .text())
                .isEqualTo("Address 10.0.4.4 is in use");
        for (String taken : List.of("10.0.4.5", "10.0.4.7", "10.0.4.16", "10.0.4.31")) {
            refused(
                    AddressRule.ADDRESS_IN_USE,
                    CreateCall.in(subnet).address(taken).request());
        }
        refused(
                AddressRule.ADDRESS_IN_USE,
                CreateCall.in(subnet).ipv6("2600:1f18:1234:5604:0::4").request());
        refused(
                AddressRule.ADDRESS_IN_USE,
                CreateCall.in(subnet).prefixes("10.0.4.0/28").request());
        refused(
                AddressRule.ADDRESS_IN_USE,
                CreateCall.in(subnet).address("10.0.4.9").secondary("10.0.4.9").request());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.4.0", "10.0.4.1", "10.0.4.2", "10.0.4.3", "10.0.4.255"})
    void address_reserved_isRefused(String address) {
        assertThat(refused(
                                AddressRule.ADDRESS_RESERVED,
                                CreateCall.in(subnet()).address(address).request())
                        .text())
                .contains("invalid value for parameter address");
    }

    @Test
    void addressOfIpv6_reserved_isRefused() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", ZONE);
        for (String end : List.of("", "1", "2", "3", "ffff:ffff:ffff:ffff")) {
            String address = "2600:1f18:1234:5604:" + (end.length() > 1 ? "" : ":") + end;
            refused(
                    AddressRule.ADDRESS_RESERVED,
                    CreateCall.in(subnet).ipv6(address).request());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.4", "10.0.4.256", "::1", "host", ""})
    void address_malformed_isRefused(String address) {
        refused(
                AddressRule.ADDRESS_MALFORMED,
                CreateCall.in(subnet()).address(address).request());
    }

    @Test
    void address_outsideSubnet_isRefused() {
        assertThat(refused(
                                AddressRule.ADDRESS_OUTSIDE_SUBNET,
                                CreateCall.in(subnet()).address("10.0.5.4").request())
                        .text())
                .contains("does not fall within the subnet's address range");
    }

    @Test
    void address_inReservation_mayBeAskedForButIsNotChosen() {
        Subnet subnet = vpc.subnet("10.0.4.0/28", ZONE);
        ec2.reserve(subnet, "10.0.4.8/29");

        for (int i = 0; i < 4; i++) {
            IpAddress chosen = create(subnet).ipv4Addresses().get(0);
            assertThat(chosen).isBetween(IpAddress.parse("10.0.4.4"), IpAddress.parse("10.0.4.7"));
        }
        refused(AddressRule.SUBNET_FULL, CreateCall.in(subnet).request());
        call(CreateCall.in(subnet).address("10.0.4.8").request());
        assertThat(available(subnet)).isEqualTo(6);
    }

    @Test
    void address_choice_isFreeAndNeverOneOfTheFive() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/26", "2600:1f18:1234:5604::/64", ZONE);
        ec2.occupyPrefix(subnet, "10.0.4.16/28");
        AddressSet closed = subnet.reservedAddresses().union(AddressSet.of(Cidr.parse("10.0.4.16/28")));
        List<IpAddress> chosen = new ArrayList<>();

        for (int i = 0; i < 42; i++) {
            NetworkInterface made =
                    call(CreateCall.in(subnet).ipv6Count(2).request()).networkInterface();
            chosen.addAll(made.ipv4Addresses());
            assertThat(made.ipv6Addresses())
                    .hasSize(2)
                    .allMatch(a -> subnet.ipv6Cidrs().get(0).contains(a));
        }

        assertThat(chosen).doesNotHaveDuplicates().hasSize(42).noneMatch(closed::contains);
    }

    @Test
    void subnet_full_isRefused() {
        Subnet subnet = vpc.subnet("10.0.4.0/28", ZONE);
        for (int i = 0; i < 11; i++) {
            create(subnet);
        }

        assertThat(available(subnet)).isZero();
        refused(AddressRule.SUBNET_FULL, CreateCall.in(subnet).request());
    }

    @Test
    void prefixes_exhausted_isRefused() {
        Subnet subnet = vpc.subnet("10.0.4.0/26", ZONE);
        NetworkInterface made = call(CreateCall.in(subnet)
                        .address("10.0.4.4")
                        .prefixCount(2)
                        .request())
                .networkInterface();
        assertThat(made.prefixes()).hasSize(2).allMatch(prefix -> prefix.prefixLength() == 28);

        assertThat(refused(
                                AddressRule.PREFIXES_EXHAUSTED,
                                CreateCall.in(subnet).prefixCount(1).request())
                        .text())
                .contains("does not have enough free cidr blocks");
    }

    @Test
    void prefixes_reservationForThem_isTakenFirst() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", ZONE);
        ec2.reserveForPrefixes(subnet, "10.0.4.128/28");

        NetworkInterface made = call(CreateCall.in(subnet)
                        .prefixCount(1)
                        .ipv6PrefixCount(1)
                        .request())
                .networkInterface();

        assertThat(made.prefixes()).contains(Cidr.parse("10.0.4.128/28")).hasSize(2);
    }

    @Test
    void prefix_malformed_isRefused() {
        Subnet subnet = subnet();

        for (String prefix : List.of("10.0.4.16/27", "10.0.4.17/28", "10.0.5.16/28", "x")) {
            refused(
                    AddressRule.PREFIX_MALFORMED,
                    CreateCall.in(subnet).prefixes(prefix).request());
        }
    }

    @Test
    void addresses_byValueAndCount_isRefused() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", ZONE);

        refused(
                AddressRule.ADDRESSES_BY_VALUE_AND_COUNT,
                CreateCall.in(subnet)
                        .ipv6("2600:1f18:1234:5604::9")
                        .ipv6Count(1)
                        .request());
    }

    @Test
    void addresses_overLimit_isRefused() {
        Subnet subnet = subnet();
        NetworkInterface made = create(subnet);
        attach(made, node("t3.nano"), 1);
        call(new AssignPrivateIpAddresses(made.id(), List.of(), 1, List.of(), null, false));

        refused(
                AddressRule.ADDRESSES_OVER_LIMIT,
                new AssignPrivateIpAddresses(made.id(), List.of(), 1, List.of(), null, false));
        refused(
                AddressRule.ADDRESSES_OVER_LIMIT,
                CreateCall.in(subnet).secondaryCount(50).request());
    }

    @Test
    void address_ipv4WithoutBlock_isRefused() {
        Subnet subnet = vpc.ipv6OnlySubnet(ZONE);
        NetworkInterface made = create(subnet);

        assertThat(made.ipv4Addresses()).isEmpty();
        assertThat(made.ipv6Addresses()).hasSize(1);
        refused(
                AddressRule.ADDRESS_IPV4_WITHOUT_BLOCK,
                CreateCall.in(subnet).address("10.0.4.4").request());
        refused(AddressRule.ADDRESS_IPV4_WITHOUT_BLOCK, assign(made, false, "10.0.4.4"));
    }

    @Test
    void address_ipv6WithoutBlock_isRefused() {
        Subnet subnet = subnet();

        refused(
                AddressRule.ADDRESS_IPV6_WITHOUT_BLOCK,
                CreateCall.in(subnet).ipv6Count(1).request());
        refused(AddressRule.ADDRESS_IPV6_WITHOUT_BLOCK, assignIpv6(create(subnet), "2600:1f18:1234:5604::9"));
    }

    @Test
    void reassign_notAllowed_isRefused() {
        Subnet subnet = subnet();
        call(CreateCall.in(subnet).secondary("10.0.4.100").request());
        NetworkInterface to = create(subnet);

        assertThat(refused(AddressRule.REASSIGN_NOT_ALLOWED, assign(to, false, "10.0.4.100"))
                        .text())
                .contains("move is not allowed");
    }

    @Test
    void reassign_allowed_movesTheAddress() {
        Subnet subnet = subnet();
        IpAddress address = IpAddress.parse("10.0.4.100");
        NetworkInterface from = call(CreateCall.in(subnet)
                        .secondary(address.toString())
                        .request())
                .networkInterface();
        NetworkInterface to = create(subnet);

        call(assign(to, true, "10.0.4.100"));

        assertThat(now(from).ipv4Addresses()).doesNotContain(address);
        assertThat(now(to).ipv4Addresses()).contains(address);
        call(assign(to, false, "10.0.4.100"));
        assertThat(now(to).ipv4Addresses()).hasSize(2);
    }

    @Test
    void reassign_primary_isRefused() {
        Subnet subnet = subnet();
        call(CreateCall.in(subnet).address("10.0.4.100").request());

        refused(AddressRule.REASSIGN_PRIMARY, assign(create(subnet), true, "10.0.4.100"));
    }

    @Test
    void assignIpv6_inUse_isRefusedWhileItIsElsewhere() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", ZONE);
        String address = "2600:1f18:1234:5604::9";
        NetworkInterface from =
                call(CreateCall.in(subnet).ipv6(address).request()).networkInterface();
        NetworkInterface to = create(subnet);

        refused(AddressRule.ADDRESS_IN_USE, assignIpv6(to, address));
        call(new UnassignIpv6Addresses(from.id(), List.of(address), List.of()));
        call(assignIpv6(to, address));

        assertThat(now(to).ipv6Addresses()).containsExactly(IpAddress.parse(address));
    }

    @Test
    void unassign_notAssigned_isRefused() {
        refused(
                AddressRule.UNASSIGN_NOT_ASSIGNED,
                new UnassignPrivateIpAddresses(create(subnet()).id(), List.of("10.0.4.77"), List.of()));
    }

    @Test
    void unassign_primary_isRefused() {
        NetworkInterface made = create(subnet());

        refused(
                AddressRule.UNASSIGN_PRIMARY,
                new UnassignPrivateIpAddresses(
                        made.id(), List.of(made.ipv4Addresses().get(0).toString()), List.of()));
    }

    @Test
    void assign_nothing_isRefused() {
        refused(AddressRule.ASSIGN_NOTHING, assign(create(subnet()), false));
    }

    @Test
    void ipv6_onCreation_isGivenUnlessTheCallSaysNone() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", ZONE);
        vpc.assignIpv6OnCreation(subnet);

        assertThat(create(subnet).ipv6Addresses()).hasSize(1);
        assertThat(call(CreateCall.in(subnet).ipv6Count(0).request())
                        .networkInterface()
                        .ipv6Addresses())
                .isEmpty();
    }

    private long available(Subnet subnet) {
        return call(new DescribeSubnets(List.of(subnet.id()), List.of(), Page.NONE))
                .items()
                .get(0)
                .availableIpAddressCount();
    }
}
