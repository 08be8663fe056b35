package io.github.multus4j.ec2;

/**
 * The association of a security group with another VPC than its own.
 *
 * @param groupId the group, {@code sg-…}
 * @param vpcId the other VPC
 * @param state {@code associated} if it can be used there now; {@code associating},
 *     {@code association-failed}, {@code disassociating}, …
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupVpcAssociation.html">SecurityGroupVpcAssociation</a>
 */
public record SecurityGroupVpcAssociation(String groupId, String vpcId, String state) {

    /** Whether interfaces in that VPC can have the group now. */
    public boolean isAssociated() {
        return state.equals("associated");
    }
}
