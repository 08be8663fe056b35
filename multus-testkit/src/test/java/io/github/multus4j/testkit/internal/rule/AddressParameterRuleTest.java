package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignPrivateIpAddresses;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules about the parameters of calls for addresses and interfaces. */
class AddressParameterRuleTest extends RuleTest {

    private static final String IPV6 = "2600:1f18:1234:5604::";

    private Subnet dualStack() {
        return vpc.dualStackSubnet("10.0.4.0/24", IPV6 + "/64", ZONE);
    }

    @Test
    void addresses_inTwoForms_isRefused() {
        String subnet = dualStack().id();
        String[] address = {"PrivateIpAddresses.1.PrivateIpAddress", "10.0.4.10"};
        String[] count = {"SecondaryPrivateIpAddressCount", "1"};
        String[] prefix = {"Ipv4Prefix.1.Ipv4Prefix", "10.0.4.32/28"};
        String[] prefixes = {"Ipv4PrefixCount", "1"};
        String[] address6 = {"Ipv6Addresses.1.Ipv6Address", IPV6 + "9"};
        String[] count6 = {"Ipv6AddressCount", "1"};
        String[] prefix6 = {"Ipv6Prefix.1.Ipv6Prefix", IPV6 + "/80"};
        String[] prefixes6 = {"Ipv6PrefixCount", "1"};

        for (String[][] two : new String[][][] {
            {address, prefix},
            {address, prefixes},
            {count, prefix},
            {count, prefixes},
            {address6, prefix6},
            {address6, prefixes6},
            {count6, prefix6},
            {count6, prefixes6}
        }) {
            refusedOnWire(
                    AddressRule.ADDRESSES_IN_TWO_FORMS,
                    "CreateNetworkInterface",
                    Stage.join(Stage.join(two[0], two[1]), "SubnetId", subnet));
        }
    }

    @Test
    void primaryAddress_goesWithEachForm() {
        Subnet subnet = dualStack();

        NetworkInterface made = call(CreateCall.in(subnet)
                        .address("10.0.4.10")
                        .prefixCount(1)
                        .ipv6Count(1)
                        .request())
                .networkInterface();

        assertThat(made.ipv4Addresses()).hasSize(1);
        assertThat(made.prefixes()).hasSize(1);
    }

    @Test
    void assignedAddresses_byValueAndCount_areRefused_alsoIfTheyAreItsOwn() {
        Subnet subnet = dualStack();
        NetworkInterface made = call(CreateCall.in(subnet)
                        .secondary("10.0.4.10")
                        .ipv6(IPV6 + "9")
                        .request())
                .networkInterface();
        call(CreateCall.in(subnet).secondary("10.0.4.20").request());

        for (String address : List.of("10.0.4.10", "10.0.4.20")) {
            refused(
                    AddressRule.ADDRESSES_BY_VALUE_AND_COUNT,
                    new AssignPrivateIpAddresses(made.id(), List.of(address), 1, List.of(), null, true));
        }
        refused(
                AddressRule.ADDRESSES_BY_VALUE_AND_COUNT,
                new AssignPrivateIpAddresses(made.id(), List.of(), null, List.of("10.0.4.32/28"), 1, false));
        refused(
                AddressRule.ADDRESSES_BY_VALUE_AND_COUNT,
                new AssignIpv6Addresses(made.id(), List.of(IPV6 + "9"), 1, List.of(), null));
        refused(
                AddressRule.ADDRESSES_BY_VALUE_AND_COUNT,
                new AssignIpv6Addresses(made.id(), List.of(), null, List.of(IPV6 + "/80"), 1));
    }

    @Test
    void address_countNegative_isRefused() {
        Subnet subnet = dualStack();
        String id = create(subnet).id();

        for (String count : List.of("SecondaryPrivateIpAddressCount", "Ipv4PrefixCount")) {
            refusedOnWire(
                    AddressRule.ADDRESS_COUNT_NEGATIVE, "CreateNetworkInterface", "SubnetId", subnet.id(), count, "-1");
            refusedOnWire(
                    AddressRule.ADDRESS_COUNT_NEGATIVE,
                    "AssignPrivateIpAddresses",
                    "NetworkInterfaceId",
                    id,
                    count,
                    "-1");
        }
        for (String count : List.of("Ipv6AddressCount", "Ipv6PrefixCount")) {
            refusedOnWire(
                    AddressRule.ADDRESS_COUNT_NEGATIVE, "AssignIpv6Addresses", "NetworkInterfaceId", id, count, "-1");
        }
    }

    @Test
    void reassignment_ofSeveralAddresses_namesAllThatMayNotMove() {
        Subnet subnet = subnet();
        call(CreateCall.in(subnet).secondary("10.0.4.10", "10.0.4.11").request());
        List<String> addresses = List.of("10.0.4.10", "10.0.4.11", "10.0.4.12");

        Ec2Error error = refused(
                AddressRule.REASSIGN_NOT_ALLOWED,
                new AssignPrivateIpAddresses(create(subnet).id(), addresses, null, List.of(), null, false));

        assertThat(error.code()).isEqualTo("InvalidParameterValue");
        assertThat(error.text()).isEqualTo("[10.0.4.10, 10.0.4.11] assigned, but move is not allowed.");
    }

    @Test
    void interface_typeUnknown_isRefused() {
        for (String type : List.of("nonsense", "branch", "")) {
            refusedOnWire(
                    InterfaceRule.INTERFACE_TYPE_UNKNOWN,
                    "CreateNetworkInterface",
                    "SubnetId",
                    vpc.ipv6OnlySubnet(ZONE).id(),
                    "InterfaceType",
                    type);
        }
    }

    @Test
    void efaOnly_addresses_areRefused() {
        String subnet = subnet().id();

        for (String[] wish : List.of(
                new String[] {"PrivateIpAddress", "10.0.4.10"},
                new String[] {"SecondaryPrivateIpAddressCount", "1"},
                new String[] {"Ipv4PrefixCount", "1"})) {
            refusedOnWire(
                    InterfaceRule.EFA_ONLY_ADDRESSES,
                    "CreateNetworkInterface",
                    Stage.join(wish, "SubnetId", subnet, "InterfaceType", "efa-only"));
        }
        assertThat(onWire("CreateNetworkInterface", "SubnetId", subnet, "InterfaceType", "efa-only")
                        .texts("privateIpAddress"))
                .isEmpty();
    }
}
