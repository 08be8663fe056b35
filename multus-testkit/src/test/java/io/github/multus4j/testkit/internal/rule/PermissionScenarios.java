package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.rule.Scenarios.Scenario;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scenarios for {@link PermissionRule}. */
final class PermissionScenarios {

    private PermissionScenarios() {}

    static Map<PermissionRule, Scenario> all() {
        Map<PermissionRule, Scenario> all = new EnumMap<>(PermissionRule.class);
        all.put(PermissionRule.PERMISSION_DUPLICATE, s -> {
            String group = s.group("media");
            must(s, group, tcp("22", "22", "CidrIp", "10.0.0.0/8"));
            return allow(s, group, tcp("22", "22", "CidrIp", "10.0.0.0/8"));
        });
        all.put(
                PermissionRule.PERMISSION_REPEATED,
                s -> allow(
                        s,
                        s.group("media"),
                        Stage.join(
                                tcp("22", "22", "CidrIp", "10.0.0.0/8"),
                                "IpPermissions.1.IpRanges.2.CidrIp",
                                "10.0.0.0/8")));
        all.put(
                PermissionRule.PERMISSION_UNKNOWN,
                s -> s.call(
                        "RevokeSecurityGroupIngress",
                        Stage.join(tcp("22", "22", "CidrIp", "10.0.0.0/8"), "GroupId", s.group("media"))));
        forms(all);
        all.put(
                PermissionRule.PERMISSION_GROUP_OF_OTHER_VPC,
                s -> allow(s, s.group("media"), ofGroup(groupOfOtherVpc(s))));
        all.put(PermissionRule.PERMISSIONS_OVER_LIMIT, s -> {
            String[] rules = {"IpPermissions.1.IpProtocol", "tcp", "IpPermissions.1.FromPort", "22"};
            rules = Stage.join(rules, "IpPermissions.1.ToPort", "22");
            for (int i = 1; i <= 61; i++) {
                rules = Stage.join(rules, "IpPermissions.1.IpRanges." + i + ".CidrIp", "10.0." + i + ".0/24");
            }
            return allow(s, s.group("media"), rules);
        });
        all.put(PermissionRule.PERMISSION_DEFAULTS, s -> {
            WireAnswer made = describe(s, s.group("media"));
            return Seen.effect(made.blocks("cidrIp").equals(List.of(Cidr.parse("0.0.0.0/0")))
                    && made.blocks("cidrIpv6").equals(List.of(Cidr.parse("::/0")))
                    && made.xml().indexOf("0.0.0.0/0") > made.xml().indexOf("ipPermissionsEgress"));
        });
        all.put(PermissionRule.PERMISSION_ID_MALFORMED, s -> revoke(s, s.group("media"), "sgr-xyz"));
        all.put(PermissionRule.PERMISSION_ID_UNKNOWN, s -> revoke(s, s.group("media"), "sgr-" + Stage.NONE));
        all.put(
                PermissionRule.PERMISSION_TWO_FORMS,
                s -> s.call(
                        "RevokeSecurityGroupIngress",
                        Stage.join(
                                tcp("22", "22", "CidrIp", "10.0.0.0/8"),
                                "GroupId",
                                s.group("media"),
                                "SecurityGroupRuleId.1",
                                "sgr-" + Stage.NONE)));
        return all;
    }

    private static void forms(Map<PermissionRule, Scenario> all) {
        all.put(
                PermissionRule.PERMISSION_PROTOCOL_UNKNOWN,
                s -> allow(
                        s,
                        s.group("media"),
                        "IpPermissions.1.IpProtocol",
                        "sctq",
                        "IpPermissions.1.IpRanges.1.CidrIp",
                        "10.0.0.0/8"));
        all.put(
                PermissionRule.PERMISSION_PORTS_MISSING,
                s -> allow(
                        s,
                        s.group("media"),
                        "IpPermissions.1.IpProtocol",
                        "tcp",
                        "IpPermissions.1.FromPort",
                        "22",
                        "IpPermissions.1.IpRanges.1.CidrIp",
                        "10.0.0.0/8"));
        all.put(
                PermissionRule.PERMISSION_PORT_INVALID,
                s -> allow(s, s.group("media"), tcp("-1", "22", "CidrIp", "10.0.0.0/8")));
        all.put(
                PermissionRule.PERMISSION_CIDR_MALFORMED,
                s -> allow(s, s.group("media"), tcp("22", "22", "CidrIp", "::/0")));
        all.put(PermissionRule.PERMISSION_CIDR_CANONICAL, s -> {
            String group = s.group("media");
            must(s, group, tcp("22", "22", "CidrIp", "100.68.0.18/18"));
            return Seen.effect(describe(s, group).texts("cidrIp").contains("100.68.0.0/18"));
        });
        all.put(
                PermissionRule.PERMISSION_WITHOUT_SOURCE,
                s -> allow(
                        s,
                        s.group("media"),
                        "IpPermissions.1.IpProtocol",
                        "tcp",
                        "IpPermissions.1.FromPort",
                        "22",
                        "IpPermissions.1.ToPort",
                        "22"));
        all.put(
                PermissionRule.PERMISSION_DESCRIPTION_INVALID,
                s -> allow(
                        s,
                        s.group("media"),
                        Stage.join(
                                tcp("22", "22", "CidrIp", "10.0.0.0/8"),
                                "IpPermissions.1.IpRanges.1.Description",
                                "<ssh>")));
    }

    private static String[] tcp(String from, String to, String range, String block) {
        return new String[] {
            "IpPermissions.1.IpProtocol",
            "tcp",
            "IpPermissions.1.FromPort",
            from,
            "IpPermissions.1.ToPort",
            to,
            "IpPermissions.1.IpRanges.1." + range,
            block
        };
    }

    private static String[] ofGroup(String group) {
        return new String[] {"IpPermissions.1.IpProtocol", "-1", "IpPermissions.1.Groups.1.GroupId", group};
    }

    private static Seen allow(Stage s, String group, String... permissions) {
        return s.call("AuthorizeSecurityGroupIngress", Stage.join(permissions, "GroupId", group));
    }

    private static void must(Stage s, String group, String... permissions) {
        s.must("AuthorizeSecurityGroupIngress", Stage.join(permissions, "GroupId", group));
    }

    private static Seen revoke(Stage s, String group, String rule) {
        return s.call("RevokeSecurityGroupIngress", "GroupId", group, "SecurityGroupRuleId.1", rule);
    }

    private static WireAnswer describe(Stage s, String group) {
        return s.must("DescribeSecurityGroups", "GroupId.1", group);
    }

    private static String groupOfOtherVpc(Stage s) {
        String vpc = s.must("CreateVpc", "CidrBlock", "10.1.0.0/16").text("vpcId");
        return s.must("CreateSecurityGroup", "VpcId", vpc, "GroupName", "other", "GroupDescription", "other")
                .text("groupId");
    }
}
