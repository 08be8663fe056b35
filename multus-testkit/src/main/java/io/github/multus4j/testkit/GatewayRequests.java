package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Filter;
import java.util.List;
import java.util.Map;

/** The calls about internet gateways. */
final class GatewayRequests {

    private GatewayRequests() {}

    record CreateInternetGateway(Map<String, String> tags) implements Ec2Request<GatewayItem> {

        @Override
        public Action action() {
            return Action.CREATE_INTERNET_GATEWAY;
        }

        @Override
        public GatewayItem on(Ec2Engine ec2) {
            return ec2.internetGateways().create(this);
        }
    }

    record DescribeInternetGateways(List<String> internetGatewayIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<GatewayItem>> {

        @Override
        public Action action() {
            return Action.DESCRIBE_INTERNET_GATEWAYS;
        }

        @Override
        public Listing<GatewayItem> on(Ec2Engine ec2) {
            return ec2.internetGateways().describe(this);
        }
    }

    record AttachInternetGateway(String internetGatewayId, String vpcId) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.ATTACH_INTERNET_GATEWAY;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.internetGateways().attach(this);
        }
    }

    record DetachInternetGateway(String internetGatewayId, String vpcId) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.DETACH_INTERNET_GATEWAY;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.internetGateways().detach(this);
        }
    }

    record DeleteInternetGateway(String internetGatewayId) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.DELETE_INTERNET_GATEWAY;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.internetGateways().delete(this);
        }
    }
}
