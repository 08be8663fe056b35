package io.github.multus4j.testkit;

import io.github.multus4j.ec2.CidrReservation;
import io.github.multus4j.ec2.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about subnets and their CIDR reservations. */
final class SubnetRequests {

    private SubnetRequests() {}

    record CreateSubnet(
            String vpcId,
            @Nullable String cidrBlock,
            @Nullable String ipv6CidrBlock,
            boolean ipv6Native,
            @Nullable String availabilityZone,
            @Nullable String availabilityZoneId,
            @Nullable String outpostArn,
            Map<String, String> tags)
            implements Ec2Request<SubnetItem> {

        /** In a zone by name and on no Outpost. */
        CreateSubnet(
                String vpcId,
                @Nullable String cidrBlock,
                @Nullable String ipv6CidrBlock,
                boolean ipv6Native,
                @Nullable String availabilityZone,
                Map<String, String> tags) {
            this(vpcId, cidrBlock, ipv6CidrBlock, ipv6Native, availabilityZone, null, null, tags);
        }

        @Override
        public Action action() {
            return Action.CREATE_SUBNET;
        }

        @Override
        public SubnetItem on(Ec2Engine ec2) {
            return ec2.subnets().create(this);
        }
    }

    record DescribeSubnets(List<String> subnetIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<SubnetItem>> {

        @Override
        public Action action() {
            return Action.DESCRIBE_SUBNETS;
        }

        @Override
        public Listing<SubnetItem> on(Ec2Engine ec2) {
            return ec2.subnets().describe(this);
        }
    }

    record DeleteSubnet(String subnetId) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.DELETE_SUBNET;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.subnets().delete(this);
        }
    }

    record ModifySubnetAttribute(
            String subnetId,
            @Nullable Boolean assignIpv6AddressOnCreation,
            @Nullable Boolean mapPublicIpOnLaunch,
            @Nullable Integer enableLniAtDeviceIndex)
            implements Ec2Request<Boolean> {

        /** Leaves local network interfaces as they are. */
        ModifySubnetAttribute(
                String subnetId, @Nullable Boolean assignIpv6AddressOnCreation, @Nullable Boolean mapPublicIpOnLaunch) {
            this(subnetId, assignIpv6AddressOnCreation, mapPublicIpOnLaunch, null);
        }

        @Override
        public Action action() {
            return Action.MODIFY_SUBNET_ATTRIBUTE;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.subnets().modify(this);
        }
    }

    /** Answered with the new association. */
    record AssociateSubnetCidrBlock(String subnetId, String ipv6CidrBlock) implements Ec2Request<CidrAssociation> {

        @Override
        public Action action() {
            return Action.ASSOCIATE_SUBNET_CIDR_BLOCK;
        }

        @Override
        public CidrAssociation on(Ec2Engine ec2) {
            return ec2.subnets().associate(this);
        }
    }

    /** Answered with the subnet, whose association is {@code disassociated} now. */
    record DisassociateSubnetCidrBlock(String associationId) implements Ec2Request<SubnetItem> {

        @Override
        public Action action() {
            return Action.DISASSOCIATE_SUBNET_CIDR_BLOCK;
        }

        @Override
        public SubnetItem on(Ec2Engine ec2) {
            return ec2.subnets().disassociate(this);
        }
    }

    record CreateSubnetCidrReservation(
            String subnetId, String cidr, String reservationType, String description, Map<String, String> tags)
            implements Ec2Request<CidrReservation> {

        @Override
        public Action action() {
            return Action.CREATE_SUBNET_CIDR_RESERVATION;
        }

        @Override
        public CidrReservation on(Ec2Engine ec2) {
            return ec2.reservations().create(this);
        }
    }

    record GetSubnetCidrReservations(String subnetId, List<Filter> filters, Page page)
            implements Ec2Request<Listing<CidrReservation>> {

        @Override
        public Action action() {
            return Action.GET_SUBNET_CIDR_RESERVATIONS;
        }

        @Override
        public Listing<CidrReservation> on(Ec2Engine ec2) {
            return ec2.reservations().list(this);
        }
    }

    record DeleteSubnetCidrReservation(String subnetCidrReservationId) implements Ec2Request<CidrReservation> {

        @Override
        public Action action() {
            return Action.DELETE_SUBNET_CIDR_RESERVATION;
        }

        @Override
        public CidrReservation on(Ec2Engine ec2) {
            return ec2.reservations().delete(this);
        }
    }
}
