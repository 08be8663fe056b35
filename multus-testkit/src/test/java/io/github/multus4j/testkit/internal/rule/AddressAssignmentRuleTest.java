package io.github.multus4j.testkit.internal.rule;

import static io.github.multus4j.testkit.internal.rule.AssignCall.assign;
import static io.github.multus4j.testkit.internal.rule.AssignCall.assignIpv6;
import static io.github.multus4j.testkit.internal.rule.AssignCall.prefixes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.metadata.MetadataTexts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of assigning, reassigning and unassigning addresses of existing interfaces. */
class AddressAssignmentRuleTest extends RuleTest {

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
    void reassign_notAllowed_whileItIsInAPrefix() {
        Subnet subnet = subnet();
        NetworkInterface to = create(subnet);
        ec2.occupyPrefix(subnet, "10.0.4.16/28");
        call(prefixes(to, "10.0.4.32/28"));

        refused(AddressRule.REASSIGN_NOT_ALLOWED, assign(to, true, "10.0.4.17"));
        refused(AddressRule.REASSIGN_NOT_ALLOWED, assign(to, true, "10.0.4.33"));
    }

    @Test
    void reassign_moves_fromAnyInterfaceOfTheSubnetInOneStep() {
        Subnet subnet = subnet();
        NetworkInterface detached =
                call(CreateCall.in(subnet).secondary("10.0.4.100").request()).networkInterface();
        NetworkInterface attached =
                call(CreateCall.in(subnet).secondary("10.0.4.101").request()).networkInterface();
        attach(attached, node("m5.large"), 1);
        NetworkInterface to = create(subnet);

        assertThat(call(assign(to, true, "10.0.4.100", "10.0.4.101", "10.0.4.102"))
                        .addresses())
                .hasSize(3);

        assertThat(now(to).secondaryIpv4Addresses()).hasSize(3);
        assertThat(now(detached).ipv4Addresses()).hasSize(1);
        assertThat(now(attached).ipv4Addresses()).hasSize(1);
        assertThat(call(assign(to, true, "10.0.4.100")).addresses()).isEmpty();
    }

    @Test
    void remap_inMetadata_isLaterThanInTheCalls() {
        Subnet subnet = subnet();
        call(CreateCall.in(subnet).secondary("10.0.4.100").request());
        NetworkInterface to =
                call(CreateCall.in(subnet).address("10.0.4.9").request()).networkInterface();
        Instance node = node("m5.large");
        attach(to, node, 1);
        String path = "network/interfaces/macs/" + to.macAddress() + "/local-ipv4s";

        call(assign(to, true, "10.0.4.100"));

        assertThat(now(to).secondaryIpv4Addresses()).hasSize(1);
        assertThat(MetadataTexts.of(ec2, node.id(), path)).isEqualTo("10.0.4.9");
        ec2.time().advance(Duration.ofSeconds(2));
        assertThat(MetadataTexts.of(ec2, node.id(), path)).isEqualTo("10.0.4.9\n10.0.4.100");
    }

    @Test
    void reassign_moves_neverOutOfAManagedInterface() {
        Subnet subnet = subnet();
        ec2.occupyManaged(subnet, "10.0.4.100");

        refused(AddressRule.REASSIGN_PRIMARY, assign(create(subnet), true, "10.0.4.100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.4", "10.0.4.256", "::1", "host", "", "10.0.5.4", "10.0.4.3", "10.0.4.255"})
    void assign_addressUnusable_isRefusedWithoutANameAndAsAWhole(String address) {
        NetworkInterface made = create(subnet());

        assertThat(refused(AddressRule.ASSIGN_ADDRESS_UNUSABLE, assign(made, true, "10.0.4.100", address))
                        .text())
                .isEqualTo("secondary-addresses");
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

        refused(AddressRule.ASSIGN_IPV6_IN_USE, assignIpv6(to, "2600:1f18:1234:5604::10", address));
        call(new UnassignIpv6Addresses(from.id(), List.of(address), List.of()));
        call(assignIpv6(to, address));

        assertThat(now(to).ipv6Addresses()).containsExactly(IpAddress.parse(address));
        assertThat(call(assignIpv6(to, address, "2600:1f18:1234:5604:0::9")).addresses())
                .isEmpty();
    }

    @Test
    void assignIpv6_inUse_countsAPrefixAlsoItsOwn() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", ZONE);
        NetworkInterface made = create(subnet);
        call(new AssignIpv6Addresses(made.id(), List.of(), null, List.of("2600:1f18:1234:5604:1::/80"), null));

        refused(AddressRule.ASSIGN_IPV6_IN_USE, assignIpv6(made, "2600:1f18:1234:5604:1::9"));
    }

    @Test
    void unassign_notAssigned_isRefusedAsAWholeInEc2sWords() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", ZONE);
        call(CreateCall.in(subnet).secondary("10.0.4.78").request());
        NetworkInterface made = call(CreateCall.in(subnet)
                        .secondary("10.0.4.77")
                        .ipv6("2600:1f18:1234:5604::9")
                        .request())
                .networkInterface();
        String id = made.id();

        for (Ec2Request<?> request : List.<Ec2Request<?>>of(
                new UnassignPrivateIpAddresses(id, List.of("10.0.4.77", "10.0.4.78"), List.of()),
                new UnassignPrivateIpAddresses(id, List.of("10.0.4.77", "nonsense"), List.of()),
                new UnassignPrivateIpAddresses(id, List.of("10.0.4.77"), List.of("10.0.4.32/28")),
                new UnassignIpv6Addresses(id, List.of("2600:1f18:1234:5604::9", "2600:1f18:1234:5604::10"), List.of()),
                new UnassignIpv6Addresses(
                        id, List.of("2600:1f18:1234:5604::9"), List.of("2600:1f18:1234:5604:1::/80")))) {
            assertThat(refused(AddressRule.UNASSIGN_NOT_ASSIGNED, request).text())
                    .isEqualTo("Some of the specified addresses are not assigned to interface " + id);
        }
    }

    @Test
    void unassign_prefix_isFreeAgain() {
        NetworkInterface made = create(subnet());
        call(prefixes(made, "10.0.4.32/28"));

        call(new UnassignPrivateIpAddresses(made.id(), List.of(), List.of("10.0.4.32/28")));

        assertThat(now(made).prefixes()).isEmpty();
        call(assign(made, false, "10.0.4.33"));
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
}
