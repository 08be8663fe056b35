package io.github.multus4j.testkit.internal.rule;

import static io.github.multus4j.testkit.internal.rule.AssignCall.assign;
import static io.github.multus4j.testkit.internal.rule.AssignCall.assignIpv6;
import static io.github.multus4j.testkit.internal.rule.AssignCall.prefixes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DescribeSubnets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for the choice of addresses and prefixes, and for their number. */
class AddressRuleTest extends RuleTest {

    private long available(Subnet subnet) {
        return call(new DescribeSubnets(List.of(subnet.id()), List.of(), Page.NONE))
                .items()
                .get(0)
                .availableIpAddressCount();
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
    void prefix_choice_takesAPrefixReservationFirstAndNoExplicitOne() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/26", "2600:1f18:1234:5604::/64", ZONE);
        ec2.reserve(subnet, "10.0.4.16/28");
        ec2.reserveForPrefixes(subnet, "10.0.4.32/28");

        NetworkInterface made = call(CreateCall.in(subnet)
                        .address("10.0.4.50")
                        .prefixCount(1)
                        .ipv6PrefixCount(1)
                        .request())
                .networkInterface();

        assertThat(made.prefixes()).contains(Cidr.parse("10.0.4.32/28")).hasSize(2);
        refused(
                AddressRule.PREFIXES_EXHAUSTED,
                new AssignPrivateIpAddresses(made.id(), List.of(), null, List.of(), 1, false));
        call(prefixes(made, "10.0.4.16/28"));
    }

    @Test
    void prefix_inUse_isRefused() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", ZONE);
        NetworkInterface made = call(CreateCall.in(subnet)
                        .address("10.0.4.100")
                        .ipv6("2600:1f18:1234:5604:1::9")
                        .request())
                .networkInterface();
        ec2.occupyPrefix(subnet, "10.0.4.16/28");
        call(prefixes(made, "10.0.4.32/28"));

        for (String taken : List.of("10.0.4.0/28", "10.0.4.16/28", "10.0.4.32/28", "10.0.4.96/28", "10.0.4.240/28")) {
            refused(AddressRule.PREFIX_IN_USE, prefixes(made, taken));
            refused(
                    AddressRule.PREFIX_IN_USE,
                    CreateCall.in(subnet).prefixes(taken).request());
        }
        refused(AddressRule.PREFIX_IN_USE, prefixes(made, "10.0.4.48/28", "10.0.4.48/28"));
        for (String taken : List.of("2600:1f18:1234:5604::/80", "2600:1f18:1234:5604:1::/80")) {
            refused(
                    AddressRule.PREFIX_IN_USE,
                    new AssignIpv6Addresses(made.id(), List.of(), null, List.of(taken), null));
        }
    }

    @Test
    void prefix_malformed_isRefused() {
        Subnet subnet = subnet();

        for (String prefix : List.of("10.0.4.16/27", "10.0.4.17/28", "10.0.5.16/28", "x")) {
            refused(
                    AddressRule.PREFIX_MALFORMED,
                    CreateCall.in(subnet).prefixes(prefix).request());
            refused(AddressRule.PREFIX_MALFORMED, prefixes(create(subnet), prefix));
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
    void addresses_overLimit_countsPrimaryAndPrefixesOfEachFamilyApart() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", ZONE);
        NetworkInterface made = create(subnet);
        attach(made, node("t3.small"), 1); // Four addresses of each family.
        call(new AssignPrivateIpAddresses(made.id(), List.of(), 2, List.of(), 1, false));
        call(new AssignIpv6Addresses(made.id(), List.of(), 3, List.of(), 1));

        for (AssignPrivateIpAddresses one : List.of(
                new AssignPrivateIpAddresses(made.id(), List.of(), 1, List.of(), null, false),
                new AssignPrivateIpAddresses(made.id(), List.of(), null, List.of(), 1, false),
                assign(made, true, "10.0.4.77"))) {
            refused(AddressRule.ADDRESSES_OVER_LIMIT, one);
        }
        refused(AddressRule.ADDRESSES_OVER_LIMIT, new AssignIpv6Addresses(made.id(), List.of(), null, List.of(), 1));
    }

    @Test
    void addresses_overLimit_isRefusedWithoutMovingAny() {
        Subnet subnet = subnet();
        NetworkInterface from = call(CreateCall.in(subnet)
                        .secondary("10.0.4.100", "10.0.4.101")
                        .request())
                .networkInterface();
        NetworkInterface to = create(subnet);
        attach(to, node("t3.nano"), 1); // Two addresses.

        refused(AddressRule.ADDRESSES_OVER_LIMIT, assign(to, true, "10.0.4.100", "10.0.4.101"));

        assertThat(now(from).secondaryIpv4Addresses()).hasSize(2);
        call(assign(to, true, "10.0.4.100"));
    }

    @Test
    void addresses_overLimit_ofADetachedInterfaceAre50() {
        Subnet subnet = subnet();
        NetworkInterface made = create(subnet);
        call(prefixes(made, "10.0.4.32/28"));
        call(new AssignPrivateIpAddresses(made.id(), List.of(), 48, List.of(), null, false));

        refused(
                AddressRule.ADDRESSES_OVER_LIMIT,
                new AssignPrivateIpAddresses(made.id(), List.of(), 1, List.of(), null, false));
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
    void ipv6_onCreation_isGivenUnlessTheCallSaysNone() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", ZONE);
        vpc.assignIpv6OnCreation(subnet);

        assertThat(create(subnet).ipv6Addresses()).hasSize(1);
        assertThat(call(CreateCall.in(subnet).ipv6Count(0).request())
                        .networkInterface()
                        .ipv6Addresses())
                .isEmpty();
    }
}
