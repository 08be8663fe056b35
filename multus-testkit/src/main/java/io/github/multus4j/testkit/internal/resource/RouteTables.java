package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Route;
import io.github.multus4j.testkit.internal.call.RouteTableItem;
import io.github.multus4j.testkit.internal.call.RouteTableItem.Association;
import io.github.multus4j.testkit.internal.call.RouteTableItem.RouteItem;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.AssociateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.CreateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DeleteRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DescribeRouteTables;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DisassociateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.ReplaceRouteTableAssociation;
import io.github.multus4j.testkit.internal.rule.RouteRule;
import io.github.multus4j.testkit.internal.state.StoredGateway;
import io.github.multus4j.testkit.internal.state.StoredInstance;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.StoredInterface.At;
import io.github.multus4j.testkit.internal.state.StoredRouteTable;
import io.github.multus4j.testkit.internal.state.StoredSubnet;
import io.github.multus4j.testkit.internal.state.StoredVpc;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules for route tables and their associations. The fake has no packets: a route appears in
 * listings only.
 */
public final class RouteTables {

    private static final int MAXIMUM_OF_VPC = 200;

    private final World world;
    private final Pager pager;

    public RouteTables(World world) {
        this.world = world;
        this.pager = new Pager(world, 100);
    }

    public RouteTableItem create(CreateRouteTable request) {
        Optional<Object> before = world.clientTokens.answer(request, request.clientToken());
        if (before.isPresent()) {
            RouteTableItem first = (RouteTableItem) before.get();
            StoredRouteTable there = world.routeTables.find(first.id());
            return there == null ? first : item(there);
        }
        TagRules.check(request.tags());
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        if (of(world, vpc.id).count() >= MAXIMUM_OF_VPC) {
            throw RouteRule.TABLES_OVER_LIMIT.error(
                    "The maximum number of route tables has been reached: " + MAXIMUM_OF_VPC + " in " + vpc.id);
        }
        StoredRouteTable table = new StoredRouteTable(world.birth(world.routeTables), vpc.id, request.tags());
        world.routeTables.add(table);
        RouteTableItem answer = item(table);
        world.clientTokens.remember(request, request.clientToken(), answer);
        return answer;
    }

    /** Gives a new VPC its main table. */
    static void addMain(World world, StoredVpc vpc) {
        StoredRouteTable table = new StoredRouteTable(world.birthOfDefault(world.routeTables), vpc.id, Map.of());
        table.associations.add(new Association(world.idOfDefault("rtbassoc"), null));
        world.routeTables.add(table);
    }

    public Listing<RouteTableItem> describe(DescribeRouteTables request) {
        List<String> ids = request.routeTableIds();
        pager.check(request.page(), !ids.isEmpty(), "RouteTableIds");
        Stream<StoredRouteTable> asked =
                ids.isEmpty() ? world.routeTables.visible() : world.routeTables.require(ids).stream();
        List<StoredRouteTable> matching = RouteTableFilters.ALL
                .apply(request.filters(), asked, this::item)
                .toList();
        return pager.cut(request.action(), request.filters(), matching, t -> t.order, request.page(), this::item);
    }

    public Boolean delete(DeleteRouteTable request) {
        StoredRouteTable table = world.routeTables.require(request.routeTableId());
        if (!table.associations.isEmpty()) {
            throw RouteRule.TABLE_IN_USE.error(
                    "The routeTable '" + table.id + "' has dependencies and cannot be deleted.");
        }
        world.routeTables.remove(table.id);
        return true;
    }

    public String associate(AssociateRouteTable request) {
        StoredRouteTable table = world.routeTables.require(request.routeTableId());
        StoredSubnet subnet = world.subnets.require(request.subnetId());
        checkVpc(table, subnet.vpcId, "subnet " + subnet.id);
        for (StoredRouteTable other : world.routeTables.all()) {
            for (Association present : other.associations) {
                if (subnet.id.equals(present.subnetId())) {
                    if (other == table) {
                        return present.id();
                    }
                    throw RouteRule.TABLE_ALREADY_ASSOCIATED.error("the specified association for route table "
                            + table.id + " conflicts with an existing association");
                }
            }
        }
        return add(table, new Association(world.ids.next("rtbassoc"), subnet.id));
    }

