package io.github.multus4j.testkit;

import io.github.multus4j.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A route table. Its local routes follow from its VPC's blocks. */
final class StoredRouteTable extends Stored {

    final String vpcId;
    final List<Route> routes = new ArrayList<>();
    final List<RouteTableItem.Association> associations = new ArrayList<>();

    StoredRouteTable(Birth birth, String vpcId, Map<String, String> tags) {
        super(birth, tags);
        this.vpcId = vpcId;
    }

    @Override
    String resourceType() {
        return "route-table";
    }

    Optional<Route> route(Cidr destination) {
        return routes.stream()
                .filter(route -> route.destination().equals(destination))
                .findFirst();
    }
}
