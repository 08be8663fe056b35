package io.github.multus4j.testkit;

import io.github.multus4j.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A route table. Its local routes follow from its VPC's blocks. */
final class StoredRouteTable extends Stored {

    /**
     * A use of the table.
     *
     * @param id {@code rtbassoc-…}
     * @param subnetId the subnet; null if it is the VPC's main table
     */
    record Association(String id, @Nullable String subnetId) {

        boolean isMain() {
            return subnetId == null;
        }
    }

    final String vpcId;
    final List<Route> routes = new ArrayList<>();
    final List<Association> associations = new ArrayList<>();

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
