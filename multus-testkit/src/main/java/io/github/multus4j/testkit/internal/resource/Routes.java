package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.Route;
import io.github.multus4j.testkit.internal.call.RouteRequests.CreateRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.DeleteRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.Destination;
import io.github.multus4j.testkit.internal.call.RouteRequests.ReplaceRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.Target;
import io.github.multus4j.testkit.internal.rule.RouteRule;
import io.github.multus4j.testkit.internal.rule.VpcRule;
import io.github.multus4j.testkit.internal.state.StoredGateway;
import io.github.multus4j.testkit.internal.state.StoredInstance;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.StoredRouteTable;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The rules for the routes of a route table. */
public final class Routes {

    private static final List<Cidr> RESERVED = List.of(Cidr.parse("169.254.168.0/22"), Cidr.parse("fd00:ec2::/32"));

    private final World world;

    public Routes(World world) {
        this.world = world;
    }

    public Boolean create(CreateRoute request) {
        StoredRouteTable table = world.routeTables.require(request.routeTableId());
        Cidr destination = destination(request.destination());
        String target = target(table, request.target());
        if (isLocal(table, destination) || table.route(destination).isPresent()) {
            throw RouteRule.ROUTE_EXISTS.error("The route identified by " + destination + " already exists.");
        }
        checkDestination(table, destination);
        checkInside(table, destination, target);
        checkCount(table, destination.isIpv4());
        table.routes.add(new Route(destination, target));
        return true;
    }

    public Boolean replace(ReplaceRoute request) {
        StoredRouteTable table = world.routeTables.require(request.routeTableId());
        Cidr destination = destination(request.destination());
        String target = target(table, request.target());
        checkNotLocal(table, destination, "replace");
        Route present = table.route(destination)
                .orElseThrow(() -> RouteRule.ROUTE_REPLACED_UNKNOWN.error("There is no route defined for '"
                        + destination + "' in the route table. Use CreateRoute instead."));
        checkInside(table, destination, target);
        table.routes.set(table.routes.indexOf(present), new Route(destination, target));
        return true;
    }

    public Boolean delete(DeleteRoute request) {
        StoredRouteTable table = world.routeTables.require(request.routeTableId());
        Cidr destination = destination(request.destination());
        checkNotLocal(table, destination, "remove");
        Route present = table.route(destination)
                .orElseThrow(() -> RouteRule.ROUTE_UNKNOWN.error("no route with destination-"
                        + (destination.isIpv4() ? "" : "ipv6-") + "cidr-block " + destination + " in route table "
                        + table.id));
        table.routes.remove(present);
        return true;
    }

    private static Cidr destination(Destination given) {
        String ipv4 = given.cidrBlock();
        String ipv6 = given.ipv6CidrBlock();
        if (ipv4 != null && ipv6 != null) {
            throw RouteRule.ROUTE_DESTINATIONS_MANY.error(
                    "Only one of destinationCidrBlock and destinationIpv6CidrBlock can be specified.");
        }
        if (ipv4 == null && ipv6 == null) {
            throw RouteRule.ROUTE_DESTINATION_MISSING.error(
                    "The request must contain the parameter destinationCidrBlock or destinationIpv6CidrBlock");
        }
        Cidr block = ipv4 != null
                ? Vpcs.canonical(ipv4, "destinationCidrBlock")
                : Vpcs.parse(Objects.requireNonNull(ipv6), "destinationIpv6CidrBlock");
        if (block.isIpv4() != (ipv4 != null)) {
            throw VpcRule.CIDR_MALFORMED.error("Value (" + block + ") for parameter destination"
                    + (ipv4 != null ? "" : "Ipv6") + "CidrBlock is invalid. This is not a valid CIDR block.");
        }
        return block;
    }

    private static void checkDestination(StoredRouteTable table, Cidr destination) {
        if (RESERVED.stream().anyMatch(reserved -> reserved.contains(destination))) {
            throw RouteRule.ROUTE_DESTINATION_RESERVED.error(
                    "The destination " + destination + " of a route in " + table.id + " is reserved by AWS.");
        }
    }

