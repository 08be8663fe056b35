package io.github.multus4j.testkit.internal.rule;

/** Rules for the addresses of interfaces. */
public enum AddressRule implements ConformanceRule {
    ADDRESS_IN_USE(Row.refusal(
            "InvalidIPAddress.InUse",
            "An address that is asked for must be free, also of prefixes and managed interfaces.",
            "https://github.com/pulumi/pulumi-aws/issues/2169")),
    ADDRESS_RESERVED(Row.refusal(
            "InvalidParameterValue",
            "The first four addresses of a block and the last are EC2's, in both families.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html")),
    ADDRESS_MALFORMED(Row.refusal(
            "InvalidParameterValue",
            "An address must be well formed and of the right family.",
            "https://github.com/hashicorp/terraform-provider-aws/issues/23114")),
    ADDRESS_OUTSIDE_SUBNET(Row.refusal(
            "InvalidParameterValue",
            "An address lies in the subnet's block.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    ADDRESS_IN_RESERVATION(Row.effect(
            "An address in a CIDR reservation may be asked for; EC2 does not choose one there.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html")),
    ADDRESS_CHOICE(Row.effect(
            "EC2 chooses a free address: not reserved, not in use, not in a prefix, not in a CIDR reservation.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html")),
    SUBNET_FULL(Row.refusal(
            "InsufficientFreeAddressesInSubnet",
            "Choosing an address needs a free one.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    PREFIXES_EXHAUSTED(Row.refusal(
            "InsufficientCidrBlocks",
            "Choosing a prefix needs a free /28, in IPv6 /80.",
            "https://github.com/aws/amazon-vpc-cni-k8s/issues/1836")),
    PREFIX_MALFORMED(Row.refusal(
            "InvalidParameterValue",
            "A prefix is a /28 of the subnet, in IPv6 a /80.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html")),
    PREFIX_IN_USE(Row.refusal(
                    "InvalidIPAddress.InUse",
                    "A prefix that is asked for overlaps no address in use.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html")
            .withCodeDecided()),
    PREFIX_CHOICE(Row.effect(
            "EC2 chooses a prefix in a prefix reservation if there is room, and never in an explicit one.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html")),
    ADDRESSES_BY_VALUE_AND_COUNT(Row.refusal(
            "InvalidParameterCombination",
            "Addresses are given by value or by count, not both.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html")),
    ADDRESSES_IN_TWO_FORMS(Row.refusal(
            "InvalidParameterCombination",
            "A new interface gets, for each family, addresses by value, or a count of them, or prefixes, or a count of those.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html")),
    ADDRESS_COUNT_NEGATIVE(Row.refusal(
                    "InvalidParameterValue",
                    "A count of addresses or prefixes is not negative.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html")
            .withCodeDecided()),
    ADDRESSES_OVER_LIMIT(Row.refusal(
            "PrivateIpAddressLimitExceeded",
            "An attached interface has at most as many addresses and prefixes of each family as its instance type allows, the primary address included; a detached one 50.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    ADDRESS_IPV4_WITHOUT_BLOCK(Row.refusal(
            "InvalidParameterValue",
            "An interface in an IPv6-only subnet has no IPv4 address.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html")),
    ADDRESS_IPV6_WITHOUT_BLOCK(Row.refusal(
            "InvalidParameterValue",
            "An IPv6 address needs a subnet with an IPv6 block.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html")),
    REASSIGN_NOT_ALLOWED(
            Row.refusal(
                    "InvalidParameterValue",
                    "A secondary address moves between interfaces only with AllowReassignment.",
                    "https://github.com/ansible/ansible/blob/08725000c755bdfe2147f929f58f771ef6670eaa/lib/ansible/modules/cloud/amazon/ec2_eni.py")),
    REASSIGN_PRIMARY(Row.refusal(
            "InvalidParameterValue",
            "A primary address is never taken over.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html")),
    REASSIGN_MOVES(Row.effect(
            "With AllowReassignment, a secondary address of any interface in the subnet moves in one step.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html")),
    REMAP_IN_METADATA(Row.effect(
            "A moved address is in the metadata of the new node later than in DescribeNetworkInterfaces.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html")),
    ASSIGN_ADDRESS_UNUSABLE(Row.refusal(
            "InvalidParameterValue",
            "An IPv4 address to assign is well formed, in the subnet, and not EC2's own.",
            "https://github.com/aws/aws-sdk-go/issues/2864")),
    ASSIGN_IPV6_IN_USE(Row.refusal(
                    "InvalidIPAddress.InUse",
                    "An IPv6 address is not reassigned: its holder must unassign it first.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html")
            .withCodeDecided()),
    UNASSIGN_NOT_ASSIGNED(Row.refusal(
            "InvalidParameterValue",
            "Only addresses and prefixes of the interface are unassigned.",
            "https://github.com/Netflix/titus-executor/blob/master/vpc/service/gc_v3.go")),
    UNASSIGN_PRIMARY(Row.refusal(
            "InvalidParameterValue",
            "The primary address stays.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignPrivateIpAddresses.html")),
    ASSIGN_NOTHING(Row.refusal(
            "MissingParameter",
            "An assignment names addresses, prefixes or a count.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html")),
    IPV6_ON_CREATION(Row.effect(
            "A subnet may say that each new interface gets an IPv6 address; a count of 0 overrides that.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html"));

    // A record of values; only an annotation of Error Prone would tell.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Row row;

    AddressRule(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
