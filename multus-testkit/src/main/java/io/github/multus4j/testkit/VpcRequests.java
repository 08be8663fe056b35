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
            implements Ec2Request<VpcItem> {

        @Override
        public Action action() {
            return Action.CREATE_VPC;
        }

        @Override
        public VpcItem on(Ec2Engine ec2) {
            return ec2.vpcs().create(this);
        }
    }

    record DescribeVpcs(List<String> vpcIds, List<Filter> filters, Page page) implements Ec2Request<Listing<VpcItem>> {

        @Override
        public Action action() {
            return Action.DESCRIBE_VPCS;
        }

        @Override
        public Listing<VpcItem> on(Ec2Engine ec2) {
            return ec2.vpcs().describe(this);
        }
    }

    record DeleteVpc(String vpcId) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.DELETE_VPC;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.vpcs().delete(this);
        }
    }

    /** Answered with the attribute's value. */
    record DescribeVpcAttribute(String vpcId, String attribute) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.DESCRIBE_VPC_ATTRIBUTE;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.vpcs().describeAttribute(this);
        }
    }

    record ModifyVpcAttribute(
            String vpcId,
            @Nullable Boolean enableDnsSupport,
            @Nullable Boolean enableDnsHostnames,
            @Nullable Boolean enableNetworkAddressUsageMetrics)
            implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.MODIFY_VPC_ATTRIBUTE;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.vpcs().modify(this);
        }
    }

    record AssociateVpcCidrBlock(
            String vpcId,
            @Nullable String cidrBlock,
            boolean amazonProvidedIpv6CidrBlock,
            @Nullable String ipv6CidrBlock)
            implements Ec2Request<CidrAssociation> {

        @Override
        public Action action() {
            return Action.ASSOCIATE_VPC_CIDR_BLOCK;
        }

        @Override
        public CidrAssociation on(Ec2Engine ec2) {
            return ec2.vpcs().associate(this);
        }
    }
}