    /** A destination inside of the VPC is more specific than a local route. */
    private void checkInside(StoredRouteTable table, Cidr destination, String target) {
        if (world.vpcs.get(table.vpcId).cidrs().noneMatch(block -> block.contains(destination))) {
            return;
        }
        if (!new Route(destination, target).isToInterface()) {
            throw RouteRule.ROUTE_INSIDE_TARGET.error(
                    "Route target is not supported. This route only supports interface and instance targets.");
        }
        boolean ofSubnet = world.subnets.all().stream()
                .filter(subnet -> subnet.vpcId.equals(table.vpcId))
                .anyMatch(subnet -> subnet.subnet().cidrs().contains(destination));
        if (!ofSubnet) {
            throw RouteRule.ROUTE_INSIDE_VPC.error("The destination CIDR block " + destination
                    + " is more specific than a CIDR block of the VPC, and not the block of a subnet.");
        }
    }

    private void checkCount(StoredRouteTable table, boolean ipv4) {
        long count = Stream.concat(
                        world.vpcs.get(table.vpcId).cidrs(),
                        table.routes.stream().map(Route::destination))
                .filter(destination -> destination.isIpv4() == ipv4)
                .count();
        if (count >= world.behaviour.routesPerTableLimit) {
            throw RouteRule.ROUTES_OVER_LIMIT.error("The maximum number of routes has been reached: "
                    + world.behaviour.routesPerTableLimit + " in " + table.id);
        }
    }

    private boolean isLocal(StoredRouteTable table, Cidr destination) {
        return world.vpcs.get(table.vpcId).cidrs().anyMatch(destination::equals);
    }

    private void checkNotLocal(StoredRouteTable table, Cidr destination, String verb) {
        if (isLocal(table, destination)) {
            throw RouteRule.ROUTE_LOCAL_STAYS.error(
                    "cannot " + verb + " local route " + destination + " in route table " + table.id);
        }
    }

    /** The id of the gateway or interface that a call names. */
    private String target(StoredRouteTable table, Target given) {
        if (given.given().isEmpty()) {
            throw RouteRule.ROUTE_TARGET_MISSING.error(
                    "The request must contain exactly one of gatewayId, networkInterfaceId and instanceId");
        }
        if (given.given().size() > 1) {
            throw RouteRule.ROUTE_TARGETS_MANY.error(
                    "The request must contain exactly one of gatewayId, networkInterfaceId and instanceId");
        }
        if (given.gatewayId() != null) {
            return gateway(table, given.gatewayId());
        }
        if (given.networkInterfaceId() != null) {
            return ofVpc(table, world.interfaces.require(given.networkInterfaceId()));
        }
        StoredInstance instance = world.instances.require(Objects.requireNonNull(given.instanceId()));
        List<StoredInterface> interfaces = world.interfacesOf(instance.id);
        if (interfaces.size() != 1) {
            throw RouteRule.ROUTE_INSTANCE_INTERFACES.error(
                    (interfaces.isEmpty() ? "There is no interface" : "There are multiple interfaces")
                            + " attached to instance '" + instance.id
                            + "'. Please specify an interface ID for the operation instead.");
        }
        return ofVpc(table, interfaces.get(0));
    }

    private String gateway(StoredRouteTable table, String id) {
        StoredGateway gateway = world.gateways.find(id);
        if (gateway == null || !gateway.isVisibleAt(world.now())) {
            throw RouteRule.ROUTE_GATEWAY_UNKNOWN.error("The gateway ID '" + id + "' does not exist");
        }
        if (!gateway.isAttachedTo(table.vpcId)) {
            throw otherNetwork(table, "network gateway " + id);
        }
        return id;
    }

    private static String ofVpc(StoredRouteTable table, StoredInterface target) {
        if (!target.subnet.vpcId.equals(table.vpcId)) {
            throw otherNetwork(table, "interface " + target.id);
        }
        return target.id;
    }

    private static Ec2Error otherNetwork(StoredRouteTable table, String target) {
        return RouteRule.ROUTE_TARGET_OF_OTHER_VPC.error(
                "route table " + table.id + " and " + target + " belong to different networks");
    }
}
