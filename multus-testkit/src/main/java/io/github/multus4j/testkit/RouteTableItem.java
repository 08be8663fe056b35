package io.github.multus4j.testkit;

import io.github.multus4j.net.Cidr;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A route table as the API shows it; its local routes first. */
record RouteTableItem(
        String id, String vpcId, List<RouteItem> routes, List<Association> associations, Map<String, String> tags) {

    RouteTableItem {
        routes = List.copyOf(routes);
        associations = List.copyOf(associations);
        tags = Map.copyOf(tags);
    }

    /**
     * A route of it.
     *
     * @param destination its destination
     * @param gatewayId {@code local}, or an internet gateway
     * @param networkInterfaceId the interface that is its target
     * @param instanceId the instance that the interface is attached to
     * @param origin {@code CreateRouteTable} for a local route, else {@code CreateRoute}
     * @param state {@code active} or {@code blackhole}
     */
    record RouteItem(
            Cidr destination,
            @Nullable String gatewayId,
            @Nullable String networkInterfaceId,
            @Nullable String instanceId,
            String origin,
            String state) {

        static RouteItem local(Cidr block) {
            return new RouteItem(block, "local", null, null, "CreateRouteTable", "active");
        }
    }

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
}
