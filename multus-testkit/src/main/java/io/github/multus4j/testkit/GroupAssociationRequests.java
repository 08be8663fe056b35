package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Filter;
import java.util.List;

/** The calls about the VPCs that a security group is associated with beside its own. */
final class GroupAssociationRequests {

    private GroupAssociationRequests() {}

    /** Answered with the state of the association. */
    record AssociateSecurityGroupVpc(String groupId, String vpcId) implements Ec2Request<String> {}

    /** Answered with the state of the association. */
    record DisassociateSecurityGroupVpc(String groupId, String vpcId) implements Ec2Request<String> {}

    record DescribeSecurityGroupVpcAssociations(List<Filter> filters, Page page)
            implements Ec2Request<Listing<GroupAssociation>> {}
}