    public Boolean disassociate(DisassociateRouteTable request) {
        StoredRouteTable table = withAssociation(request.associationId());
        Association association = association(table, request.associationId()).orElseThrow();
        if (association.isMain()) {
            throw RouteRule.TABLE_MAIN_STAYS.error(
                    "cannot disassociate the main route table association " + association.id());
        }
        table.associations.remove(association);
        return true;
    }

    public String replaceAssociation(ReplaceRouteTableAssociation request) {
        StoredRouteTable before = withAssociation(request.associationId());
        StoredRouteTable table = world.routeTables.require(request.routeTableId());
        checkVpc(table, before.vpcId, "association " + request.associationId());
        Association association = association(before, request.associationId()).orElseThrow();
        before.associations.remove(association);
        return add(table, new Association(world.ids.next("rtbassoc"), association.subnetId()));
    }

    private static String add(StoredRouteTable table, Association association) {
        table.associations.add(association);
        return association.id();
    }

    private static void checkVpc(StoredRouteTable table, String vpcId, String what) {
        if (!table.vpcId.equals(vpcId)) {
            throw RouteRule.TABLE_OF_OTHER_VPC.error(
                    "route table " + table.id + " and " + what + " belong to different networks");
        }
    }

    private StoredRouteTable withAssociation(String id) {
        return world.routeTables.all().stream()
                .filter(table -> association(table, id).isPresent())
                .findFirst()
                .orElseThrow(() ->
                        RouteRule.TABLE_ASSOCIATION_UNKNOWN.error("The association ID '" + id + "' does not exist"));
    }

    private static Optional<Association> association(StoredRouteTable table, String id) {
        return table.associations.stream()
                .filter(association -> association.id().equals(id))
                .findFirst();
    }

    /** The subnet is gone, and its association with it. */
    static void forget(World world, StoredSubnet subnet) {
        of(world, subnet.vpcId)
                .forEach(table -> table.associations.removeIf(association -> subnet.id.equals(association.subnetId())));
    }

    /** The route tables of a VPC. */
    static Stream<StoredRouteTable> of(World world, String vpcId) {
        return world.routeTables.all().stream().filter(table -> table.vpcId.equals(vpcId));
    }

    /** Whether a VPC has a table that is not deleted with it. */
    static boolean hasOwn(World world, String vpcId) {
        return of(world, vpcId).anyMatch(table -> table.associations.stream().noneMatch(Association::isMain));
    }

    private RouteTableItem item(StoredRouteTable table) {
        Stream<RouteItem> local = world.vpcs.get(table.vpcId).cidrs().map(RouteItem::local);
        List<RouteItem> routes =
                Stream.concat(local, table.routes.stream().map(this::item)).toList();
        return new RouteTableItem(table.id, table.vpcId, routes, table.associations, table.tags());
    }

    private RouteItem item(Route route) {
        String target = route.target();
        if (!route.isToInterface()) {
            StoredGateway gateway = world.gateways.find(target);
            boolean attached = gateway != null && gateway.vpcId != null;
            return new RouteItem(route.destination(), target, null, null, "CreateRoute", state(attached));
        }
        StoredInterface i = world.interfaces.find(target);
        At at = i == null ? null : i.at;
        StoredInstance instance = at == null ? null : world.instances.find(at.instanceId());
        boolean up = instance != null
                && instance.state != Instance.State.STOPPED
                && instance.state != Instance.State.TERMINATED;
        return new RouteItem(
                route.destination(), null, target, instance == null ? null : instance.id, "CreateRoute", state(up));
    }

    private static String state(boolean available) {
        return available ? "active" : "blackhole";
    }
}
