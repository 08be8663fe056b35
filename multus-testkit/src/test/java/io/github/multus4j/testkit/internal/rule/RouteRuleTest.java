package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StartInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StopInstances;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DeleteNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DetachNetworkInterface;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.call.RouteRequests.CreateRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.DeleteRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.Destination;
import io.github.multus4j.testkit.internal.call.RouteRequests.ReplaceRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.Target;
import io.github.multus4j.testkit.internal.call.RouteTableItem;
import io.github.multus4j.testkit.internal.call.RouteTableItem.RouteItem;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.AssociateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.CreateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DeleteRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DescribeRouteTables;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DisassociateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.ReplaceRouteTableAssociation;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DeleteSubnet;
import io.github.multus4j.testkit.internal.call.VpcRequests.AssociateVpcCidrBlock;
import io.github.multus4j.testkit.internal.state.Behaviour;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RouteRuleTest extends RoutedVpcTest {

    private static final String SERVICE = "172.16.0.1/32";

    private RouteTableItem main(String vpcId) {
        List<Filter> filters = List.of(Filter.of("vpc-id", vpcId), Filter.of("association.main", "true"));
        List<RouteTableItem> found =
                call(new DescribeRouteTables(List.of(), filters, Page.NONE)).items();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private Target anInterface() {
        return Target.ofInterface(create(vpc.subnet("10.0.8.0/24", ZONE)).id());
    }

    @Test
    void table_idMalformed_isRefused() {
        refused(RouteRule.TABLE_ID_MALFORMED, new DeleteRouteTable("rtb"));
    }

    @Test
    void table_unknown_isRefused() {
        refused(RouteRule.TABLE_UNKNOWN, new DeleteRouteTable("rtb-" + NONE));
        refused(RouteRule.TABLE_UNKNOWN, new CreateRoute("rtb-" + NONE, Destination.of(SERVICE), anInterface()));
    }

    @Test
    void table_main_hasTheLocalRoutes() {
        RouteTableItem main = main(vpc.id());
        assertThat(main.routes())
                .extracting(route -> route.destination().toString(), RouteItem::gatewayId, RouteItem::state)
                .contains(tuple("10.0.0.0/16", "local", "active"))
                .contains(tuple(vpc.ipv6Cidr().toString(), "local", "active"));

        call(new AssociateVpcCidrBlock(vpc.id(), "10.7.0.0/16", false, null));

        assertThat(route("10.7.0.0/16").origin()).isEqualTo("CreateRouteTable");
    }

    @Test
    void tables_overLimit_isRefused() {
        String other = otherVpc();
        for (int i = 1; i < 200; i++) {
            table(other);
        }
        refused(RouteRule.TABLES_OVER_LIMIT, new CreateRouteTable(other, Map.of(), null));
    }

    @Test
    void table_inUse_isRefused() {
        Subnet subnet = subnet();
        String association = call(new AssociateRouteTable(table, subnet.id()));

        refused(RouteRule.TABLE_IN_USE, new DeleteRouteTable(table));
        refused(RouteRule.TABLE_IN_USE, new DeleteRouteTable(main(vpc.id()).id()));
        call(new DisassociateRouteTable(association));
        call(new DeleteRouteTable(table));
    }

    @Test
    void table_ofOtherVpc_isRefused() {
        String other = table(otherVpc());

        refused(RouteRule.TABLE_OF_OTHER_VPC, new AssociateRouteTable(other, subnet().id()));
        String main = main(vpc.id()).associations().get(0).id();
        refused(RouteRule.TABLE_OF_OTHER_VPC, new ReplaceRouteTableAssociation(main, other));
    }

    @Test
    void table_alreadyAssociated_isRefused_butNotWithTheSameTable() {
        Subnet subnet = subnet();
        String association = call(new AssociateRouteTable(table, subnet.id()));

        assertThat(call(new AssociateRouteTable(table, subnet.id()))).isEqualTo(association);
        String second = table(vpc.id());
        refused(RouteRule.TABLE_ALREADY_ASSOCIATED, new AssociateRouteTable(second, subnet.id()));
        String moved = call(new ReplaceRouteTableAssociation(association, second));
        assertThat(described(second).associations())
                .extracting(RouteTableItem.Association::id)
                .containsExactly(moved);
        assertThat(described(table).associations()).isEmpty();
        call(new DeleteSubnet(subnet.id()));
        assertThat(described(second).associations()).isEmpty();
    }

    @Test
    void table_associationUnknown_isRefused() {
        refused(RouteRule.TABLE_ASSOCIATION_UNKNOWN, new DisassociateRouteTable("rtbassoc-" + NONE));
        refused(RouteRule.TABLE_ASSOCIATION_UNKNOWN, new ReplaceRouteTableAssociation("rtbassoc-" + NONE, table));
    }

    @Test
    void table_mainStays_butCanBeReplaced() {
        RouteTableItem main = main(vpc.id());
        String association = main.associations().get(0).id();

        refused(RouteRule.TABLE_MAIN_STAYS, new DisassociateRouteTable(association));
        call(new ReplaceRouteTableAssociation(association, table));
        assertThat(main(vpc.id()).id()).isEqualTo(table);
        call(new DeleteRouteTable(main.id()));
    }

    @Test
    void route_destinationMissing_isRefused() {
        refused(
                RouteRule.ROUTE_DESTINATION_MISSING,
                new CreateRoute(table, new Destination(null, null), anInterface()));
    }

    @Test
    void route_destinationsMany_isRefused() {
        Destination both = new Destination("172.16.0.0/12", "2001:db8::/32");
        refused(RouteRule.ROUTE_DESTINATIONS_MANY, new CreateRoute(table, both, anInterface()));
    }

    @Test
    void route_destinationCanonical_alsoWhereRoutesAreCompared() {
        Target target = anInterface();
        call(to("100.68.0.18/18", target));

        assertThat(route("100.68.0.0/18").networkInterfaceId()).isEqualTo(target.networkInterfaceId());
        refused(RouteRule.ROUTE_EXISTS, to("100.68.0.1/18", target));
        call(new DeleteRoute(table, Destination.of("100.68.1.0/18")));
        refused(VpcRule.CIDR_MALFORMED, to("100.68.0.0", target));
        refused(VpcRule.CIDR_MALFORMED, new CreateRoute(table, new Destination("2001:db8::/32", null), target));
    }

    @Test
    void route_destinationReserved_isRefused() {
        Target target = anInterface();
        for (String destination : List.of("169.254.168.0/22", "169.254.169.254/32", "fd00:ec2::254/128")) {
            refused(RouteRule.ROUTE_DESTINATION_RESERVED, to(destination, target));
        }
        call(to("169.254.0.0/16", target));
    }

    @Test
    void route_insideVpc_isRefusedUnlessItIsTheBlockOfASubnet() {
        subnet();
        Target target = anInterface();

        refused(RouteRule.ROUTE_INSIDE_VPC, to("10.0.4.0/25", target));
        refused(RouteRule.ROUTE_INSIDE_VPC, to("10.0.4.10/32", target));
        call(to("10.0.4.0/24", target));
        call(to("10.0.0.0/8", target));
    }

    @Test
    void route_insideTarget_isRefused() {
        subnet();
        refused(RouteRule.ROUTE_INSIDE_TARGET, to("10.0.4.0/24", Target.ofGateway(attachedGateway())));
    }

    @Test
    void route_exists_isRefused() {
        Target target = anInterface();
        call(to(SERVICE, target));

        refused(RouteRule.ROUTE_EXISTS, to(SERVICE, target));
        assertThat(refused(RouteRule.ROUTE_EXISTS, to("10.0.0.0/16", target)).text())
                .isEqualTo("The route identified by 10.0.0.0/16 already exists.");
    }

    @Test
    void routes_overLimit_isRefused_forEachFamily() {
        ec2.behaviour().routesPerTableLimit(3);
        Target target = anInterface();
        call(to("172.16.0.1/32", target));
        call(to("172.16.0.2/32", target));

        refused(RouteRule.ROUTES_OVER_LIMIT, to("172.16.0.3/32", target));
        call(to("2001:db8::1/128", target));
        call(new DeleteRoute(table, Destination.of("172.16.0.1/32")));
        call(to("172.16.0.3/32", target));
        assertThat(new Behaviour().routesPerTableLimit).isEqualTo(500);
    }

    @Test
    void route_unknown_isRefused() {
        refused(RouteRule.ROUTE_UNKNOWN, new DeleteRoute(table, Destination.of(SERVICE)));
    }

    @Test
    void route_replacedUnknown_isRefused() {
        refused(RouteRule.ROUTE_REPLACED_UNKNOWN, new ReplaceRoute(table, Destination.of(SERVICE), anInterface()));
    }

    @Test
    void route_localStays() {
        Destination local = Destination.of("10.0.0.0/16");
        refused(RouteRule.ROUTE_LOCAL_STAYS, new DeleteRoute(table, local));
        refused(RouteRule.ROUTE_LOCAL_STAYS, new ReplaceRoute(table, local, anInterface()));
    }

    @Test
    void route_targetMissing_isRefused() {
        refused(RouteRule.ROUTE_TARGET_MISSING, to(SERVICE, new Target(null, null, null)));
    }

    @Test
    void route_targetsMany_isRefused() {
        refused(RouteRule.ROUTE_TARGETS_MANY, to(SERVICE, new Target("igw-" + NONE, "eni-" + NONE, null)));
    }

    @Test
    void route_gatewayUnknown_isRefused() {
        refused(RouteRule.ROUTE_GATEWAY_UNKNOWN, to(SERVICE, Target.ofGateway("igw-" + NONE)));
        refused(RouteRule.ROUTE_GATEWAY_UNKNOWN, to(SERVICE, Target.ofGateway("local")));
        refused(InterfaceRule.INTERFACE_UNKNOWN, to(SERVICE, Target.ofInterface("eni-" + NONE)));
        refused(InstanceRule.INSTANCE_UNKNOWN, to(SERVICE, new Target(null, null, "i-" + NONE)));
    }

    @Test
    void route_targetOfOtherVpc_isRefused() {
        String other = table(otherVpc());

        refused(RouteRule.ROUTE_TARGET_OF_OTHER_VPC, new CreateRoute(other, Destination.of(SERVICE), anInterface()));
        refused(RouteRule.ROUTE_TARGET_OF_OTHER_VPC, to(SERVICE, Target.ofGateway(gateway())));
    }

    @Test
    void route_instanceInterfaces_isRefusedUnlessThereIsOne() {
        Instance node = node("m5.large");
        call(to(SERVICE, new Target(null, null, node.id())));
        assertThat(route(SERVICE).instanceId()).isEqualTo(node.id());
        attach(create(subnet()), node, 1);

        refused(RouteRule.ROUTE_INSTANCE_INTERFACES, to("172.16.0.2/32", new Target(null, null, node.id())));
    }

    @Test
    void route_blackhole_whileItsTargetIsNotAvailable() {
        Instance node = node("m5.large");
        NetworkInterface made = create(subnet());
        call(to(SERVICE, Target.ofInterface(made.id())));
        assertThat(route(SERVICE).state()).isEqualTo("blackhole");

        attach(made, node, 1);
        assertThat(route(SERVICE))
                .extracting(RouteItem::state, RouteItem::instanceId)
                .containsExactly("active", node.id());
        call(new StopInstances(List.of(node.id())));
        assertThat(route(SERVICE).state()).isEqualTo("blackhole");
        call(new StartInstances(List.of(node.id())));
        assertThat(route(SERVICE).state()).isEqualTo("active");
        call(new DetachNetworkInterface(
                Objects.requireNonNull(now(made).attachment()).id(), false));
        call(new DeleteNetworkInterface(made.id()));
        assertThat(route(SERVICE))
                .extracting(RouteItem::state, RouteItem::networkInterfaceId, RouteItem::instanceId)
                .containsExactly("blackhole", made.id(), null);
        List<Filter> lost = List.of(Filter.of("route.state", "blackhole"));
        assertThat(call(new DescribeRouteTables(List.of(), lost, Page.NONE)).items())
                .hasSize(1);

        NetworkInterface next = create(vpc.subnet("10.0.8.0/24", ZONE));
        attach(next, node, 1);
        call(new ReplaceRoute(table, Destination.of(SERVICE), Target.ofInterface(next.id())));
        assertThat(route(SERVICE).state()).isEqualTo("active");
        assertThat(next.sourceDestCheck())
                .as("EC2 takes an interface as a target whatever its check")
                .isTrue();
    }

    @Test
    void clientToken_givesTheSameTableAgain() {
        CreateRouteTable request = new CreateRouteTable(vpc.id(), Map.of(), "token");
        String first = call(request).id();

        assertThat(call(request).id()).isEqualTo(first);
        refused(RequestRule.TOKEN_MISMATCH, new CreateRouteTable(vpc.id(), Map.of("a", "b"), "token"));
    }
}
