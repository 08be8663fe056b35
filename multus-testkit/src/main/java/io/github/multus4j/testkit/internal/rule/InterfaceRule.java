package io.github.multus4j.testkit.internal.rule;

/** Rules for network interfaces and their attachments. */
public enum InterfaceRule implements ConformanceRule {
    INTERFACE_ID_MALFORMED(Row.refusal(
            "InvalidNetworkInterfaceID.Malformed",
            "A network interface id is eni- and hexadecimal digits.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    INTERFACE_UNKNOWN(Row.refusal(
            "InvalidNetworkInterfaceID.NotFound",
            "The network interface must exist, and be visible already.",
            "https://github.com/hashicorp/terraform-provider-aws/issues/35568")),
    INTERFACES_OVER_LIMIT(Row.refusal(
            "NetworkInterfaceLimitExceeded",
            "The account has a limit of network interfaces per Region.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html")),
    INTERFACE_DESCRIPTION_TOO_LONG(Row.refusal(
            "InvalidParameterValue",
            "A description has at most 255 characters.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html")),
    INTERFACE_TYPE_UNKNOWN(Row.refusal(
            "InvalidParameterValue",
            "An interface is of type interface, efa, efa-only or trunk.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html")),
    EFA_ONLY_ADDRESSES(Row.refusal(
                    "InvalidParameterCombination",
                    "An EFA-only interface has no addresses.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html")
            .withCodeDecided()),
    INTERFACE_MAC(Row.effect(
            "A MAC address is six pairs of hexadecimal digits, unicast, unique.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html")),
    INTERFACE_MANAGED(Row.refusal(
            "OperationNotPermitted",
            "An interface that an AWS service manages is changed by that service only.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    INTERFACE_MANAGED_HIDDEN(Row.effect(
            "Managed interfaces are listed with IncludeManagedResources only.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html")),
    ATTACHMENT_ID_MALFORMED(Row.refusal(
            "InvalidNetworkInterfaceAttachmentId.Malformed",
            "An attachment id is eni-attach- and hexadecimal digits.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    ATTACHMENT_UNKNOWN(Row.refusal(
            "InvalidAttachmentID.NotFound",
            "The attachment must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    ATTACH_INDEX_TAKEN(Row.refusal(
            "InvalidParameterValue",
            "A device index of a network card holds one interface.",
            "https://github.com/cilium/cilium/issues/42512")),
    ATTACH_INDEX_NEGATIVE(Row.refusal(
            "InvalidParameterValue",
            "A device index is not negative.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html")),
    ATTACH_ALREADY_ATTACHED(Row.refusal(
            "InvalidNetworkInterface.InUse",
            "An attached interface is not attached again.",
            "https://github.com/hashicorp/terraform/issues/27513")),
    ATTACH_OTHER_ZONE(Row.refusal(
            "InvalidParameterCombination",
            "Interface and instance are in one Availability Zone.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html")),
    ATTACH_OVER_TYPE_LIMIT(Row.refusal(
            "AttachmentLimitExceeded",
            "An instance has at most as many interfaces as its type allows.",
            "https://github.com/cilium/cilium/issues/15877")),
    ATTACH_OVER_CARD_LIMIT(Row.refusal(
            "AttachmentLimitExceeded",
            "A network card has at most as many interfaces as the type allows for it.",
            "https://github.com/cilium/cilium/issues/42512")),
    ATTACH_UNKNOWN_CARD(Row.refusal(
            "InvalidParameterValue",
            "The network card must be one of the instance type's.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html")),
    ATTACH_OVER_ADDRESS_LIMIT(Row.refusal(
            "PrivateIpAddressLimitExceeded",
            "An interface has at most as many addresses as the type that it is attached to allows.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    ATTACH_IPV6_UNSUPPORTED(Row.refusal(
            "InvalidParameterValue",
            "An interface with IPv6 addresses needs an instance type that supports IPv6.",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html")),
    ATTACH_INSTANCE_NOT_READY(Row.refusal(
            "IncorrectState",
            "An instance is running or stopped when an interface is attached.",
            "https://github.com/ansible-collections/amazon.aws/issues/497")),
    ATTACH_DELETES_NOT(Row.effect(
            "An interface attached by AttachNetworkInterface outlives its instance unless DeleteOnTermination is set.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html")),
    DETACH_PRIMARY(Row.refusal(
            "OperationNotPermitted",
            "The primary interface is not detached.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachNetworkInterface.html")),
    DETACH_CHANGING(Row.refusal(
            "IncorrectState",
            "An attachment that is attaching or detaching is not detached.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachNetworkInterface.html")),
    DELETE_IN_USE(Row.refusal(
            "InvalidParameterValue",
            "An attached interface is not deleted.",
            "https://github.com/aws/amazon-vpc-cni-k8s/issues/1399")),
    MODIFY_MANY_ATTRIBUTES(Row.refusal(
            "InvalidParameterCombination",
            "ModifyNetworkInterfaceAttribute changes exactly one attribute.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html")),
    MODIFY_ATTACHMENT_ID_MISSING(Row.refusal(
            "MissingParameter",
            "DeleteOnTermination needs the attachment's id.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html")),
    MODIFY_ATTACHMENT_OF_OTHER(Row.refusal(
            "InvalidAttachmentID.NotFound",
            "The attachment is the interface's own.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html")),
    MODIFY_NO_GROUPS(Row.refusal(
            "InvalidParameterValue",
            "An interface has a security group.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html"));

    // A record of values; only an annotation of Error Prone would tell.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Row row;

    InterfaceRule(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
