package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.rule.Scenarios.Scenario;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Scenarios for {@link VpcRule}. */
final class VpcScenarios {

    private VpcScenarios() {}

    static Map<VpcRule, Scenario> all() {
        Map<VpcRule, Scenario> all = new EnumMap<>(VpcRule.class);
        all.put(VpcRule.VPC_ID_MALFORMED, s -> s.call("DeleteVpc", "VpcId", "vpc-xyz"));
        all.put(VpcRule.VPC_UNKNOWN, s -> s.call("DeleteVpc", "VpcId", "vpc-" + Stage.NONE));
        all.put(VpcRule.VPC_CIDR_OUT_OF_RANGE, s -> s.call("CreateVpc", "CidrBlock", "10.0.0.0/8"));
        all.put(VpcRule.CIDR_MALFORMED, s -> s.call("CreateVpc", "CidrBlock", "10.0.0.0/33"));
        all.put(VpcRule.CIDR_CANONICAL, s -> {
            String vpc = s.must("CreateVpc", "CidrBlock", "10.9.0.1/16").text("cidrBlock");
            String subnet = s.must("CreateSubnet", "VpcId", s.vpc, "CidrBlock", "10.0.66.7/24")
                    .text("cidrBlock");
            return Seen.effect(vpc.equals("10.9.0.0/16") && subnet.equals("10.0.66.0/24"));
        });
        all.put(
                VpcRule.VPC_IPV6_POOL_MISSING,
                s -> s.call("CreateVpc", "CidrBlock", "10.9.0.0/16", "Ipv6CidrBlock", "2600:1f18:9::/56"));
        all.put(
                VpcRule.VPC_BLOCKS_MANY,
                s -> s.call(
                        "AssociateVpcCidrBlock",
                        "VpcId",
                        s.vpc,
                        "CidrBlock",
                        "10.9.0.0/16",
                        "AmazonProvidedIpv6CidrBlock",
                        "true"));
        all.put(
                VpcRule.VPC_TENANCY_UNKNOWN,
                s -> s.call("CreateVpc", "CidrBlock", "10.9.0.0/16", "InstanceTenancy", "host"));
        all.put(
                VpcRule.VPC_ATTRIBUTES_MANY,
                s -> s.call(
                        "ModifyVpcAttribute",
                        "VpcId",
                        s.vpc,
                        "EnableDnsSupport.Value",
                        "true",
                        "EnableDnsHostnames.Value",
                        "true"));
        all.put(VpcRule.VPC_DNS_HOSTNAMES, s -> {
            s.must("ModifyVpcAttribute", "VpcId", s.vpc, "EnableDnsSupport.Value", "false");
            return s.call("ModifyVpcAttribute", "VpcId", s.vpc, "EnableDnsHostnames.Value", "true");
        });
        all.put(VpcRule.VPC_CIDR_MISSING, s -> s.call("CreateVpc"));
        all.put(
                VpcRule.VPC_CIDR_CONFLICT,
                s -> s.call("AssociateVpcCidrBlock", "VpcId", s.vpc, "CidrBlock", "10.0.0.0/16"));
        all.put(VpcRule.VPC_IN_USE, s -> {
            s.subnet();
            return s.call("DeleteVpc", "VpcId", s.vpc);
        });
        all.put(VpcRule.ZONE_UNKNOWN, s -> subnet(s, "CidrBlock", "10.0.4.0/24", "AvailabilityZone", "us-east-1z"));
        subnets(all);
        reservations(all);
        groups(all);
        return all;
    }

