package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.GroupAssociation;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.AssociateSecurityGroupVpc;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.DescribeSecurityGroupVpcAssociations;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.DisassociateSecurityGroupVpc;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.rule.VpcRule;
import io.github.multus4j.testkit.internal.state.StoredGroup;
import io.github.multus4j.testkit.internal.state.StoredVpc;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;

/**
 * The rules for associating security groups with other VPCs. EC2 does it in the background; here an
 * association is made, or gone, at once.
 */
public final class GroupAssociations {

    private static final Filters<GroupAssociation> FILTERS = Filters.<GroupAssociation>untagged(
                    Action.DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS)
            .one("group-id", GroupAssociation::groupId)
            .one("group-owner-id", a -> World.ACCOUNT)
            .one("vpc-id", GroupAssociation::vpcId)
            .one("vpc-owner-id", a -> World.ACCOUNT)
            .one("state", a -> "associated");

    private final World world;
    private final Pager pager;

    public GroupAssociations(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    public String associate(AssociateSecurityGroupVpc request) {
        StoredGroup group = world.groups.require(request.groupId());
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        if (group.name.equals("default")) {
            throw VpcRule.GROUP_DEFAULT_NOT_ASSOCIATED.error(
                    "The default security group '" + group.id + "' cannot be associated with another VPC.");
        }
        if (group.vpcId.equals(vpc.id) || world.isAssociated(group.id, vpc.id)) {
            throw VpcRule.GROUP_ASSOCIATION_EXISTS.error(
                    "The security group '" + group.id + "' is already associated with VPC '" + vpc.id + "'.");
        }
        world.groupAssociations.add(new GroupAssociation(world.nextPlace(), group.id, vpc.id));
        return "associating";
    }

    public String disassociate(DisassociateSecurityGroupVpc request) {
        StoredGroup group = world.groups.require(request.groupId());
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        if (!world.isAssociated(group.id, vpc.id)) {
            throw VpcRule.GROUP_ASSOCIATION_UNKNOWN.error(
                    "The security group '" + group.id + "' is not associated with VPC '" + vpc.id + "'.");
        }
        boolean used = world.interfaces.all().stream()
                .anyMatch(i -> i.subnet.vpcId.equals(vpc.id) && i.groupIds.contains(group.id));
        if (used) {
            throw VpcRule.GROUP_ASSOCIATION_IN_USE.error("The security group '" + group.id
                    + "' is used by a network interface in VPC '" + vpc.id + "' and cannot be disassociated.");
        }
        world.groupAssociations.removeIf(a -> a.is(group.id, vpc.id));
        return "disassociating";
    }

    public Listing<GroupAssociation> describe(DescribeSecurityGroupVpcAssociations request) {
        pager.check(request.page(), false, "");
        List<GroupAssociation> matching = FILTERS.apply(request.filters(), world.groupAssociations.stream())
                .toList();
        return pager.cut(
                request.action(), request.filters(), matching, GroupAssociation::order, request.page(), a -> a);
    }
}
