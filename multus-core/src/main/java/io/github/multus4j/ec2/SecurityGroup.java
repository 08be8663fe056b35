package io.github.multus4j.ec2;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A security group.
 *
 * @param id {@code sg-…}
 * @param vpcId its VPC
 * @param name its name, unique in the VPC
 * @param associatedVpcIds the other VPCs in which it can be used; null if that is not known. EC2
 *     tells it in a listing of its own, see {@link Ec2Network#describeSecurityGroupVpcAssociations}
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html">DescribeSecurityGroups</a>
 */
public record SecurityGroup(
        String id, String vpcId, String name, @Nullable Set<String> associatedVpcIds) {

    public SecurityGroup {
        associatedVpcIds = associatedVpcIds == null ? null : Set.copyOf(associatedVpcIds);
    }

    /** A group with unknown VPC associations. */
    public SecurityGroup(String id, String vpcId, String name) {
        this(id, vpcId, name, null);
    }

    /** The same group with these associated VPCs. */
    public SecurityGroup associatedWith(Set<String> vpcIds) {
        return new SecurityGroup(id, vpcId, name, vpcIds);
    }

    /**
     * The association of a security group with another VPC than its own.
     *
     * @param groupId the group, {@code sg-…}
     * @param vpcId the other VPC
     * @param state {@code associated} if it can be used there now; {@code associating},
     *     {@code association-failed}, {@code disassociating}, …
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupVpcAssociation.html">VpcAssociation</a>
     */
    public record VpcAssociation(String groupId, String vpcId, String state) {

        /** Whether interfaces in that VPC can have the group now. */
        public boolean isAssociated() {
            return state.equals("associated");
        }
    }
}
