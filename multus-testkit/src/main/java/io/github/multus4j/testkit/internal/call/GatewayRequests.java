package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.util.List;
import java.util.Map;

/** The calls about internet gateways. */
public final class GatewayRequests {

    private GatewayRequests() {}

    public record CreateInternetGateway(Map<String, String> tags) implements Ec2Request<GatewayItem> {}

    public record DescribeInternetGateways(List<String> internetGatewayIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<GatewayItem>> {}

    public record AttachInternetGateway(String internetGatewayId, String vpcId) implements Ec2Request<Boolean> {}

    public record DetachInternetGateway(String internetGatewayId, String vpcId) implements Ec2Request<Boolean> {}

    public record DeleteInternetGateway(String internetGatewayId) implements Ec2Request<Boolean> {}
}
