package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.testkit.internal.call.GatewayRequests.AttachInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.CreateInternetGateway;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.call.RouteRequests.CreateRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.Destination;
import io.github.multus4j.testkit.internal.call.RouteRequests.Target;
import io.github.multus4j.testkit.internal.call.RouteTableItem;
import io.github.multus4j.testkit.internal.call.RouteTableItem.RouteItem;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.CreateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DescribeRouteTables;
import io.github.multus4j.testkit.internal.call.VpcRequests.CreateVpc;
import java.util.List;
import java.util.Map;

/** A world for tests of rules about routes: a VPC with a route table, and another VPC. */
abstract class RoutedVpcTest extends RuleTest {

    final String table = table(vpc.id());

    String table(String vpcId) {
        return call(new CreateRouteTable(vpcId, Map.of(), null)).id();
    }

    RouteTableItem described(String id) {
        return call(new DescribeRouteTables(List.of(id), List.of(), Page.NONE))
                .items()
                .get(0);
    }

    RouteItem route(String destination) {
        return described(table).routes().stream()
                .filter(route -> route.destination().toString().equals(destination))
                .findFirst()
                .orElseThrow();
    }

    CreateRoute to(String destination, Target target) {
        return new CreateRoute(table, Destination.of(destination), target);
    }

    String gateway() {
        return call(new CreateInternetGateway(Map.of())).id();
    }

    String attachedGateway() {
        String gateway = gateway();
        call(new AttachInternetGateway(gateway, vpc.id()));
        return gateway;
    }

    String otherVpc() {
        return call(new CreateVpc("10.1.0.0/16", false, null, Map.of())).id();
    }
}
