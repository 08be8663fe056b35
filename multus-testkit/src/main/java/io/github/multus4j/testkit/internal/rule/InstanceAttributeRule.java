package io.github.multus4j.testkit.internal.rule;

/** Rules for attributes of instances. */
public enum InstanceAttributeRule implements ConformanceRule {
    ATTRIBUTE_MANY(Row.refusal(
                    "InvalidParameterCombination",
                    "A call changes exactly one attribute of an instance.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html")
            .withCodeDecided()),
    ATTRIBUTE_OF_INTERFACES(Row.refusal(
            "InvalidInstanceID",
            "Security groups and the source/destination check are changed by instance only while it has one interface.",
            "https://github.com/hashicorp/terraform/pull/14299")),
    ATTRIBUTE_TERMINATED(Row.refusal(
            "IncorrectInstanceState",
            "No attribute is changed on an instance that is shutting down or terminated.",
            "https://github.com/cloud-custodian/cloud-custodian/pull/7598")),
    ATTRIBUTE_NEEDS_STOP(Row.refusal(
            "IncorrectInstanceState",
            "Instance type, user data and EBS optimization are changed while the instance is stopped.",
            "https://github.com/kubernetes-sigs/cluster-api-provider-aws/issues/1387")),
    ATTRIBUTE_TYPE_INVALID(Row.refusal(
            "InvalidInstanceAttributeValue",
            "The new instance type must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html")),
    ATTRIBUTE_SHUTDOWN_INVALID(Row.refusal(
                    "InvalidParameterValue",
                    "A shutdown from inside stops or terminates.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html")
            .withCodeDecided()),
    ATTRIBUTE_READ_BACK(Row.effect(
            "DescribeInstanceAttribute shows what the launch or the last change said.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html")),
    USER_DATA_MALFORMED(Row.refusal(
            "InvalidUserData.Malformed",
            "User data is in base64.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    USER_DATA_TOO_LONG(Row.refusal(
                    "InvalidParameterValue",
                    "User data has at most 16 KB before the encoding.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html")
            .withCodeDecided()),
    TERMINATE_PROTECTED(Row.refusal(
            "OperationNotPermitted",
            "An instance with termination or stop protection is not terminated, nor are the others of the call in its zone.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html")),
    STOP_PROTECTED(Row.refusal(
            "OperationNotPermitted",
            "An instance with stop protection is not stopped.",
            "https://github.com/cloud-custodian/cloud-custodian/pull/10594"));

    // A record of values; only an annotation of Error Prone would tell.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Row row;

    InstanceAttributeRule(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
