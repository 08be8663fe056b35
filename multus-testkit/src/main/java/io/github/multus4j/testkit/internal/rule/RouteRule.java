package io.github.multus4j.testkit.internal.rule;

/** Rules for route tables, their associations and their routes. */
public enum RouteRule implements ConformanceRule {
    TABLE_ID_MALFORMED(Row.refusal(
            "InvalidRouteTableId.Malformed",
            "A route table id is rtb- and hexadecimal digits.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    TABLE_UNKNOWN(Row.refusal(
            "InvalidRouteTableID.NotFound",
            "The route table must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    TABLE_MAIN(Row.effect(
            "A VPC has a main route table, with a local route for each of its blocks; further blocks add theirs to all tables.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html")),
    TABLES_OVER_LIMIT(Row.refusal(
            "RouteTableLimitExceeded",
            "A VPC has at most 200 route tables.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html")),
    TABLE_IN_USE(Row.refusal(
            "DependencyViolation",
            "A main route table, or one with associations, is not deleted.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html")),
    TABLE_OF_OTHER_VPC(Row.refusal(
                    "InvalidParameterValue",
                    "A subnet is associated with a route table of its own VPC.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html")
            .withCodeDecided()),
    TABLE_ALREADY_ASSOCIATED(Row.refusal(
            "Resource.AlreadyAssociated",
            "A subnet is associated with one route table.",
            "https://github.com/hashicorp/terraform-provider-aws/issues/38960")),
    TABLE_ASSOCIATION_UNKNOWN(Row.refusal(
            "InvalidAssociationID.NotFound",
            "The association must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    TABLE_MAIN_STAYS(Row.refusal(
            "InvalidParameterValue",
            "The main association is replaced, not taken away.",
            "https://github.com/ansible/ansible/issues/25521")),
    ROUTE_DESTINATION_MISSING(Row.refusal(
                    "MissingParameter",
                    "A route has a destination.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html")
            .withCodeDecided()),
    ROUTE_DESTINATIONS_MANY(Row.refusal(
                    "InvalidParameterCombination",
                    "A route has one destination.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html")
            .withCodeDecided()),
    ROUTE_DESTINATION_CANONICAL(Row.effect(
            "A route's IPv4 destination is made canonical: 100.68.0.18/18 is 100.68.0.0/18.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html")),
    ROUTE_DESTINATION_RESERVED(Row.refusal(
                    "InvalidParameterValue",
                    "No route leads to 169.254.168.0/22 or fd00:ec2::/32, or to a part of them.",
                    "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html")
            .withCodeDecided()),
    ROUTE_INSIDE_VPC(Row.refusal(
                    "InvalidParameterValue",
                    "A destination inside of the VPC's blocks is the whole block of a subnet.",
                    "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html")
            .withCodeDecided()),
    ROUTE_INSIDE_TARGET(Row.refusal(
            "InvalidParameterValue",
            "A route to a destination inside of the VPC's blocks has an interface or an instance as its target.",
            "https://github.com/hashicorp/terraform/issues/26018")),
    ROUTE_EXISTS(Row.refusal(
            "RouteAlreadyExists",
            "A route table has one route for each destination; the local routes are among them.",
            "https://github.com/hashicorp/terraform-provider-aws/issues/23866")),
    ROUTES_OVER_LIMIT(Row.refusal(
            "RouteLimitExceeded",
            "A route table has at most 500 routes of each address family.",
            "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html")),
    ROUTE_UNKNOWN(Row.refusal(
            "InvalidRoute.NotFound",
            "A route that is deleted must exist.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html")),
    ROUTE_REPLACED_UNKNOWN(Row.refusal(
            "InvalidParameterValue",
            "A route that is replaced must exist.",
            "https://github.com/getmoto/moto/pull/6425")),
    ROUTE_LOCAL_STAYS(Row.refusal(
                    "InvalidParameterValue",
                    "A local route is neither deleted nor replaced.",
                    "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html")
            .withCodeDecided()),
    ROUTE_TARGET_MISSING(Row.refusal(
                    "MissingParameter",
                    "A route has a target.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html")
            .withCodeDecided()),
    ROUTE_TARGETS_MANY(Row.refusal(
                    "InvalidParameterCombination",
                    "A route has one target.",
                    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html")
            .withCodeDecided()),
    ROUTE_GATEWAY_UNKNOWN(Row.refusal(
            "InvalidGatewayID.NotFound",
            "The gateway of a route must exist.",
            "https://github.com/hashicorp/terraform/issues/4987")),
    ROUTE_TARGET_OF_OTHER_VPC(Row.refusal(
            "InvalidParameterValue",
            "A route's target is of the route table's VPC; a gateway is attached to it.",
            "https://github.com/smoketurner/serverless-vpc-plugin/issues/147")),
    ROUTE_INSTANCE_INTERFACES(Row.refusal(
            "InvalidInstanceID",
            "An instance that is the target of a route has exactly one interface.",
            "https://github.com/bobtfish/AWSnycast/issues/28")),
    ROUTE_BLACKHOLE(Row.effect(
            "A route is a blackhole while its interface is deleted, detached, or of a stopped instance, or its gateway is not attached.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html"));

    // A record of values; only an annotation of Error Prone would tell.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Row row;

    RouteRule(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
