package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Filter;
import java.util.List;

/** The calls about the VPCs that a security group is associated with beside its own. */
final class GroupAssociationRequests {

    private GroupAssociationRequests() {}

    /** Answered with the state of the association. */
    record AssociateSecurityGroupVpc(String groupId, String vpcId) implements Ec2Request<String> {

        @Override
        public Action action() {
            return Action.ASSOCIATE_SECURITY_GROUP_VPC;
        }

        @Override
        public String on(Ec2Engine ec2) {
            return ec2.groupAssociations().associate(this);
        }
    }

    /** Answered with the state of the association. */
    record DisassociateSecurityGroupVpc(String groupId, String vpcId) implements Ec2Request<String> {

        @Override
        public Action action() {
            return Action.DISASSOCIATE_SECURITY_GROUP_VPC;
        }

        @Override
        public String on(Ec2Engine ec2) {
            return ec2.groupAssociations().disassociate(this);
        }
    }

    record DescribeSecurityGroupVpcAssociations(List<Filter> filters, Page page)
            implements Ec2Request<Listing<GroupAssociation>> {

        @Override
        public Action action() {
            return Action.DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS;
        }

        @Override
        public Listing<GroupAssociation> on(Ec2Engine ec2) {
            return ec2.groupAssociations().describe(this);
        }
    }
}
