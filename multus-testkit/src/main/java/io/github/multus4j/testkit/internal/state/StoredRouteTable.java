package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.internal.call.Route;
import io.github.multus4j.testkit.internal.call.RouteTableItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A route table. Its local routes follow from its VPC's blocks. */
public final class StoredRouteTable extends Stored {

    public final String vpcId;
    public final List<Route> routes = new ArrayList<>();
    public final List<RouteTableItem.Association> associations = new ArrayList<>();

    public StoredRouteTable(Birth birth, String vpcId, Map<String, String> tags) {
        super(birth, tags);
        this.vpcId = vpcId;
    }

    @Override
    public String resourceType() {
        return "route-table";
    }

    public Optional<Route> route(Cidr destination) {
        return routes.stream()
                .filter(route -> route.destination().equals(destination))
                .findFirst();
    }
}
