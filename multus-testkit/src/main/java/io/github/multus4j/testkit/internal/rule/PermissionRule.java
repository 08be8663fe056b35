package io.github.multus4j.testkit.internal.rule;

/** Rules for the rules of security groups; EC2's error codes call them permissions. */
public enum PermissionRule implements ConformanceRule {
    PERMISSION_DUPLICATE(Row.refusal(
            "InvalidPermission.Duplicate",
            "A security group has each rule once; a description makes no difference.",
            "https://github.com/hashicorp/terraform/issues/1874")),
    PERMISSION_REPEATED(Row.refusal(
            "InvalidParameterValue",
            "A call names each rule once.",
            "https://github.com/hashicorp/terraform-provider-aws/issues/29492")),
    PERMISSION_UNKNOWN(Row.refusal(
            "InvalidPermission.NotFound",
            "A rule that is revoked must exist with exactly these values; otherwise no rule of the call is revoked.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html")),
    PERMISSION_PROTOCOL_UNKNOWN(Row.refusal(
                    "InvalidParameterValue",
                    "A protocol is tcp, udp, icmp, icmpv6, a number from 0 to 255, or -1 for all.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html")
            .withCodeDecided()),
    PERMISSION_PORTS_MISSING(Row.refusal(
            "InvalidParameterValue",
            "A rule for TCP, UDP or ICMP has both ports, or type and code.",
            "https://github.com/chef-boneyard/chef-provisioning-aws/issues/183")),
    PERMISSION_PORT_INVALID(Row.refusal(
            "InvalidPermission.Malformed",
            "Ports are 0 to 65535, and the first is not above the last; ICMP types and codes are -1 to 255.",
            "https://github.com/boto/boto3/issues/336")),
    PERMISSION_CIDR_MALFORMED(Row.refusal(
            "InvalidParameterValue",
            "A rule's address range is a block of the family of its parameter.",
            "https://github.com/aws/aws-cli/issues/2428")),
    PERMISSION_CIDR_CANONICAL(Row.effect(
            "A rule's address range is made canonical: 100.68.0.18/18 is 100.68.0.0/18, also where rules are compared.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html")),
    PERMISSION_WITHOUT_SOURCE(Row.refusal(
            "MissingParameter",
            "A rule names an address range or a security group.",
            "https://github.com/aws/aws-sdk-js/issues/417")),
    PERMISSION_DESCRIPTION_INVALID(Row.refusal(
            "InvalidParameterValue",
            "A rule's description has at most 255 characters of a-z, A-Z, 0-9, space and ._-:/()#,@[]+=&;{}!$*.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html")),
    PERMISSION_GROUP_OF_OTHER_VPC(Row.refusal(
            "InvalidGroup.NotFound",
            "A security group that a rule names is of the same VPC.",
            "https://github.com/boto/boto3/issues/569")),
    PERMISSIONS_OVER_LIMIT(Row.refusal(
            "RulesPerSecurityGroupLimitExceeded",
            "A security group has at most 60 rules for each direction and address family; one that names a group counts for both families.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html")),
    PERMISSION_DEFAULTS(Row.effect(
            "A new security group allows all outbound traffic, IPv6 too if its VPC has an IPv6 block; the default group also allows traffic from its own members.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html")),
    PERMISSION_ID_MALFORMED(Row.refusal(
                    "InvalidSecurityGroupRuleId.Malformed",
                    "The id of a security group rule is sgr- and hexadecimal digits.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html")
            .withCodeDecided()),
    PERMISSION_ID_UNKNOWN(
            Row.refusal(
                    "InvalidSecurityGroupRuleId.NotFound",
                    "A security group rule that is named by id is one of the group's, for that direction.",
                    "https://github.com/hashicorp/terraform-provider-aws/blob/00081ce41cc691433ac19bf42227cdabffd0454d/internal/service/ec2/errors.go")),
    PERMISSION_TWO_FORMS(Row.refusal(
                    "InvalidParameterCombination",
                    "The rules of a call are given by id or by value, and those by value in one form.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html")
            .withCodeDecided());

    // A record of values; only an annotation of Error Prone would tell.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Row row;

    PermissionRule(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
