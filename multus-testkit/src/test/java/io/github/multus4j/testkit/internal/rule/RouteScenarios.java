package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.rule.Scenarios.Scenario;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Scenarios for {@link RouteRule} and {@link GatewayRule}. */
final class RouteScenarios {

    private RouteScenarios() {}

    static Map<ConformanceRule, Scenario> all() {
        Map<ConformanceRule, Scenario> all = new LinkedHashMap<>();
        all.putAll(tables());
        all.putAll(routes());
        all.putAll(gateways());
        return all;
    }

    private static Map<RouteRule, Scenario> tables() {
        Map<RouteRule, Scenario> all = new EnumMap<>(RouteRule.class);
        all.put(RouteRule.TABLE_ID_MALFORMED, s -> s.call("DeleteRouteTable", "RouteTableId", "rtb-xyz"));
        all.put(RouteRule.TABLE_UNKNOWN, s -> s.call("DeleteRouteTable", "RouteTableId", "rtb-" + Stage.NONE));
        all.put(RouteRule.TABLE_MAIN, s -> {
            WireAnswer tables = tables(s, s.vpc);
            return Seen.effect(tables.texts("main").equals(List.of("true"))
                    && tables.blocks("destinationCidrBlock").equals(List.of(Cidr.parse("10.0.0.0/16")))
                    && tables.blocks("destinationIpv6CidrBlock").equals(List.of(s.ipv6)));
        });
        all.put(RouteRule.TABLES_OVER_LIMIT, s -> {
            WireAnswer answer = s.call("CreateRouteTable", "VpcId", s.vpc);
            for (int i = 0; i < 200 && answer.isSuccess(); i++) {
                answer = s.call("CreateRouteTable", "VpcId", s.vpc);
            }
            return answer;
        });
        all.put(RouteRule.TABLE_IN_USE, s -> {
            String table = table(s);
            s.must("AssociateRouteTable", "RouteTableId", table, "SubnetId", s.subnet());
            return s.call("DeleteRouteTable", "RouteTableId", table);
        });
        all.put(
                RouteRule.TABLE_OF_OTHER_VPC,
                s -> s.call("AssociateRouteTable", "RouteTableId", tableOfOtherVpc(s), "SubnetId", s.subnet()));
        all.put(RouteRule.TABLE_ALREADY_ASSOCIATED, s -> {
            String subnet = s.subnet();
            s.must("AssociateRouteTable", "RouteTableId", table(s), "SubnetId", subnet);
            return s.call("AssociateRouteTable", "RouteTableId", table(s), "SubnetId", subnet);
        });
        all.put(
                RouteRule.TABLE_ASSOCIATION_UNKNOWN,
                s -> s.call("DisassociateRouteTable", "AssociationId", "rtbassoc-" + Stage.NONE));
        all.put(
                RouteRule.TABLE_MAIN_STAYS,
                s -> s.call(
                        "DisassociateRouteTable",
                        "AssociationId",
                        tables(s, s.vpc).text("routeTableAssociationId")));
        return all;
    }

