package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Permission.PeerKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about the rules of security groups. */
public final class PermissionRequests {

    private PermissionRequests() {}

    /** A rule as a call gives it: one peer of one IpPermission. */
    public record GivenPermission(
            String protocol,
            @Nullable Integer fromPort,
            @Nullable Integer toPort,
            PeerKind kind,
            String peer,
            String description) {}

    /** For one direction: ingress and egress have an action each. */
    public record AuthorizeSecurityGroup(
            boolean egress, String groupId, List<GivenPermission> ipPermissions, Map<String, String> tags)
            implements Ec2Request<List<PermissionItem>> {

        @Override
        public Action action() {
            return egress ? Action.AUTHORIZE_SECURITY_GROUP_EGRESS : Action.AUTHORIZE_SECURITY_GROUP_INGRESS;
        }
    }

    /** For one direction; answered with the revoked rules. */
    public record RevokeSecurityGroup(
            boolean egress, String groupId, List<GivenPermission> ipPermissions, List<String> securityGroupRuleIds)
            implements Ec2Request<List<PermissionItem>> {

        @Override
        public Action action() {
            return egress ? Action.REVOKE_SECURITY_GROUP_EGRESS : Action.REVOKE_SECURITY_GROUP_INGRESS;
        }
    }

    public record DescribeSecurityGroupRules(List<String> securityGroupRuleIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<PermissionItem>> {}
}
