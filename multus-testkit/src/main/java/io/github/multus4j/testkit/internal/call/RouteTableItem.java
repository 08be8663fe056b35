package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.net.Cidr;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A route table as the API shows it; its local routes first. */
public record RouteTableItem(
        String id, String vpcId, List<RouteItem> routes, List<Association> associations, Map<String, String> tags) {

    public RouteTableItem {
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
    public record RouteItem(
            Cidr destination,
            @Nullable String gatewayId,
            @Nullable String networkInterfaceId,
            @Nullable String instanceId,
            String origin,
            String state) {

        public static RouteItem local(Cidr block) {
            return new RouteItem(block, "local", null, null, "CreateRouteTable", "active");
        }
    }

    /**
     * A use of the table.
     *
     * @param id {@code rtbassoc-…}
     * @param subnetId the subnet; null if it is the VPC's main table
     */
    public record Association(String id, @Nullable String subnetId) {

        public boolean isMain() {
            return subnetId == null;
        }
    }
}
