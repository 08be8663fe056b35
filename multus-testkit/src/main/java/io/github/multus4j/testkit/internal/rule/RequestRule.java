package io.github.multus4j.testkit.internal.rule;

/** Rules for every call: filters, paging, tags, client tokens. */
public enum RequestRule implements ConformanceRule {
    FILTER_UNKNOWN(Row.refusal(
            "InvalidParameterValue",
            "A filter must be one that the call knows.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    FILTER_WITHOUT_NAME(Row.refusal(
                    "InvalidParameterValue",
                    "A filter has a name.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html")
            .withCodeDecided()),
    FILTER_VALUES_OVER_LIMIT(Row.refusal(
            "FilterLimitExceeded",
            "A call has at most 200 filter values.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    FILTER_WILDCARDS(Row.effect(
            "* and ? in filter values are wildcards, a backslash takes a character as it is; values are case-sensitive.",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html")),
    PAGE_SIZE_OUT_OF_RANGE(Row.refusal(
            "InvalidParameterValue",
            "MaxResults is 5 to 1000, for instance types and route tables 5 to 100.",
            "https://github.com/aws/aws-sdk-ruby/issues/2575")),
    PAGE_WITH_IDS(Row.refusal(
            "InvalidParameterCombination",
            "MaxResults cannot go together with ids.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html")),
    PAGE_TOKEN_UNKNOWN(Row.refusal(
            "InvalidNextToken",
            "NextToken must be one that the same listing gave.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    LISTING_TOO_LARGE(Row.refusal(
            "OperationNotPermitted",
            "A large listing of network interfaces fails unless it is paged or filtered.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html")),
    TAGS_OVER_LIMIT(Row.refusal(
            "TagLimitExceeded",
            "A resource has at most 50 tags.",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html")),
    TAG_KEY_TOO_LONG(Row.refusal(
            "InvalidParameterValue",
            "A tag's key has 1 to 128 characters.",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html")),
    TAG_VALUE_TOO_LONG(Row.refusal(
            "InvalidParameterValue",
            "A tag's value has at most 256 characters.",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html")),
    TAG_KEY_RESERVED(Row.refusal(
            "InvalidParameterValue",
            "Tag keys that begin with aws: are AWS's own.",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html")),
    TAG_RESOURCES_OVER_LIMIT(Row.refusal(
                    "InvalidParameterValue",
                    "A call tags at most 1000 resources.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html")
            .withCodeDecided()),
    TAG_RESOURCE_UNKNOWN(Row.refusal(
            "InvalidID",
            "What is tagged must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    TOKEN_INVALID(Row.refusal(
            "InvalidClientToken",
            "A client token has at most 64 ASCII characters.",
            "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html")),
    TOKEN_MISMATCH(Row.refusal(
            "IdempotentParameterMismatch",
            "A client token that comes again must come with the same parameters.",
            "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html")),
    TOKEN_REPEATED(Row.effect(
            "The same token with the same parameters gives the first answer again, also when what was made is gone.",
            "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html")),
    CALLS_OVER_RATE(Row.refusal(
            "RequestLimitExceeded",
            "Each action has a token bucket per account and Region.",
            "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html"));

    // A record of values; only an annotation of Error Prone would tell.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Row row;

    RequestRule(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
