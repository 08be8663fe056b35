package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.RouteRequests.CreateRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.DeleteRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.Destination;
import io.github.multus4j.testkit.internal.call.RouteRequests.ReplaceRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.Target;
import io.github.multus4j.testkit.internal.call.RouteTableItem;
import io.github.multus4j.testkit.internal.call.RouteTableItem.Association;
import io.github.multus4j.testkit.internal.call.RouteTableItem.RouteItem;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.AssociateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.CreateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DeleteRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DescribeRouteTables;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DisassociateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.ReplaceRouteTableAssociation;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;
import java.util.Map;

/** The actions on route tables, their associations and their routes. */
final class RouteTableActions {

    private RouteTableActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.CREATE_ROUTE_TABLE, RouteTableActions::create,
                Action.DESCRIBE_ROUTE_TABLES, RouteTableActions::describe,
                Action.DELETE_ROUTE_TABLE, p -> WireAction.yesOrNo(new DeleteRouteTable(p.required("RouteTableId"))),
                Action.ASSOCIATE_ROUTE_TABLE, RouteTableActions::associate,
                Action.DISASSOCIATE_ROUTE_TABLE,
                        p -> WireAction.yesOrNo(new DisassociateRouteTable(p.required("AssociationId"))),
                Action.REPLACE_ROUTE_TABLE_ASSOCIATION, RouteTableActions::replaceAssociation,
                Action.CREATE_ROUTE,
                        p -> WireAction.yesOrNo(new CreateRoute(p.required("RouteTableId"), destination(p), target(p))),
                Action.REPLACE_ROUTE,
                        p -> WireAction.yesOrNo(
                                new ReplaceRoute(p.required("RouteTableId"), destination(p), target(p))),
                Action.DELETE_ROUTE,
                        p -> WireAction.yesOrNo(new DeleteRoute(p.required("RouteTableId"), destination(p))));
    }

    private static Call<RouteTableItem> create(QueryRequest p) {
        String clientToken = p.text("ClientToken");
        CreateRouteTable request =
                new CreateRouteTable(p.required("VpcId"), SharedParameters.tags(p, "route-table"), clientToken);
        return new Call<>(
                request,
                (xml, table) -> xml.element("routeTable", table, RouteTableActions::write)
                        .text("clientToken", clientToken));
    }

    private static Call<Listing<RouteTableItem>> describe(QueryRequest p) {
        DescribeRouteTables request =
                new DescribeRouteTables(p.texts("RouteTableId"), SharedParameters.filters(p), SharedParameters.page(p));
        return WireAction.listing(request, "routeTableSet", RouteTableActions::write);
    }

    private static Call<String> associate(QueryRequest p) {
        // An association with a gateway is not modelled; it is refused later.
        String subnetId = p.has("GatewayId") ? p.text("SubnetId", "") : p.required("SubnetId");
        return new Call<>(
                new AssociateRouteTable(p.required("RouteTableId"), subnetId),
                (xml, id) -> xml.text("associationId", id).element("associationState", RouteTableActions::associated));
    }

    private static Call<String> replaceAssociation(QueryRequest p) {
        return new Call<>(
                new ReplaceRouteTableAssociation(p.required("AssociationId"), p.required("RouteTableId")),
                (xml, id) ->
                        xml.text("newAssociationId", id).element("associationState", RouteTableActions::associated));
    }

    private static Destination destination(QueryRequest p) {
        return new Destination(p.text("DestinationCidrBlock"), p.text("DestinationIpv6CidrBlock"));
    }

    private static Target target(QueryRequest p) {
        return new Target(p.text("GatewayId"), p.text("NetworkInterfaceId"), p.text("InstanceId"));
    }

    private static void associated(Xml state) {
        state.text("state", "associated");
    }

    private static void write(Xml xml, RouteTableItem table) {
        xml.text("routeTableId", table.id()).text("vpcId", table.vpcId()).text("ownerId", World.ACCOUNT);
        xml.items("routeSet", table.routes(), RouteTableActions::write);
        xml.items("associationSet", table.associations(), (item, association) -> write(item, table.id(), association));
        xml.items("propagatingVgwSet", List.of(), (item, none) -> {});
        SharedParameters.tagSet(xml, table.tags());
    }

    private static void write(Xml xml, RouteItem route) {
        Cidr destination = route.destination();
        xml.text(destination.isIpv4() ? "destinationCidrBlock" : "destinationIpv6CidrBlock", destination);
        xml.text("gatewayId", route.gatewayId()).text("networkInterfaceId", route.networkInterfaceId());
        xml.text("instanceId", route.instanceId());
        xml.text("instanceOwnerId", route.instanceId() == null ? null : World.ACCOUNT);
        xml.text("origin", route.origin()).text("state", route.state());
    }

    private static void write(Xml xml, String tableId, Association association) {
        xml.text("routeTableAssociationId", association.id()).text("routeTableId", tableId);
        xml.text("subnetId", association.subnetId()).text("main", association.isMain());
        xml.element("associationState", RouteTableActions::associated);
    }
}
