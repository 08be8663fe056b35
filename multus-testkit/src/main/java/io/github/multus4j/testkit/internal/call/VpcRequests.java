package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about VPCs. */
public final class VpcRequests {

    private VpcRequests() {}

    public record CreateVpc(
            @Nullable String cidrBlock,
            boolean amazonProvidedIpv6CidrBlock,
            @Nullable String ipv6CidrBlock,
            Map<String, String> tags)
            implements Ec2Request<VpcItem> {}

    public record DescribeVpcs(List<String> vpcIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<VpcItem>> {}

    public record DeleteVpc(String vpcId) implements Ec2Request<Boolean> {}

    /** Answered with the attribute's value. */
    public record DescribeVpcAttribute(String vpcId, String attribute) implements Ec2Request<Boolean> {}

    public record ModifyVpcAttribute(
            String vpcId,
            @Nullable Boolean enableDnsSupport,
            @Nullable Boolean enableDnsHostnames,
            @Nullable Boolean enableNetworkAddressUsageMetrics)
            implements Ec2Request<Boolean> {}

    public record AssociateVpcCidrBlock(
            String vpcId,
            @Nullable String cidrBlock,
            boolean amazonProvidedIpv6CidrBlock,
            @Nullable String ipv6CidrBlock)
            implements Ec2Request<CidrAssociation> {}
}
