package io.github.multus4j.testkit.internal.call;

/**
 * A VPC in which a security group of another VPC may be used.
 *
 * @param order its place in listings
 * @param groupId the security group
 * @param vpcId the VPC, not the group's own
 */
public record GroupAssociation(long order, String groupId, String vpcId) {

    public boolean is(String group, String vpc) {
        return groupId.equals(group) && vpcId.equals(vpc);
    }
}
