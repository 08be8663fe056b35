package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.RouteTableItem;
import io.github.multus4j.testkit.internal.call.RouteTableItem.Association;
import io.github.multus4j.testkit.internal.call.RouteTableItem.RouteItem;
import io.github.multus4j.testkit.internal.state.World;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The filters that a listing of route tables knows. */
final class RouteTableFilters {

    static final Filters<RouteTableItem> ALL = Filters.<RouteTableItem>tagged(
                    Action.DESCRIBE_ROUTE_TABLES, RouteTableItem::tags)
            .one("route-table-id", RouteTableItem::id)
            .one("vpc-id", RouteTableItem::vpcId)
            .one("owner-id", table -> World.ACCOUNT)
            .many("association.route-table-association-id", associations(Association::id))
            .many("association.subnet-id", associations(Association::subnetId))
            .many("association.main", associations(association -> String.valueOf(association.isMain())))
            .many(
                    "association.route-table-id",
                    table -> table.associations().stream()
                            .map(association -> table.id())
                            .toList())
            .many("route.destination-cidr-block", routes(route -> destination(route, true)))
            .many("route.destination-ipv6-cidr-block", routes(route -> destination(route, false)))
            .many("route.gateway-id", routes(RouteItem::gatewayId))
            .many("route.instance-id", routes(RouteItem::instanceId))
            .many("route.origin", routes(RouteItem::origin))
            .many("route.state", routes(RouteItem::state))
            .absent("association.gateway-id", "route.destination-prefix-list-id", "route.nat-gateway-id")
            .absent("route.egress-only-internet-gateway-id", "route.transit-gateway-id")
            .absent("route.vpc-peering-connection-id");

    private RouteTableFilters() {}

    private static @Nullable String destination(RouteItem route, boolean ipv4) {
        return route.destination().isIpv4() == ipv4 ? route.destination().toString() : null;
    }

    private static Function<RouteTableItem, Collection<String>> associations(
            Function<Association, @Nullable String> value) {
        return table -> table.associations().stream()
                .map(value)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Function<RouteTableItem, Collection<String>> routes(Function<RouteItem, @Nullable String> value) {
        return table ->
                table.routes().stream().map(value).filter(Objects::nonNull).toList();
    }
}
