package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.internal.call.CidrAssociation;
import io.github.multus4j.testkit.internal.call.GroupAssociation;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.AssociateSecurityGroupVpc;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.DescribeSecurityGroupVpcAssociations;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.DisassociateSecurityGroupVpc;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DeleteNetworkInterface;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.CreateSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DeleteSecurityGroup;
import io.github.multus4j.testkit.internal.call.SubnetItem;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnet;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnetCidrReservation;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DeleteSubnet;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DeleteSubnetCidrReservation;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DescribeSubnets;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DisassociateSubnetCidrBlock;
import io.github.multus4j.testkit.internal.call.SubnetRequests.GetSubnetCidrReservations;
import io.github.multus4j.testkit.internal.call.SubnetRequests.ModifySubnetAttribute;
import io.github.multus4j.testkit.internal.call.VpcItem;
import io.github.multus4j.testkit.internal.call.VpcRequests.AssociateVpcCidrBlock;
import io.github.multus4j.testkit.internal.call.VpcRequests.CreateVpc;
import io.github.multus4j.testkit.internal.call.VpcRequests.DeleteVpc;
import io.github.multus4j.testkit.internal.call.VpcRequests.DescribeVpcAttribute;
import io.github.multus4j.testkit.internal.call.VpcRequests.DescribeVpcs;
import io.github.multus4j.testkit.internal.call.VpcRequests.ModifyVpcAttribute;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VpcRuleTest extends RuleTest {

    private CreateSubnet ipv4(String cidr) {
        return new CreateSubnet(vpc.id(), cidr, null, false, ZONE, Map.of());
    }

    private CreateSubnet ipv6(String cidr) {
        return new CreateSubnet(vpc.id(), null, cidr, true, ZONE, Map.of());
    }

    private static CreateSubnetCidrReservation reservation(Subnet subnet, String cidr, String type) {
        return new CreateSubnetCidrReservation(subnet.id(), cidr, type, "", Map.of());
    }

    @Test
    void vpc_idMalformed_isRefused() {
        refused(VpcRule.VPC_ID_MALFORMED, new DeleteVpc("vpc"));
    }

    @Test
    void vpc_unknown_isRefused() {
        refused(VpcRule.VPC_UNKNOWN, new DeleteVpc("vpc-" + NONE));
    }

    @Test
    void vpc_cidrOutOfRange_isRefused() {
        for (String cidr : List.of("10.0.0.0/15", "10.0.0.0/29")) {
            refused(VpcRule.VPC_CIDR_OUT_OF_RANGE, new CreateVpc(cidr, false, null, Map.of()));
        }
        refused(VpcRule.VPC_CIDR_OUT_OF_RANGE, new CreateVpc("10.0.0.0/16", false, "2600:1f18::/57", Map.of()));
    }

    @Test
    void cidr_malformed_isRefused() {
        refused(VpcRule.CIDR_MALFORMED, new CreateVpc("10.0.0.0", false, null, Map.of()));
        refused(VpcRule.CIDR_MALFORMED, ipv4("10.0.4.300/24"));
        refused(VpcRule.CIDR_MALFORMED, ipv4("10.0.4.0/024"));
        refused(VpcRule.CIDR_MALFORMED, ipv6("2600:1f18:1234:5600::1/64"));
    }

    @Test
    void vpc_attributesMany_isRefused() {
        refused(VpcRule.VPC_ATTRIBUTES_MANY, new ModifyVpcAttribute(vpc.id(), true, true, null));
        refused(VpcRule.VPC_ATTRIBUTES_MANY, new ModifyVpcAttribute(vpc.id(), null, null, null));
        assertThat(call(new DescribeVpcAttribute(vpc.id(), "enableDnsSupport"))).isTrue();
        assertThat(call(new DescribeVpcAttribute(vpc.id(), "enableDnsHostnames")))
                .isFalse();
        call(new ModifyVpcAttribute(vpc.id(), null, true, null));
        call(new ModifyVpcAttribute(vpc.id(), false, null, null));
        assertThat(call(new DescribeVpcAttribute(vpc.id(), "enableDnsHostnames")))
                .isTrue();
        assertThat(call(new DescribeVpcAttribute(vpc.id(), "enableDnsSupport"))).isFalse();
    }

    @Test
    void vpc_cidrMissing_isRefused() {
        refused(VpcRule.VPC_CIDR_MISSING, new CreateVpc(null, true, null, Map.of()));
    }

    @Test
    void vpc_cidrConflict_isRefused() {
        refused(VpcRule.VPC_CIDR_CONFLICT, new AssociateVpcCidrBlock(vpc.id(), "10.0.128.0/17", false, null));
    }

    @Test
    void vpc_inUse_isRefused() {
        Subnet subnet = subnet();
        refused(VpcRule.VPC_IN_USE, new DeleteVpc(vpc.id()));

        call(new DeleteSubnet(subnet.id()));
        call(new DeleteVpc(vpc.id()));

        assertThat(call(new DescribeVpcs(List.of(), List.of(), Page.NONE)).items())
                .isEmpty();
    }

    @Test
    void vpc_amazonsIpv6_isA56() {
        VpcItem made = call(new CreateVpc("10.1.0.0/16", true, null, Map.of()));

        assertThat(made.ipv6()).hasSize(1).allMatch(a -> a.cidr().prefixLength() == 56);
    }

    @Test
    void zone_unknown_isRefused() {
        refused(VpcRule.ZONE_UNKNOWN, new CreateSubnet(vpc.id(), "10.0.4.0/24", null, false, "us-east-1z", Map.of()));
    }

    @Test
    void subnet_idMalformed_isRefused() {
        refused(VpcRule.SUBNET_ID_MALFORMED, CreateCall.in("10.0.4.0/24").request());
    }

    @Test
    void subnet_unknown_isRefused() {
        String id = "subnet-" + NONE;

        assertThat(refused(VpcRule.SUBNET_UNKNOWN, CreateCall.in(id).request()).text())
                .isEqualTo("The subnet ID '" + id + "' does not exist");
        refused(VpcRule.SUBNET_UNKNOWN, new GetSubnetCidrReservations(id, List.of(), Page.NONE));
    }

    @Test
    void subnet_cidrMissing_isRefused() {
        refused(VpcRule.SUBNET_CIDR_MISSING, ipv6(null));
        refused(VpcRule.SUBNET_CIDR_MISSING, ipv4(null));
    }

    @Test
    void subnet_cidrOutOfRange_isRefused() {
        for (String cidr : List.of("10.1.0.0/24", "10.0.4.0/29")) {
            refused(VpcRule.SUBNET_CIDR_OUT_OF_RANGE, ipv4(cidr));
        }
        for (String cidr : List.of("2600:1f18:1234:5600::/62", "2600:1f18:1234:5600::/68", "2600:1f18:9::/64")) {
            refused(VpcRule.SUBNET_CIDR_OUT_OF_RANGE, ipv6(cidr));
        }
    }

    @Test
    void subnet_cidrInRange_isMade() {
        assertThat(call(ipv6("2600:1f18:1234:5600::/60")).ipv6Native()).isTrue();
        SubnetItem made = call(ipv4("10.0.4.0/28"));
        assertThat(made.availableIpAddressCount()).isEqualTo(11);
    }

    @Test
    void subnet_cidrConflict_isRefused() {
        subnet();
        call(ipv6("2600:1f18:1234:5600::/60"));

        refused(VpcRule.SUBNET_CIDR_CONFLICT, ipv4("10.0.4.128/25"));
        refused(VpcRule.SUBNET_CIDR_CONFLICT, ipv6("2600:1f18:1234:5601::/64"));
    }

    @Test
    void subnet_inUse_isRefused() {
        Subnet subnet = subnet();
        NetworkInterface made = create(subnet);

        refused(VpcRule.SUBNET_IN_USE, new DeleteSubnet(subnet.id()));
        call(new DeleteNetworkInterface(made.id()));
        call(new DeleteSubnet(subnet.id()));
    }

    @Test
    void subnet_attributesMany_isRefused() {
        refused(VpcRule.SUBNET_ATTRIBUTES_MANY, new ModifySubnetAttribute(subnet().id(), true, true));
    }

    @Test
    void subnet_withoutIpv6_isRefused() {
        refused(VpcRule.SUBNET_WITHOUT_IPV6, new ModifySubnetAttribute(subnet().id(), true, null));
    }

    @Test
    void cidr_associationUnknown_isRefused() {
        refused(VpcRule.CIDR_ASSOCIATION_UNKNOWN, new DisassociateSubnetCidrBlock("subnet-cidr-assoc-" + NONE));
    }

    @Test
    void cidr_associationInUse_isRefused() {
        Subnet subnet = vpc.addIpv6(subnet());
        NetworkInterface made =
                call(CreateCall.in(subnet).ipv6Count(1).request()).networkInterface();
        String id = describe(subnet).ipv6Associations().get(0).id();

        refused(VpcRule.CIDR_ASSOCIATION_IN_USE, new DisassociateSubnetCidrBlock(id));
        call(new DeleteNetworkInterface(made.id()));
        call(new DisassociateSubnetCidrBlock(id));

        SubnetItem after = describe(subnet);
        assertThat(after.subnet().ipv6Cidrs()).isEmpty();
        assertThat(after.ipv6Associations()).extracting(CidrAssociation::state).containsExactly("disassociated");
    }

    private SubnetItem describe(Subnet subnet) {
        return call(new DescribeSubnets(List.of(subnet.id()), List.of(), Page.NONE))
                .items()
                .get(0);
    }

    @Test
    void reservation_typeUnknown_isRefused() {
        refused(VpcRule.RESERVATION_TYPE_UNKNOWN, reservation(subnet(), "10.0.4.0/28", "static"));
    }

    @Test
    void reservation_outsideSubnet_isRefused() {
        refused(VpcRule.RESERVATION_OUTSIDE_SUBNET, reservation(subnet(), "10.0.5.0/28", "explicit"));
    }

    @Test
    void reservation_overlap_isRefused() {
        Subnet subnet = subnet();
        ec2.reserve(subnet, "10.0.4.0/28");

        refused(VpcRule.RESERVATION_OVERLAP, reservation(subnet, "10.0.4.0/27", "prefix"));
    }

    @Test
    void reservation_idMalformed_isRefused() {
        refused(VpcRule.RESERVATION_ID_MALFORMED, new DeleteSubnetCidrReservation("10.0.4.0/28"));
    }

    @Test
    void reservation_unknown_isRefused() {
        String id = ec2.reserve(subnet(), "10.0.4.0/28").id();
        call(new DeleteSubnetCidrReservation(id));

        refused(VpcRule.RESERVATION_UNKNOWN, new DeleteSubnetCidrReservation(id));
    }

    @Test
    void group_idMalformed_isRefused() {
        refused(
                VpcRule.GROUP_ID_MALFORMED,
                CreateCall.in(subnet()).groups(List.of("media")).request());
    }

    @Test
    void group_unknown_isRefused() {
        assertThat(refused(
                                VpcRule.GROUP_UNKNOWN,
                                CreateCall.in(subnet())
                                        .groups(List.of("sg-" + NONE))
                                        .request())
                        .text())
                .isEqualTo("The security group 'sg-" + NONE + "' does not exist");
    }

    @Test
    void group_duplicate_isRefused() {
        vpc.securityGroup("media");

        refused(VpcRule.GROUP_DUPLICATE, new CreateSecurityGroup("media", "", vpc.id(), Map.of()));
    }

    @Test
    void group_nameReserved_isRefused() {
        refused(VpcRule.GROUP_NAME_RESERVED, new CreateSecurityGroup("default", "", vpc.id(), Map.of()));
        refused(VpcRule.GROUP_NAME_RESERVED, new CreateSecurityGroup("sg-1", "", vpc.id(), Map.of()));
    }

    @Test
    void group_inUse_isRefused() {
        SecurityGroup group = vpc.securityGroup("media");
        NetworkInterface made = call(CreateCall.in(subnet())
                        .groups(List.of(group.id()))
                        .request())
                .networkInterface();

        refused(VpcRule.GROUP_IN_USE, new DeleteSecurityGroup(group.id()));
        call(new DeleteNetworkInterface(made.id()));
        call(new DeleteSecurityGroup(group.id()));
    }

    @Test
    void group_defaultStays_isRefused() {
        refused(
                VpcRule.GROUP_DEFAULT_STAYS,
                new DeleteSecurityGroup(vpc.defaultSecurityGroup().id()));
    }

    @Test
    void group_ofOtherVpc_isRefused() {
        SecurityGroup other = ec2.vpc("10.1.0.0/16").securityGroup("media");

        assertThat(refused(
                                VpcRule.GROUP_OF_OTHER_VPC,
                                CreateCall.in(subnet())
                                        .groups(List.of(other.id()))
                                        .request())
                        .text())
                .contains("belong to different networks");
    }

    @Test
    void group_none_isTheDefaultGroup() {
        assertThat(create(subnet()).securityGroupIds())
                .containsExactly(vpc.defaultSecurityGroup().id());
    }

    @Test
    void group_defaultNotAssociated_isRefused() {
        refused(
                VpcRule.GROUP_DEFAULT_NOT_ASSOCIATED,
                new AssociateSecurityGroupVpc(
                        ec2.vpc("10.1.0.0/16").defaultSecurityGroup().id(), vpc.id()));
    }

    @Test
    void group_associationExists_isRefused() {
        SecurityGroup group = ec2.vpc("10.1.0.0/16").securityGroup("other");

        refused(VpcRule.GROUP_ASSOCIATION_EXISTS, new AssociateSecurityGroupVpc(group.id(), group.vpcId()));
        ec2.associate(group, vpc);
        refused(VpcRule.GROUP_ASSOCIATION_EXISTS, new AssociateSecurityGroupVpc(group.id(), vpc.id()));
    }

    @Test
    void group_associationUnknown_isRefused() {
        SecurityGroup group = ec2.vpc("10.1.0.0/16").securityGroup("other");

        refused(VpcRule.GROUP_ASSOCIATION_UNKNOWN, new DisassociateSecurityGroupVpc(group.id(), vpc.id()));
    }

    @Test
    void group_associationInUse_isRefused() {
        SecurityGroup group = ec2.vpc("10.1.0.0/16").securityGroup("other");
        ec2.associate(group, vpc);
        NetworkInterface made = call(CreateCall.in(subnet())
                        .groups(List.of(group.id()))
                        .request())
                .networkInterface();

        assertThat(made.securityGroupIds()).containsExactly(group.id());
        refused(VpcRule.GROUP_ASSOCIATION_IN_USE, new DisassociateSecurityGroupVpc(group.id(), vpc.id()));
        call(new DeleteNetworkInterface(made.id()));
        refused(VpcRule.GROUP_IN_USE, new DeleteSecurityGroup(group.id()));
        call(new DisassociateSecurityGroupVpc(group.id(), vpc.id()));
        refused(
                VpcRule.GROUP_OF_OTHER_VPC,
                CreateCall.in(vpc.subnet("10.0.9.0/24", ZONE))
                        .groups(List.of(group.id()))
                        .request());
        call(new DeleteSecurityGroup(group.id()));
    }

    @Test
    void groupAssociations_areListed_withTheirFilters() {
        FakeVpc other = ec2.vpc("10.1.0.0/16");
        SecurityGroup group = other.securityGroup("other");
        ec2.associate(group, vpc);

        assertThat(associations(Filter.of("group-id", group.id()))).containsExactly(vpc.id());
        assertThat(associations(Filter.of("vpc-id", vpc.id()), Filter.of("state", "associated")))
                .hasSize(1);
        assertThat(associations(Filter.of("vpc-id", other.id()))).isEmpty();
        refused(VpcRule.VPC_IN_USE, new DeleteVpc(vpc.id()));
    }

    private List<String> associations(Filter... filters) {
        return call(new DescribeSecurityGroupVpcAssociations(List.of(filters), Page.NONE)).items().stream()
                .map(GroupAssociation::vpcId)
                .toList();
    }

    @Test
    void groups_overLimit_isRefused() {
        List<String> six = IntStream.range(0, 6)
                .mapToObj(i -> vpc.securityGroup("media" + i).id())
                .toList();

        refused(VpcRule.GROUPS_OVER_LIMIT, CreateCall.in(subnet()).groups(six).request());
        assertThat(call(CreateCall.in(vpc.subnet("10.0.5.0/24", ZONE))
                                .groups(Stream.concat(
                                                six.stream().limit(5),
                                                six.stream().limit(1))
                                        .toList())
                                .request())
                        .groups())
                .hasSize(5);
    }
}