    private static void subnets(Map<VpcRule, Scenario> all) {
        all.put(VpcRule.SUBNET_ID_MALFORMED, s -> s.create("subnet-xyz"));
        all.put(VpcRule.SUBNET_UNKNOWN, s -> s.create("subnet-" + Stage.NONE));
        all.put(VpcRule.SUBNET_CIDR_MISSING, s -> subnet(s));
        all.put(
                VpcRule.SUBNET_IPV6_ONLY_WITH_IPV4,
                s -> subnet(
                        s,
                        "CidrBlock",
                        "10.0.4.0/24",
                        "Ipv6CidrBlock",
                        s.ipv6Block().toString(),
                        "Ipv6Native",
                        "true"));
        all.put(
                VpcRule.SUBNET_ZONE_TWICE,
                s -> subnet(
                        s,
                        "CidrBlock",
                        "10.0.4.0/24",
                        "AvailabilityZone",
                        Stage.ZONE,
                        "AvailabilityZoneId",
                        "use1-az1"));
        all.put(VpcRule.SUBNET_CIDR_OUT_OF_RANGE, s -> subnet(s, "CidrBlock", "192.168.0.0/24"));
        all.put(VpcRule.SUBNET_CIDR_CONFLICT, s -> {
            s.subnet();
            return subnet(s, "CidrBlock", "10.0.4.128/25");
        });
        all.put(VpcRule.SUBNET_IN_USE, s -> {
            String subnet = s.subnet();
            s.eni(subnet);
            return s.call("DeleteSubnet", "SubnetId", subnet);
        });
        all.put(
                VpcRule.SUBNET_ATTRIBUTES_MANY,
                s -> s.call(
                        "ModifySubnetAttribute",
                        "SubnetId",
                        s.dualStackSubnet(),
                        "AssignIpv6AddressOnCreation.Value",
                        "true",
                        "MapPublicIpOnLaunch.Value",
                        "true"));
        all.put(
                VpcRule.SUBNET_WITHOUT_IPV6,
                s -> s.call(
                        "ModifySubnetAttribute", "SubnetId", s.subnet(), "AssignIpv6AddressOnCreation.Value", "true"));
        all.put(
                VpcRule.CIDR_ASSOCIATION_UNKNOWN,
                s -> s.call("DisassociateSubnetCidrBlock", "AssociationId", "subnet-cidr-assoc-" + Stage.NONE));
        all.put(VpcRule.CIDR_ASSOCIATION_IN_USE, s -> {
            String subnet = s.dualStackSubnet();
            s.eni(subnet, "Ipv6AddressCount", "1");
            String association = s.must("DescribeSubnets", "SubnetId.1", subnet).text("associationId");
            return s.call("DisassociateSubnetCidrBlock", "AssociationId", association);
        });
    }

    private static void reservations(Map<VpcRule, Scenario> all) {
        all.put(VpcRule.RESERVATION_TYPE_UNKNOWN, s -> reserve(s, s.subnet(), "10.0.4.16/28", "tentative"));
        all.put(VpcRule.RESERVATION_OUTSIDE_SUBNET, s -> reserve(s, s.subnet(), "10.0.5.16/28", "explicit"));
        all.put(VpcRule.RESERVATION_OVERLAP, s -> {
            String subnet = s.subnet();
            s.reserve(subnet, "10.0.4.16/28");
            return reserve(s, subnet, "10.0.4.16/29", "explicit");
        });
        all.put(
                VpcRule.RESERVATION_ID_MALFORMED,
                s -> s.call("DeleteSubnetCidrReservation", "SubnetCidrReservationId", "scr-xyz"));
        all.put(
                VpcRule.RESERVATION_UNKNOWN,
                s -> s.call("DeleteSubnetCidrReservation", "SubnetCidrReservationId", "scr-" + Stage.NONE));
    }

