package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.testkit.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules about the parameters of calls for VPCs, subnets and security groups. */
class VpcParameterRuleTest extends RuleTest {

    private static final String IPV6 = "2600:1f18:1234:5604::";

    @Test
    void cidr_canonical_isMade() {
        assertThat(onWire("CreateVpc", "CidrBlock", "10.9.0.1/16").text("cidrBlock"))
                .isEqualTo("10.9.0.0/16");
        assertThat(onWire("CreateSubnet", "VpcId", vpc.id(), "CidrBlock", "10.0.66.7/24")
                        .text("cidrBlock"))
                .isEqualTo("10.0.66.0/24");
        assertThat(onWire("AssociateVpcCidrBlock", "VpcId", vpc.id(), "CidrBlock", "100.68.0.18/18")
                        .text("cidrBlock"))
                .isEqualTo("100.68.0.0/18");
    }

    @Test
    void vpc_ipv6PoolMissing_isRefused() {
        refusedOnWire(
                VpcRule.VPC_IPV6_POOL_MISSING,
                "CreateVpc",
                "CidrBlock",
                "10.9.0.0/16",
                "Ipv6CidrBlock",
                "2600:1f18:9::/56");
        refusedOnWire(
                VpcRule.VPC_IPV6_POOL_MISSING,
                "AssociateVpcCidrBlock",
                "VpcId",
                vpc.id(),
                "Ipv6CidrBlock",
                "2600:1f18:9::/56");
    }

    @Test
    void vpc_blocksMany_isRefused() {
        String[] own = {"Ipv6CidrBlock", "2600:1f18:9::/56", "Ipv6Pool", "ipv6pool-ec2-" + NONE};
        String[] amazons = {"AmazonProvidedIpv6CidrBlock", "true"};

        refusedOnWire(
                VpcRule.VPC_BLOCKS_MANY, "CreateVpc", Stage.join(Stage.join(own, amazons), "CidrBlock", "10.9.0.0/16"));
        for (String[] ipv6 : List.of(own, amazons)) {
            refusedOnWire(
                    VpcRule.VPC_BLOCKS_MANY,
                    "AssociateVpcCidrBlock",
                    Stage.join(ipv6, "VpcId", vpc.id(), "CidrBlock", "10.9.0.0/16"));
        }
    }

    @Test
    void vpc_tenancyUnknown_isRefused() {
        for (String tenancy : List.of("host", "nonsense")) {
            refusedOnWire(
                    VpcRule.VPC_TENANCY_UNKNOWN, "CreateVpc", "CidrBlock", "10.9.0.0/16", "InstanceTenancy", tenancy);
        }
    }

    @Test
    void subnet_ipv6OnlyWithIpv4_isRefused() {
        refusedOnWire(
                VpcRule.SUBNET_IPV6_ONLY_WITH_IPV4,
                "CreateSubnet",
                "VpcId",
                vpc.id(),
                "CidrBlock",
                "10.0.4.0/24",
                "Ipv6CidrBlock",
                IPV6 + "/64",
                "Ipv6Native",
                "true");
    }

    @Test
    void subnet_zoneTwice_isRefused() {
        String[] subnet = {"VpcId", vpc.id(), "CidrBlock", "10.0.4.0/24", "AvailabilityZoneId"};

        refusedOnWire(
                VpcRule.SUBNET_ZONE_TWICE, "CreateSubnet", Stage.join(subnet, "use1-az2", "AvailabilityZone", ZONE));
        refusedOnWire(VpcRule.ZONE_UNKNOWN, "CreateSubnet", Stage.join(subnet, "use1-az9"));
        assertThat(onWire("CreateSubnet", Stage.join(subnet, "use1-az2")).text("availabilityZone"))
                .isEqualTo(OTHER_ZONE);
    }

    @Test
    void group_withoutVpc_isRefused() {
        refusedOnWire(VpcRule.GROUP_WITHOUT_VPC, "CreateSecurityGroup", "GroupName", "g", "GroupDescription", "g");
    }

    @Test
    void group_nameInvalid_isRefused() {
        for (String name : List.of("g".repeat(256), "ü", "a'b", "a<b", "tab\t")) {
            refusedOnWire(
                    VpcRule.GROUP_NAME_INVALID,
                    "CreateSecurityGroup",
                    "VpcId",
                    vpc.id(),
                    "GroupName",
                    name,
                    "GroupDescription",
                    "g");
        }
        SecurityGroup made = vpc.securityGroup("a-Z 09._:/()#,@[]+=&;{}!$*" + "g".repeat(229));
        assertThat(made.name()).hasSize(255);
    }

    @Test
    void group_descriptionInvalid_isRefused() {
        for (String description : List.of("g".repeat(256), "ü", "somebody's")) {
            refusedOnWire(
                    VpcRule.GROUP_DESCRIPTION_INVALID,
                    "CreateSecurityGroup",
                    "VpcId",
                    vpc.id(),
                    "GroupName",
                    "g",
                    "GroupDescription",
                    description);
        }
    }

    @Test
    void groupName_inOtherCase_isADuplicate() {
        vpc.securityGroup("Twice");

        refusedOnWire(
                VpcRule.GROUP_DUPLICATE,
                "CreateSecurityGroup",
                "VpcId",
                vpc.id(),
                "GroupName",
                "twice",
                "GroupDescription",
                "g");
    }

    @Test
    void vpc_dnsHostnames_areRefused_withoutDnsSupport() {
        onWire("ModifyVpcAttribute", "VpcId", vpc.id(), "EnableDnsSupport.Value", "false");

        refusedOnWire(
                VpcRule.VPC_DNS_HOSTNAMES, "ModifyVpcAttribute", "VpcId", vpc.id(), "EnableDnsHostnames.Value", "true");

        onWire("ModifyVpcAttribute", "VpcId", vpc.id(), "EnableDnsSupport.Value", "true");
        assertThat(onWire("ModifyVpcAttribute", "VpcId", vpc.id(), "EnableDnsHostnames.Value", "true")
                        .isSuccess())
                .isTrue();
    }
}
