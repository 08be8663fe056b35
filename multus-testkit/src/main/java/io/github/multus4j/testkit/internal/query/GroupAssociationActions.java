package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.GroupAssociation;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.AssociateSecurityGroupVpc;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.DescribeSecurityGroupVpcAssociations;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.DisassociateSecurityGroupVpc;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import io.github.multus4j.testkit.internal.state.World;
import java.util.Map;

/** The actions on the VPCs that a security group is associated with. */
final class GroupAssociationActions {

    private GroupAssociationActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.ASSOCIATE_SECURITY_GROUP_VPC,
                p -> state(new AssociateSecurityGroupVpc(p.required("GroupId"), p.required("VpcId"))),
                Action.DISASSOCIATE_SECURITY_GROUP_VPC,
                p -> state(new DisassociateSecurityGroupVpc(p.required("GroupId"), p.required("VpcId"))),
                Action.DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS,
                GroupAssociationActions::describe);
    }

    private static Call<String> state(Ec2Request<String> request) {
        return new Call<>(request, (xml, state) -> xml.text("state", state));
    }

    private static Call<Listing<GroupAssociation>> describe(QueryRequest p) {
        DescribeSecurityGroupVpcAssociations request =
                new DescribeSecurityGroupVpcAssociations(SharedParameters.filters(p), SharedParameters.page(p));
        return WireAction.listing(
                request,
                "securityGroupVpcAssociationSet",
                (item, association) -> item.text("groupId", association.groupId())
                        .text("groupOwnerId", World.ACCOUNT)
                        .text("vpcId", association.vpcId())
                        .text("vpcOwnerId", World.ACCOUNT)
                        .text("state", "associated"));
    }
}
