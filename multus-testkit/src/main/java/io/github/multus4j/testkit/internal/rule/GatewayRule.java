package io.github.multus4j.testkit.internal.rule;

/** Rules for internet gateways. */
public enum GatewayRule implements ConformanceRule {
    GATEWAY_ID_MALFORMED(Row.refusal(
                    "InvalidInternetGatewayId.Malformed",
                    "An internet gateway id is igw- and hexadecimal digits.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html")
            .withCodeDecided()),
    GATEWAY_UNKNOWN(Row.refusal(
            "InvalidInternetGatewayID.NotFound",
            "The internet gateway must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    GATEWAY_ALREADY_ATTACHED(Row.refusal(
            "Resource.AlreadyAssociated",
            "An internet gateway is attached to one VPC.",
            "https://github.com/berlioz-the/berlioz/issues/1")),
    GATEWAY_SECOND_OF_VPC(Row.refusal(
            "InvalidParameterValue",
            "A VPC has one internet gateway.",
            "https://github.com/binlab/terraform-aws-vault-ha-raft/issues/54")),
    GATEWAY_NOT_ATTACHED(Row.refusal(
            "Gateway.NotAttached",
            "An internet gateway is detached from the VPC that it is attached to.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    GATEWAY_IN_USE(Row.refusal(
            "DependencyViolation",
            "An attached internet gateway is not deleted.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInternetGateway.html"));

    // A record of values; only an annotation of Error Prone would tell.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Row row;

    GatewayRule(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
