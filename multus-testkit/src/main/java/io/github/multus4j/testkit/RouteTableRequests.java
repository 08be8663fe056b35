package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about route tables and their associations. */
final class RouteTableRequests {

    private RouteTableRequests() {}

    record CreateRouteTable(
            String vpcId,
            Map<String, String> tags,
            @Nullable String clientToken) implements Ec2Request<RouteTableItem> {}

    record DescribeRouteTables(List<String> routeTableIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<RouteTableItem>> {}

    record DeleteRouteTable(String routeTableId) implements Ec2Request<Boolean> {}

    /** Answered with the association's id. */
    record AssociateRouteTable(String routeTableId, String subnetId) implements Ec2Request<String> {}

    record DisassociateRouteTable(String associationId) implements Ec2Request<Boolean> {}

    /** Answered with the new association's id. */
    record ReplaceRouteTableAssociation(String associationId, String routeTableId) implements Ec2Request<String> {}
}
