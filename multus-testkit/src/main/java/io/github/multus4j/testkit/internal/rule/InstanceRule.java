package io.github.multus4j.testkit.internal.rule;

/** Rules for instances and for EC2's offers for them. */
public enum InstanceRule implements ConformanceRule {
    INSTANCE_ID_MALFORMED(Row.refusal(
            "InvalidInstanceID.Malformed",
            "An instance id is i- and hexadecimal digits.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    INSTANCE_UNKNOWN(Row.refusal(
            "InvalidInstanceID.NotFound",
            "The instance must exist, and be visible already.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    STATUS_RUNNING_ONLY(Row.effect(
            "DescribeInstanceStatus shows running instances only, unless IncludeAllInstances is set.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html")),
    RUN_TYPE_UNKNOWN(Row.refusal(
            "InvalidParameterValue",
            "The instance type must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html")),
    RUN_IMAGE_MALFORMED(Row.refusal(
            "InvalidAMIID.Malformed",
            "An AMI's id is ami- and hexadecimal digits.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    IMAGE_SHOWN(Row.effect(
            "DescribeImages shows the image of an instance, and knows every image that an instance can be launched from.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html")),
    INSTANCE_IDS_MISSING(Row.refusal(
            "InvalidParameterCombination",
            "A call that terminates, stops or starts instances names them.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    RUN_TAGS_WITHOUT_INTERFACE(Row.refusal(
            "InvalidParameterValue",
            "Tags for network interfaces need a launch that makes one.",
            "https://github.com/kubernetes-sigs/cluster-api-provider-aws/issues/5594")),
    RUN_ADDRESS_FOR_MANY(Row.refusal(
                    "InvalidParameterCombination",
                    "An address by value is for a launch of one instance.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html")
            .withCodeDecided()),
    RUN_INTERFACE_TWICE(Row.refusal(
                    "InvalidParameterCombination",
                    "An interface of a launch exists already or is described.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html")
            .withCodeDecided()),
    RUN_COUNT_INVALID(Row.refusal(
            "InvalidParameterValue",
            "Counts are at least 1, and the minimum is not above the maximum.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html")),
    RUN_WITHOUT_SUBNET(Row.refusal(
            "VPCIdNotSpecified",
            "Without a default VPC a launch names a subnet.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    RUN_SUBNET_TWICE(Row.refusal(
            "InvalidParameterCombination",
            "Subnet and security groups are given to the call or to its interfaces, not to both.",
            "https://github.com/aws/aws-cli/issues/518")),
    RUN_WITHOUT_PRIMARY(Row.refusal(
            "InvalidParameterValue",
            "One of the interfaces of a launch is at device index 0 of network card 0.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html")),
    RUN_INTERFACES_OF_ZONES(Row.refusal(
            "InvalidParameterCombination",
            "All interfaces of a launch are in one Availability Zone.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html")),
    RUN_INTERFACE_FOR_MANY(Row.refusal(
            "InvalidParameterCombination",
            "An existing interface is launched with one instance.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html")),
    RUN_OTHER_ZONE(Row.refusal(
            "InvalidParameterValue",
            "A launch's zone is its subnet's.",
            "https://github.com/InQuicker/kaws/issues/11")),
    TERMINATE_INTERFACES(Row.effect(
            "Interfaces with DeleteOnTermination go with the instance, others become available.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html")),
    STOP_NOT_RUNNING(Row.refusal(
            "IncorrectInstanceState",
            "A running instance is stopped.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html")),
    START_NOT_STOPPED(Row.refusal(
            "IncorrectInstanceState",
            "A stopped instance is started.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartInstances.html")),
    TYPE_UNKNOWN(Row.refusal(
            "InvalidInstanceType",
            "Instance types that are described by name must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html")),
    TYPES_OVER_LIMIT(Row.refusal(
            "InvalidParameterValue",
            "At most 100 instance types are described by name.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html"));

    // A record of values; only an annotation of Error Prone would tell.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Row row;

    InstanceRule(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
