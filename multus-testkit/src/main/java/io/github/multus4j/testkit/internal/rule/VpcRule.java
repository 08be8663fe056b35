package io.github.multus4j.testkit.internal.rule;

/** Rules for VPCs, subnets, CIDR reservations and security groups. */
public enum VpcRule implements ConformanceRule {
    VPC_ID_MALFORMED(Row.refusal(
            "InvalidVpcID.Malformed",
            "A VPC id is vpc- and hexadecimal digits.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    VPC_UNKNOWN(Row.refusal(
            "InvalidVpcID.NotFound",
            "The VPC must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    VPC_CIDR_OUT_OF_RANGE(Row.refusal(
            "InvalidVpc.Range",
            "A VPC's IPv4 block is /16 to /28; a given IPv6 block is /44 to /60 in steps of 4.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html")),
    CIDR_MALFORMED(Row.refusal(
            "InvalidParameterValue",
            "A CIDR block must be well formed.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    CIDR_CANONICAL(Row.effect(
            "A VPC's and a subnet's IPv4 block is made canonical: 100.68.0.18/18 is 100.68.0.0/18.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html")),
    VPC_IPV6_POOL_MISSING(Row.refusal(
            "MissingParameter",
            "An IPv6 block by value is of an address pool that the call names.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html")),
    VPC_BLOCKS_MANY(Row.refusal(
                    "InvalidParameterCombination",
                    "An IPv6 block is Amazon's or given by value; AssociateVpcCidrBlock adds one block.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateVpcCidrBlock.html")
            .withCodeDecided()),
    VPC_TENANCY_UNKNOWN(Row.refusal(
            "InvalidParameterValue",
            "A VPC's tenancy is default or dedicated.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html")),
    VPC_DNS_HOSTNAMES(Row.refusal(
                    "InvalidParameterValue",
                    "DNS host names are enabled only while DNS support is.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html")
            .withCodeDecided()),
    VPC_CIDR_MISSING(Row.refusal(
            "MissingParameter",
            "A VPC needs a block.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html")),
    VPC_CIDR_CONFLICT(Row.refusal(
            "InvalidVpc.Range",
            "A VPC's blocks do not overlap.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html")),
    VPC_IN_USE(Row.refusal(
            "DependencyViolation",
            "A VPC with subnets, security groups, route tables or an internet gateway of its own is not deleted.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html")),
    VPC_ATTRIBUTES_MANY(Row.refusal(
                    "InvalidParameterCombination",
                    "ModifyVpcAttribute changes exactly one attribute.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html")
            .withCodeDecided()),
    ZONE_UNKNOWN(Row.refusal(
            "InvalidParameterValue",
            "The Availability Zone must be one of the Region's.",
            "https://github.com/crossplane-contrib/provider-aws/issues/1048")),
    SUBNET_ID_MALFORMED(Row.refusal(
            "InvalidSubnetID.Malformed",
            "A subnet id is subnet- and hexadecimal digits.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    SUBNET_UNKNOWN(Row.refusal(
            "InvalidSubnetID.NotFound",
            "The subnet must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    SUBNET_CIDR_MISSING(Row.refusal(
            "MissingParameter",
            "A subnet needs an IPv4 block, or is IPv6-only and needs an IPv6 block.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html")),
    SUBNET_IPV6_ONLY_WITH_IPV4(Row.refusal(
                    "InvalidParameterCombination",
                    "An IPv6-only subnet has no IPv4 block.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html")
            .withCodeDecided()),
    SUBNET_ZONE_TWICE(Row.refusal(
                    "InvalidParameterCombination",
                    "A subnet's zone is given by name or by id.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html")
            .withCodeDecided()),
    SUBNET_CIDR_OUT_OF_RANGE(Row.refusal(
            "InvalidSubnet.Range",
            "A subnet's block lies in its VPC and is /16 to /28, in IPv6 /44 to /64 in steps of 4.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html")),
    SUBNET_CIDR_CONFLICT(Row.refusal(
            "InvalidSubnet.Conflict",
            "Subnets do not overlap.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html")),
    SUBNET_IN_USE(Row.refusal(
            "DependencyViolation",
            "A subnet with interfaces is not deleted.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html")),
    SUBNET_ATTRIBUTES_MANY(Row.refusal(
            "InvalidParameterCombination",
            "ModifySubnetAttribute changes exactly one attribute.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html")),
    SUBNET_WITHOUT_IPV6(Row.refusal(
            "InvalidParameterValue",
            "IPv6 addresses need a subnet with an associated IPv6 block.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html")),
    CIDR_ASSOCIATION_UNKNOWN(Row.refusal(
            "InvalidSubnetCidrBlockAssociationID.NotFound",
            "The association must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSubnetCidrBlock.html")),
    CIDR_ASSOCIATION_IN_USE(Row.refusal(
            "DependencyViolation",
            "An IPv6 block of which addresses are in use stays associated.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSubnetCidrBlock.html")),
    RESERVATION_TYPE_UNKNOWN(Row.refusal(
            "InvalidParameterValue",
            "A reservation is explicit or prefix.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnetCidrReservation.html")),
    RESERVATION_OUTSIDE_SUBNET(Row.refusal(
            "InvalidParameterValue",
            "A reservation lies in its subnet.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html")),
    RESERVATION_OVERLAP(Row.refusal(
            "InvalidParameterValue",
            "Reservations of a subnet do not overlap.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html")),
    RESERVATION_ID_MALFORMED(Row.refusal(
            "InvalidSubnetCidrReservationId.Malformed",
            "A reservation id is scr- and hexadecimal digits.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnetCidrReservation.html")),
    RESERVATION_UNKNOWN(Row.refusal(
            "InvalidSubnetCidrReservationID.NotFound",
            "The reservation must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnetCidrReservation.html")),
    GROUP_ID_MALFORMED(Row.refusal(
            "InvalidGroupId.Malformed",
            "A security group id is sg- and hexadecimal digits.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    GROUP_UNKNOWN(Row.refusal(
            "InvalidGroup.NotFound",
            "The security group must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    GROUP_DUPLICATE(Row.refusal(
            "InvalidGroup.Duplicate",
            "A security group's name is unique in its VPC, whatever its case.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html")),
    GROUP_WITHOUT_VPC(Row.refusal(
            "VPCIdNotSpecified",
            "A security group needs a VPC; the fake's account has no default VPC.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    GROUP_NAME_INVALID(Row.refusal(
            "InvalidParameterValue",
            "A security group's name has at most 255 characters of a-z, A-Z, 0-9, space and ._-:/()#,@[]+=&;{}!$*.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html")),
    GROUP_DESCRIPTION_INVALID(Row.refusal(
            "InvalidParameterValue",
            "A security group's description has at most 255 characters of the same set.",
            "https://github.com/hashicorp/terraform-provider-aws/pull/43854")),
    GROUP_NAME_RESERVED(Row.refusal(
            "InvalidParameterValue",
            "default and names that begin with sg- are reserved.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html")),
    GROUP_IN_USE(Row.refusal(
            "DependencyViolation",
            "A security group of an interface, or one that another group's rule names, or that is associated with another VPC, is not deleted.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html")),
    GROUP_DEFAULT_STAYS(Row.refusal(
            "CannotDelete",
            "The default security group is not deleted.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    GROUP_OF_OTHER_VPC(Row.refusal(
            "InvalidParameter",
            "An interface's security groups are of its VPC, or associated with it.",
            "https://github.com/aws/karpenter-provider-aws")),
    GROUP_DEFAULT_NOT_ASSOCIATED(Row.refusal(
                    "InvalidParameterValue",
                    "The default security group is not associated with another VPC.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html")
            .withCodeDecided()),
    GROUP_ASSOCIATION_EXISTS(Row.refusal(
                    "InvalidParameterValue",
                    "A security group is associated once with a VPC that is not its own.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html")
            .withCodeDecided()),
    GROUP_ASSOCIATION_UNKNOWN(Row.refusal(
                    "InvalidGroup.NotFound",
                    "An association that is taken away must exist.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSecurityGroupVpc.html")
            .withCodeDecided()),
    GROUP_ASSOCIATION_IN_USE(Row.refusal(
                    "DependencyViolation",
                    "A security group of an interface in the associated VPC stays associated.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSecurityGroupVpc.html")
            .withCodeDecided()),
    GROUPS_OVER_LIMIT(Row.refusal(
            "SecurityGroupsPerInterfaceLimitExceeded",
            "An interface has at most 5 security groups.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html"));

    // A record of values; only an annotation of Error Prone would tell.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Row row;

    VpcRule(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