    private static Map<RouteRule, Scenario> routes() {
        Map<RouteRule, Scenario> all = new EnumMap<>(RouteRule.class);
        all.put(RouteRule.ROUTE_DESTINATION_MISSING, s -> route(s, table(s), toInterface(s)));
        all.put(
                RouteRule.ROUTE_DESTINATIONS_MANY,
                s -> route(
                        s,
                        table(s),
                        Stage.join(
                                toInterface(s),
                                "DestinationCidrBlock",
                                "172.16.0.0/12",
                                "DestinationIpv6CidrBlock",
                                "2001:db8::/32")));
        all.put(RouteRule.ROUTE_DESTINATION_CANONICAL, s -> {
            String table = table(s);
            s.must(
                    "CreateRoute",
                    Stage.join(toInterface(s), "RouteTableId", table, "DestinationCidrBlock", "100.68.0.18/18"));
            return Seen.effect(s.must("DescribeRouteTables", "RouteTableId.1", table)
                    .texts("destinationCidrBlock")
                    .contains("100.68.0.0/18"));
        });
        all.put(RouteRule.ROUTE_DESTINATION_RESERVED, s -> to(s, table(s), "169.254.169.0/24", toInterface(s)));
        all.put(RouteRule.ROUTE_INSIDE_VPC, s -> to(s, table(s), "10.0.4.0/25", toInterface(s)));
        all.put(RouteRule.ROUTE_INSIDE_TARGET, s -> {
            s.subnet();
            return to(s, table(s), "10.0.4.0/24", toGateway(s));
        });
        all.put(RouteRule.ROUTE_EXISTS, s -> {
            String table = table(s);
            String[] target = toInterface(s);
            s.must("CreateRoute", Stage.join(target, "RouteTableId", table, "DestinationCidrBlock", "172.16.0.0/12"));
            return to(s, table, "172.16.0.0/12", target);
        });
        all.put(RouteRule.ROUTES_OVER_LIMIT, s -> {
            s.fake().behaviour().routesPerTableLimit(3);
            String table = table(s);
            String[] target = toInterface(s);
            IntStream.range(0, 2)
                    .forEach(i -> s.must(
                            "CreateRoute",
                            Stage.join(
                                    target, "RouteTableId", table, "DestinationCidrBlock", "172.16." + i + ".0/24")));
            return to(s, table, "172.16.2.0/24", target);
        });
        all.put(
                RouteRule.ROUTE_UNKNOWN,
                s -> s.call("DeleteRoute", "RouteTableId", table(s), "DestinationCidrBlock", "172.16.0.0/12"));
        all.put(
                RouteRule.ROUTE_REPLACED_UNKNOWN,
                s -> s.call(
                        "ReplaceRoute",
                        Stage.join(toInterface(s), "RouteTableId", table(s), "DestinationCidrBlock", "172.16.0.0/12")));
        all.put(
                RouteRule.ROUTE_LOCAL_STAYS,
                s -> s.call("DeleteRoute", "RouteTableId", table(s), "DestinationCidrBlock", "10.0.0.0/16"));
        all.put(RouteRule.ROUTE_TARGET_MISSING, s -> to(s, table(s), "172.16.0.0/12"));
        all.put(
                RouteRule.ROUTE_TARGETS_MANY,
                s -> to(s, table(s), "172.16.0.0/12", Stage.join(toInterface(s), toGateway(s))));
        all.put(
                RouteRule.ROUTE_GATEWAY_UNKNOWN,
                s -> to(s, table(s), "172.16.0.0/12", "GatewayId", "igw-" + Stage.NONE));
        all.put(RouteRule.ROUTE_TARGET_OF_OTHER_VPC, s -> to(s, tableOfOtherVpc(s), "172.16.0.0/12", toInterface(s)));
        all.put(RouteRule.ROUTE_INSTANCE_INTERFACES, s -> {
            String subnet = s.subnet();
            String instance = s.instance(subnet);
            s.attached(s.eni(subnet), instance, 1);
            return to(s, table(s), "172.16.0.0/12", "InstanceId", instance);
        });
        all.put(RouteRule.ROUTE_BLACKHOLE, s -> {
            String table = table(s);
            String eni = s.eni(s.subnet());
            s.must(
                    "CreateRoute",
                    "RouteTableId",
                    table,
                    "DestinationCidrBlock",
                    "172.16.0.0/12",
                    "NetworkInterfaceId",
                    eni);
            s.must("DeleteNetworkInterface", "NetworkInterfaceId", eni);
            return Seen.effect(s.must("DescribeRouteTables", "RouteTableId.1", table)
                    .texts("state")
                    .contains("blackhole"));
        });
        return all;
    }

    private static Map<GatewayRule, Scenario> gateways() {
        Map<GatewayRule, Scenario> all = new EnumMap<>(GatewayRule.class);
        all.put(GatewayRule.GATEWAY_ID_MALFORMED, s -> s.call("DeleteInternetGateway", "InternetGatewayId", "igw-xyz"));
        all.put(
                GatewayRule.GATEWAY_UNKNOWN,
                s -> s.call("DeleteInternetGateway", "InternetGatewayId", "igw-" + Stage.NONE));
        all.put(GatewayRule.GATEWAY_ALREADY_ATTACHED, s -> {
            String gateway = attachedGateway(s);
            return s.call("AttachInternetGateway", "InternetGatewayId", gateway, "VpcId", otherVpc(s));
        });
        all.put(GatewayRule.GATEWAY_SECOND_OF_VPC, s -> {
            attachedGateway(s);
            return s.call("AttachInternetGateway", "InternetGatewayId", gateway(s), "VpcId", s.vpc);
        });
        all.put(
                GatewayRule.GATEWAY_NOT_ATTACHED,
                s -> s.call("DetachInternetGateway", "InternetGatewayId", gateway(s), "VpcId", s.vpc));
        all.put(
                GatewayRule.GATEWAY_IN_USE,
                s -> s.call("DeleteInternetGateway", "InternetGatewayId", attachedGateway(s)));
        return all;
    }

    private static WireAnswer tables(Stage s, String vpc) {
        return s.must("DescribeRouteTables", "Filter.1.Name", "vpc-id", "Filter.1.Value.1", vpc);
    }

    private static String table(Stage s) {
        return s.must("CreateRouteTable", "VpcId", s.vpc).text("routeTableId");
    }

    private static String otherVpc(Stage s) {
        return s.must("CreateVpc", "CidrBlock", "10.1.0.0/16").text("vpcId");
    }

    private static String tableOfOtherVpc(Stage s) {
        return s.must("CreateRouteTable", "VpcId", otherVpc(s)).text("routeTableId");
    }

    private static String gateway(Stage s) {
        return s.must("CreateInternetGateway").text("internetGatewayId");
    }

    private static String attachedGateway(Stage s) {
        String gateway = gateway(s);
        s.must("AttachInternetGateway", "InternetGatewayId", gateway, "VpcId", s.vpc);
        return gateway;
    }

    private static String[] toGateway(Stage s) {
        return new String[] {"GatewayId", attachedGateway(s)};
    }

    private static String[] toInterface(Stage s) {
        return new String[] {"NetworkInterfaceId", s.eni(s.subnet("10.0.8.0/24"))};
    }

    private static Seen to(Stage s, String table, String destination, String... target) {
        return route(s, table, Stage.join(target, "DestinationCidrBlock", destination));
    }

    private static Seen route(Stage s, String table, String... parameters) {
        return s.call("CreateRoute", Stage.join(parameters, "RouteTableId", table));
    }
}