    private static void groups(Map<VpcRule, Scenario> all) {
        all.put(VpcRule.GROUP_ID_MALFORMED, s -> s.create(s.subnet(), "SecurityGroupId.1", "sg-xyz"));
        all.put(VpcRule.GROUP_UNKNOWN, s -> s.create(s.subnet(), "SecurityGroupId.1", "sg-" + Stage.NONE));
        all.put(VpcRule.GROUP_DUPLICATE, s -> {
            s.group("twice");
            return group(s, "twice");
        });
        all.put(
                VpcRule.GROUP_WITHOUT_VPC,
                // The emulator's default VPC gets the group.
                s -> s.call("CreateSecurityGroup", "GroupName", "g-" + UUID.randomUUID(), "GroupDescription", "g"));
        all.put(VpcRule.GROUP_NAME_INVALID, s -> group(s, "g".repeat(256)));
        all.put(
                VpcRule.GROUP_DESCRIPTION_INVALID,
                s -> s.call("CreateSecurityGroup", "VpcId", s.vpc, "GroupName", "g", "GroupDescription", "ü"));
        all.put(VpcRule.GROUP_NAME_RESERVED, s -> group(s, "sg-mine"));
        all.put(VpcRule.GROUP_IN_USE, s -> {
            String group = s.group("used");
            s.eni(s.subnet(), "SecurityGroupId.1", group);
            return s.call("DeleteSecurityGroup", "GroupId", group);
        });
        all.put(VpcRule.GROUP_DEFAULT_STAYS, s -> s.call("DeleteSecurityGroup", "GroupId", defaultGroup(s)));
        all.put(VpcRule.GROUP_OF_OTHER_VPC, s -> s.create(s.subnet(), "SecurityGroupId.1", groupOfOtherVpc(s)));
        all.put(VpcRule.GROUP_DEFAULT_NOT_ASSOCIATED, s -> associate(s, defaultGroup(s), otherVpc(s)));
        all.put(VpcRule.GROUP_ASSOCIATION_EXISTS, s -> associate(s, s.group("mine"), s.vpc));
        all.put(
                VpcRule.GROUP_ASSOCIATION_UNKNOWN,
                s -> s.call("DisassociateSecurityGroupVpc", "GroupId", s.group("mine"), "VpcId", otherVpc(s)));
        all.put(VpcRule.GROUP_ASSOCIATION_IN_USE, s -> {
            String group = groupOfOtherVpc(s);
            s.must("AssociateSecurityGroupVpc", "GroupId", group, "VpcId", s.vpc);
            s.eni(s.subnet(), "SecurityGroupId.1", group);
            return s.call("DisassociateSecurityGroupVpc", "GroupId", group, "VpcId", s.vpc);
        });
        all.put(VpcRule.GROUPS_OVER_LIMIT, s -> {
            List<String> groups =
                    IntStream.range(0, 6).mapToObj(i -> s.group("group-" + i)).toList();
            return s.create(s.subnet(), Stage.numbered("SecurityGroupId", groups));
        });
    }

    private static String defaultGroup(Stage s) {
        return s.must(
                        "DescribeSecurityGroups",
                        "Filter.1.Name",
                        "vpc-id",
                        "Filter.1.Value.1",
                        s.vpc,
                        "Filter.2.Name",
                        "group-name",
                        "Filter.2.Value.1",
                        "default")
                .text("groupId");
    }

    private static String otherVpc(Stage s) {
        return s.must("CreateVpc", "CidrBlock", "10.1.0.0/16").text("vpcId");
    }

    private static String groupOfOtherVpc(Stage s) {
        return s.must("CreateSecurityGroup", "VpcId", otherVpc(s), "GroupName", "other", "GroupDescription", "other")
                .text("groupId");
    }

    private static Seen associate(Stage s, String group, String vpc) {
        return s.call("AssociateSecurityGroupVpc", "GroupId", group, "VpcId", vpc);
    }

    private static Seen subnet(Stage s, String... parameters) {
        return s.call("CreateSubnet", Stage.join(parameters, "VpcId", s.vpc));
    }

    private static Seen group(Stage s, String name) {
        return s.call("CreateSecurityGroup", "VpcId", s.vpc, "GroupName", name, "GroupDescription", name);
    }

    private static Seen reserve(Stage s, String subnet, String cidr, String type) {
        return s.call("CreateSubnetCidrReservation", "SubnetId", subnet, "Cidr", cidr, "ReservationType", type);
    }
}
