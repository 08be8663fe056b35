package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about VPCs. */
final class VpcRequests {

    private VpcRequests() {}

    record CreateVpc(
            @Nullable String cidrBlock,
            boolean amazonProvidedIpv6CidrBlock,
            @Nullable String ipv6CidrBlock,
            Map<String, String> tags)
            implements Ec2Request<VpcItem> {}

    record DescribeVpcs(List<String> vpcIds, List<Filter> filters, Page page) implements Ec2Request<Listing<VpcItem>> {}

    record DeleteVpc(String vpcId) implements Ec2Request<Boolean> {}

    /** Answered with the attribute's value. */
    record DescribeVpcAttribute(String vpcId, String attribute) implements Ec2Request<Boolean> {}

    record ModifyVpcAttribute(
            String vpcId,
            @Nullable Boolean enableDnsSupport,
            @Nullable Boolean enableDnsHostnames,
            @Nullable Boolean enableNetworkAddressUsageMetrics)
            implements Ec2Request<Boolean> {}

    record AssociateVpcCidrBlock(
            String vpcId,
            @Nullable String cidrBlock,
            boolean amazonProvidedIpv6CidrBlock,
            @Nullable String ipv6CidrBlock)
            implements Ec2Request<CidrAssociation> {}
}
