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
            @Nullable String clientToken) implements Ec2Request<RouteTableItem> {

        @Override
        public Action action() {
            return Action.CREATE_ROUTE_TABLE;
        }

        @Override
        public RouteTableItem on(Ec2Engine ec2) {
            return ec2.routeTables().create(this);
        }
    }

    record DescribeRouteTables(List<String> routeTableIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<RouteTableItem>> {

        @Override
        public Action action() {
            return Action.DESCRIBE_ROUTE_TABLES;
        }

        @Override
        public Listing<RouteTableItem> on(Ec2Engine ec2) {
            return ec2.routeTables().describe(this);
        }
    }

    record DeleteRouteTable(String routeTableId) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.DELETE_ROUTE_TABLE;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.routeTables().delete(this);
        }
    }

    /** Answered with the association's id. */
    record AssociateRouteTable(String routeTableId, String subnetId) implements Ec2Request<String> {

        @Override
        public Action action() {
            return Action.ASSOCIATE_ROUTE_TABLE;
        }

        @Override
        public String on(Ec2Engine ec2) {
            return ec2.routeTables().associate(this);
        }
    }

    record DisassociateRouteTable(String associationId) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.DISASSOCIATE_ROUTE_TABLE;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.routeTables().disassociate(this);
        }
    }

    /** Answered with the new association's id. */
    record ReplaceRouteTableAssociation(String associationId, String routeTableId) implements Ec2Request<String> {

        @Override
        public Action action() {
            return Action.REPLACE_ROUTE_TABLE_ASSOCIATION;
        }

        @Override
        public String on(Ec2Engine ec2) {
            return ec2.routeTables().replaceAssociation(this);
        }
    }
}
