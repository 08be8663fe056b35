package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Filter;
import java.util.List;
import java.util.Map;

/** The calls about internet gateways. */
final class GatewayRequests {

    private GatewayRequests() {}

    record CreateInternetGateway(Map<String, String> tags) implements Ec2Request<GatewayItem> {}

    record DescribeInternetGateways(List<String> internetGatewayIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<GatewayItem>> {}

    record AttachInternetGateway(String internetGatewayId, String vpcId) implements Ec2Request<Boolean> {}

    record DetachInternetGateway(String internetGatewayId, String vpcId) implements Ec2Request<Boolean> {}

    record DeleteInternetGateway(String internetGatewayId) implements Ec2Request<Boolean> {}
}
