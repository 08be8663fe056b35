package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.testkit.internal.call.CatalogRequests.CreateTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeTags;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.call.Permission;
import io.github.multus4j.testkit.internal.call.Permission.PeerKind;
import io.github.multus4j.testkit.internal.call.PermissionItem;
import io.github.multus4j.testkit.internal.call.PermissionRequests.AuthorizeSecurityGroup;
import io.github.multus4j.testkit.internal.call.PermissionRequests.DescribeSecurityGroupRules;
import io.github.multus4j.testkit.internal.call.PermissionRequests.GivenPermission;
import io.github.multus4j.testkit.internal.call.PermissionRequests.RevokeSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupItem;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.CreateSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DeleteSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DescribeSecurityGroups;
import io.github.multus4j.testkit.internal.call.VpcRequests.CreateVpc;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PermissionRuleTest extends RuleTest {

    private final SecurityGroup group = vpc.securityGroup("media");

    private static GivenPermission ipv4(String protocol, @Nullable Integer from, @Nullable Integer to, String block) {
        return new GivenPermission(protocol, from, to, PeerKind.IPV4, block, "");
    }

    private static GivenPermission ofGroup(String groupId) {
        return new GivenPermission("-1", null, null, PeerKind.GROUP, groupId, "");
    }

    private AuthorizeSecurityGroup allow(boolean egress, GivenPermission... permissions) {
        return new AuthorizeSecurityGroup(egress, group.id(), List.of(permissions), Map.of());
    }

    private RevokeSecurityGroup revoke(boolean egress, GivenPermission... permissions) {
        return new RevokeSecurityGroup(egress, group.id(), List.of(permissions), List.of());
    }

    private List<Permission> rules(boolean egress) {
        return call(new DescribeSecurityGroupRules(List.of(), List.of(Filter.of("group-id", group.id())), Page.NONE))
                .items()
                .stream()
                .map(PermissionItem::permission)
                .filter(permission -> permission.egress() == egress)
                .toList();
    }

    @Test
    void permission_duplicate_isRefused_withAnyDescription() {
        call(allow(false, ipv4("tcp", 22, 22, "10.0.0.0/8")));
        call(allow(true, ipv4("tcp", 22, 22, "10.0.0.0/8")));

        Ec2Error error = refused(
                PermissionRule.PERMISSION_DUPLICATE,
                allow(
                        false,
                        ipv4("udp", 53, 53, "10.0.0.0/8"),
                        new GivenPermission("6", 22, 22, PeerKind.IPV4, "10.0.0.0/8", "again")));

        assertThat(error.text())
                .isEqualTo("the specified rule \"peer: 10.0.0.0/8, TCP, from port: 22, to port: 22, ALLOW\""
                        + " already exists");
        assertThat(rules(false)).hasSize(1);
        refused(PermissionRule.PERMISSION_DUPLICATE, allow(true, ipv4("-1", null, null, "0.0.0.0/0")));
    }

    @Test
    void permission_repeated_isRefused() {
        refused(
                PermissionRule.PERMISSION_REPEATED,
                allow(false, ipv4("tcp", 22, 22, "10.0.0.0/8"), ipv4("6", 22, 22, "10.1.0.0/8")));
    }

    @Test
    void permission_unknown_isRefused_andNothingIsRevoked() {
        call(allow(false, ipv4("tcp", 22, 22, "10.0.0.0/8")));

        refused(
                PermissionRule.PERMISSION_UNKNOWN,
                revoke(false, ipv4("tcp", 22, 22, "10.0.0.0/8"), ipv4("tcp", 22, 23, "10.0.0.0/8")));
        refused(PermissionRule.PERMISSION_UNKNOWN, revoke(true, ipv4("tcp", 22, 22, "10.0.0.0/8")));

        assertThat(rules(false)).hasSize(1);
        call(revoke(false, ipv4("tcp", 22, 22, "10.0.0.0/8")));
        assertThat(rules(false)).isEmpty();
    }

    @Test
    void permission_protocolUnknown_isRefused() {
        for (String protocol : List.of("sctq", "256", "-2", "")) {
            refused(PermissionRule.PERMISSION_PROTOCOL_UNKNOWN, allow(false, ipv4(protocol, 1, 1, "10.0.0.0/8")));
        }
        call(allow(false, ipv4("132", 1, 1, "10.0.0.0/8"), ipv4("58", null, null, "10.0.0.0/8")));
        assertThat(rules(false)).extracting(Permission::protocol).containsExactly("132", "icmpv6");
    }

    @Test
    void permission_portsMissing_isRefused() {
        refused(PermissionRule.PERMISSION_PORTS_MISSING, allow(false, ipv4("tcp", 22, null, "10.0.0.0/8")));
        refused(PermissionRule.PERMISSION_PORTS_MISSING, allow(false, ipv4("17", null, 22, "10.0.0.0/8")));
        refused(PermissionRule.PERMISSION_PORTS_MISSING, allow(false, ipv4("icmp", null, null, "10.0.0.0/8")));
    }

    @Test
    void permission_portInvalid_isRefused() {
        refused(PermissionRule.PERMISSION_PORT_INVALID, allow(false, ipv4("tcp", -1, 22, "10.0.0.0/8")));
        refused(PermissionRule.PERMISSION_PORT_INVALID, allow(false, ipv4("tcp", 22, 65536, "10.0.0.0/8")));
        refused(PermissionRule.PERMISSION_PORT_INVALID, allow(false, ipv4("udp", 23, 22, "10.0.0.0/8")));
        refused(PermissionRule.PERMISSION_PORT_INVALID, allow(false, ipv4("icmp", -1, 0, "10.0.0.0/8")));
        call(allow(false, ipv4("icmp", 8, -1, "10.0.0.0/8"), ipv4("tcp", 0, 65535, "10.0.0.0/8")));
    }

    @Test
    void permission_cidrMalformed_isRefused() {
        for (String block : List.of("10.0.0.0", "10.0.0.0/33", "10.0.0.0/08", "::/0", "10.0.0/8", "x")) {
            refused(PermissionRule.PERMISSION_CIDR_MALFORMED, allow(false, ipv4("-1", null, null, block)));
        }
        GivenPermission ipv6 = new GivenPermission("-1", null, null, PeerKind.IPV6, "10.0.0.0/8", "");
        refused(PermissionRule.PERMISSION_CIDR_MALFORMED, allow(false, ipv6));
    }

    @Test
    void permission_cidrCanonical_alsoWhenRulesAreCompared() {
        call(allow(false, ipv4("tcp", 22, 22, "100.68.0.18/18")));

        assertThat(rules(false)).extracting(Permission::peer).containsExactly("100.68.0.0/18");
        refused(PermissionRule.PERMISSION_DUPLICATE, allow(false, ipv4("tcp", 22, 22, "100.68.0.1/18")));
        call(revoke(false, ipv4("tcp", 22, 22, "100.68.0.2/18")));
    }

    @Test
    void permission_withoutSource_isRefused() {
        refused(PermissionRule.PERMISSION_WITHOUT_SOURCE, allow(false));
        refused(PermissionRule.PERMISSION_WITHOUT_SOURCE, revoke(true));
    }

    @Test
    void permission_descriptionInvalid_isRefused() {
        for (String description : List.of("<ssh>", "ü", "d".repeat(256))) {
            refused(
                    PermissionRule.PERMISSION_DESCRIPTION_INVALID,
                    allow(false, new GivenPermission("tcp", 22, 22, PeerKind.IPV4, "10.0.0.0/8", description)));
        }
    }

    @Test
    void permission_groupOfOtherVpc_isRefused() {
        SecurityGroup other = ec2.vpc("10.1.0.0/16").securityGroup("other");

        refused(PermissionRule.PERMISSION_GROUP_OF_OTHER_VPC, allow(false, ofGroup(other.id())));
        refused(VpcRule.GROUP_UNKNOWN, allow(false, ofGroup("sg-" + NONE)));
        call(allow(false, ofGroup(group.id())));
    }

    @Test
    void permissions_overLimit_isRefused_forEachFamilyAndDirection() {
        GivenPermission[] sixty = IntStream.range(0, 60)
                .mapToObj(i -> ipv4("tcp", 22, 22, "10.0." + i + ".0/24"))
                .toArray(GivenPermission[]::new);
        call(allow(false, sixty));

        refused(PermissionRule.PERMISSIONS_OVER_LIMIT, allow(false, ipv4("tcp", 22, 22, "10.1.0.0/24")));
        refused(PermissionRule.PERMISSIONS_OVER_LIMIT, allow(false, ofGroup(group.id())));
        // The default outbound rule is one of the sixty.
        refused(PermissionRule.PERMISSIONS_OVER_LIMIT, allow(true, sixty));
        call(allow(false, new GivenPermission("tcp", 22, 22, PeerKind.IPV6, "2001:db8::/32", "")));
    }

    @Test
    void permission_defaults_areThereFromTheStart() {
        assertThat(rules(false)).isEmpty();
        assertThat(rules(true)).extracting(Permission::peer).containsExactly("0.0.0.0/0", "::/0");
        SecurityGroupItem ofVpc = call(new DescribeSecurityGroups(
                        List.of(vpc.defaultSecurityGroup().id()), List.of(), Page.NONE))
                .items()
                .get(0);
        assertThat(ofVpc.rules())
                .extracting(rule -> rule.permission().peer())
                .containsExactly(ofVpc.group().id(), "0.0.0.0/0", "::/0");
        String ipv4Only =
                call(new CreateVpc("10.9.0.0/16", false, null, Map.of())).id();
        String made = call(new CreateSecurityGroup("ipv4", "ipv4", ipv4Only, Map.of()))
                .group()
                .id();
        assertThat(call(new DescribeSecurityGroups(List.of(made), List.of(), Page.NONE))
                        .items()
                        .get(0)
                        .rules())
                .extracting(rule -> rule.permission().peer())
                .containsExactly("0.0.0.0/0");
    }

    @Test
    void permission_idMalformed_isRefused() {
        refused(
                PermissionRule.PERMISSION_ID_MALFORMED,
                new RevokeSecurityGroup(false, group.id(), List.of(), List.of("sgr")));
    }

    @Test
    void permission_idUnknown_isRefused_alsoForTheOtherDirectionOrGroup() {
        PermissionItem rule =
                call(allow(false, ipv4("tcp", 22, 22, "10.0.0.0/8"))).get(0);
        SecurityGroup other = vpc.securityGroup("other");

        for (RevokeSecurityGroup wrong : List.of(
                new RevokeSecurityGroup(false, group.id(), List.of(), List.of(rule.id(), "sgr-" + NONE)),
                new RevokeSecurityGroup(true, group.id(), List.of(), List.of(rule.id())),
                new RevokeSecurityGroup(false, other.id(), List.of(), List.of(rule.id())))) {
            refused(PermissionRule.PERMISSION_ID_UNKNOWN, wrong);
        }

        assertThat(call(new RevokeSecurityGroup(false, group.id(), List.of(), List.of(rule.id()))))
                .extracting(PermissionItem::id)
                .containsExactly(rule.id());
        assertThat(rules(false)).isEmpty();
    }

    @Test
    void permission_twoForms_isRefused() {
        refusedOnWire(
                PermissionRule.PERMISSION_TWO_FORMS,
                "AuthorizeSecurityGroupIngress",
                "GroupId",
                group.id(),
                "CidrIp",
                "10.0.0.0/8",
                "IpProtocol",
                "-1",
                "IpPermissions.1.IpProtocol",
                "-1",
                "IpPermissions.1.IpRanges.1.CidrIp",
                "10.0.0.0/8");
    }

    @Test
    void groupThatAnotherOnesRuleNames_isNotDeleted() {
        SecurityGroup named = vpc.securityGroup("named");
        call(allow(false, ofGroup(named.id())));

        refused(VpcRule.GROUP_IN_USE, new DeleteSecurityGroup(named.id()));
        call(revoke(false, ofGroup(named.id())));
        call(new DeleteSecurityGroup(named.id()));
    }

    @Test
    void rulesOfADeletedGroup_goWithIt() {
        call(allow(false, ofGroup(group.id())));

        call(new DeleteSecurityGroup(group.id()));

        assertThat(rules(false)).isEmpty();
        assertThat(rules(true)).isEmpty();
    }

    @Test
    void listingsOfGroups_areFilteredByTheirRules() {
        call(allow(false, ipv4("tcp", 22, 80, "10.0.0.0/8"), ofGroup(group.id())));

        Map<String, String> filters = Map.of(
                "ip-permission.cidr", "10.0.0.0/8",
                "ip-permission.from-port", "22",
                "ip-permission.to-port", "80",
                "ip-permission.protocol", "tcp",
                "ip-permission.group-id", group.id(),
                "egress.ip-permission.cidr", "0.0.0.0/0",
                "egress.ip-permission.ipv6-cidr", "::/0");
        filters.forEach((name, value) -> assertThat(call(new DescribeSecurityGroups(
                                List.of(),
                                List.of(Filter.of(name, value), Filter.of("group-name", "media")),
                                Page.NONE))
                        .items())
                .as(name)
                .hasSize(1));
        assertThat(call(new DescribeSecurityGroups(
                                List.of(), List.of(Filter.of("egress.ip-permission.protocol", "tcp")), Page.NONE))
                        .items())
                .isEmpty();
    }

    @Test
    void rules_haveTags() {
        PermissionItem rule = call(new AuthorizeSecurityGroup(
                        false, group.id(), List.of(ipv4("tcp", 22, 22, "10.0.0.0/8")), Map.of("use", "ssh")))
                .get(0);
        call(new CreateTags(List.of(rule.id()), Map.of("owner", "core")));

        assertThat(call(new DescribeSecurityGroupRules(List.of(), List.of(Filter.of("tag:use", "ssh")), Page.NONE))
                        .items()
                        .get(0)
                        .tags())
                .containsOnlyKeys("use", "owner");
        assertThat(call(new DescribeTags(List.of(Filter.of("resource-type", "security-group-rule")), Page.NONE))
                        .items())
                .hasSize(2);
    }
}
