package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.util.List;

/** The calls about the VPCs that a security group is associated with beside its own. */
public final class GroupAssociationRequests {

    private GroupAssociationRequests() {}

    /** Answered with the state of the association. */
    public record AssociateSecurityGroupVpc(String groupId, String vpcId) implements Ec2Request<String> {}

    /** Answered with the state of the association. */
    public record DisassociateSecurityGroupVpc(String groupId, String vpcId) implements Ec2Request<String> {}

    public record DescribeSecurityGroupVpcAssociations(List<Filter> filters, Page page)
            implements Ec2Request<Listing<GroupAssociation>> {}
}
