package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about route tables and their associations. */
public final class RouteTableRequests {

    private RouteTableRequests() {}

    public record CreateRouteTable(
            String vpcId,
            Map<String, String> tags,
            @Nullable String clientToken) implements Ec2Request<RouteTableItem> {}

    public record DescribeRouteTables(List<String> routeTableIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<RouteTableItem>> {}

    public record DeleteRouteTable(String routeTableId) implements Ec2Request<Boolean> {}

    /** Answered with the association's id. */
    public record AssociateRouteTable(String routeTableId, String subnetId) implements Ec2Request<String> {}

    public record DisassociateRouteTable(String associationId) implements Ec2Request<Boolean> {}

    /** Answered with the new association's id. */
    public record ReplaceRouteTableAssociation(String associationId, String routeTableId)
            implements Ec2Request<String> {}
}
