package io.github.multus4j.ec2;

/**
 * A security group.
 *
 * @param id {@code sg-…}
 * @param vpcId its VPC
 * @param name its name, unique in the VPC
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html">DescribeSecurityGroups</a>
 */
public record SecurityGroup(String id, String vpcId, String name) {}
