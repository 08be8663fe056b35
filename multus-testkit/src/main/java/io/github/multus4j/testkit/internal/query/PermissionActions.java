package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Permission.PeerKind;
import io.github.multus4j.testkit.internal.call.PermissionItem;
import io.github.multus4j.testkit.internal.call.PermissionRequests.AuthorizeSecurityGroup;
import io.github.multus4j.testkit.internal.call.PermissionRequests.DescribeSecurityGroupRules;
import io.github.multus4j.testkit.internal.call.PermissionRequests.GivenPermission;
import io.github.multus4j.testkit.internal.call.PermissionRequests.RevokeSecurityGroup;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import io.github.multus4j.testkit.internal.rule.PermissionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The actions on the rules of security groups. */
final class PermissionActions {

    private PermissionActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.AUTHORIZE_SECURITY_GROUP_INGRESS, p -> authorize(p, false),
                Action.AUTHORIZE_SECURITY_GROUP_EGRESS, p -> authorize(p, true),
                Action.REVOKE_SECURITY_GROUP_INGRESS, p -> revoke(p, false),
                Action.REVOKE_SECURITY_GROUP_EGRESS, p -> revoke(p, true),
                Action.DESCRIBE_SECURITY_GROUP_RULES, PermissionActions::describe);
    }

    private static Call<List<PermissionItem>> authorize(QueryRequest p, boolean egress) {
        AuthorizeSecurityGroup request = new AuthorizeSecurityGroup(
                egress, p.required("GroupId"), permissions(p), SharedParameters.tags(p, "security-group-rule"));
        return new Call<>(
                request,
                (xml, made) -> xml.text("return", true).items("securityGroupRuleSet", made, PermissionXml::write));
    }

    private static Call<List<PermissionItem>> revoke(QueryRequest p, boolean egress) {
        List<String> ids = p.texts("SecurityGroupRuleId");
        List<GivenPermission> permissions = permissions(p);
        if (!ids.isEmpty() && !permissions.isEmpty()) {
            throw twoForms("SecurityGroupRuleIds and IpPermissions");
        }
        RevokeSecurityGroup request = new RevokeSecurityGroup(egress, p.required("GroupId"), permissions, ids);
        return new Call<>(
                request,
                (xml, gone) -> xml.text("return", true)
                        .items("revokedSecurityGroupRuleSet", gone, PermissionXml::writeRevoked));
    }

    private static Call<Listing<PermissionItem>> describe(QueryRequest p) {
        DescribeSecurityGroupRules request = new DescribeSecurityGroupRules(
                p.texts("SecurityGroupRuleId"), SharedParameters.filters(p), SharedParameters.page(p));
        return WireAction.listing(request, "securityGroupRuleSet", PermissionXml::write);
    }

    /** {@code IpPermissions.N}, or the single rule in the call itself, as older clients send it. */
    private static List<GivenPermission> permissions(QueryRequest p) {
        List<GivenPermission> permissions = new ArrayList<>();
        p.structures("IpPermissions").forEach(each -> permissions.addAll(ofStructure(each)));
        String block = p.text("CidrIp");
        if (block != null) {
            if (!permissions.isEmpty()) {
                throw twoForms("CidrIp and IpPermissions");
            }
            permissions.add(new GivenPermission(
                    p.required("IpProtocol"), p.integer("FromPort"), p.integer("ToPort"), PeerKind.IPV4, block, ""));
        }
        return permissions;
    }

    private static List<GivenPermission> ofStructure(QueryRequest p) {
        List<GivenPermission> permissions = new ArrayList<>();
        p.structures("IpRanges").forEach(range -> permissions.add(given(p, range, PeerKind.IPV4, "CidrIp")));
        p.structures("Ipv6Ranges").forEach(range -> permissions.add(given(p, range, PeerKind.IPV6, "CidrIpv6")));
        for (QueryRequest group : p.structures("Groups")) {
            // The fake has one account; a VPC is that of the group.
            group.ignore("UserId");
            group.ignore("VpcId");
            permissions.add(given(p, group, PeerKind.GROUP, "GroupId"));
        }
        if (permissions.isEmpty()) {
            p.required("IpProtocol");
            p.ignore("FromPort");
            p.ignore("ToPort");
        }
        return permissions;
    }

    private static GivenPermission given(QueryRequest p, QueryRequest peer, PeerKind kind, String name) {
        return new GivenPermission(
                p.required("IpProtocol"),
                p.integer("FromPort"),
                p.integer("ToPort"),
                kind,
                peer.required(name),
                peer.text("Description", ""));
    }

    private static Ec2Error twoForms(String which) {
        return PermissionRule.PERMISSION_TWO_FORMS.error(which + " cannot be specified in one request.");
    }
}
