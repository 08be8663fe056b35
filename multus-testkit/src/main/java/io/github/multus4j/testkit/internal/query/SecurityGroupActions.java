package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.SecurityGroupItem;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.CreateSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DeleteSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DescribeSecurityGroups;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import io.github.multus4j.testkit.internal.state.World;
import java.util.Map;

/** The actions on security groups, but for those on their rules. */
final class SecurityGroupActions {

    private SecurityGroupActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.CREATE_SECURITY_GROUP, SecurityGroupActions::create,
                Action.DESCRIBE_SECURITY_GROUPS, SecurityGroupActions::describe,
                Action.DELETE_SECURITY_GROUP, SecurityGroupActions::delete);
    }

    private static Call<SecurityGroupItem> create(QueryRequest p) {
        CreateSecurityGroup request = new CreateSecurityGroup(
                p.required("GroupName"),
                p.required("GroupDescription"),
                p.text("VpcId"),
                SharedParameters.tags(p, "security-group"));
        return new Call<>(request, (xml, item) -> {
            xml.text("groupId", item.group().id());
            SharedParameters.tagSet(xml, item.tags());
        });
    }

    private static Call<Listing<SecurityGroupItem>> describe(QueryRequest p) {
        DescribeSecurityGroups request =
                new DescribeSecurityGroups(p.texts("GroupId"), SharedParameters.filters(p), SharedParameters.page(p));
        return WireAction.listing(request, "securityGroupInfo", SecurityGroupActions::write);
    }

    private static Call<Boolean> delete(QueryRequest p) {
        String groupId = p.required("GroupId");
        return new Call<>(
                new DeleteSecurityGroup(groupId),
                (xml, done) -> xml.text("return", done).text("groupId", groupId));
    }

    private static void write(Xml xml, SecurityGroupItem item) {
        xml.text("groupId", item.group().id()).text("groupName", item.group().name());
        xml.text("groupDescription", item.description())
                .text("vpcId", item.group().vpcId());
        xml.text("ownerId", World.ACCOUNT);
        PermissionXml.writeTogether(xml, "ipPermissions", item.rules(), false);
        PermissionXml.writeTogether(xml, "ipPermissionsEgress", item.rules(), true);
        SharedParameters.tagSet(xml, item.tags());
    }
}
