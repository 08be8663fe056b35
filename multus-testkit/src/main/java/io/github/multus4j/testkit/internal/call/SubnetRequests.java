package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about subnets and their CIDR reservations. */
public final class SubnetRequests {

    private SubnetRequests() {}

    public record CreateSubnet(
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
        public CreateSubnet(
                String vpcId,
                @Nullable String cidrBlock,
                @Nullable String ipv6CidrBlock,
                boolean ipv6Native,
                @Nullable String availabilityZone,
                Map<String, String> tags) {
            this(vpcId, cidrBlock, ipv6CidrBlock, ipv6Native, availabilityZone, null, null, tags);
        }
    }

    public record DescribeSubnets(List<String> subnetIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<SubnetItem>> {}

    public record DeleteSubnet(String subnetId) implements Ec2Request<Boolean> {}

    public record ModifySubnetAttribute(
            String subnetId,
            @Nullable Boolean assignIpv6AddressOnCreation,
            @Nullable Boolean mapPublicIpOnLaunch,
            @Nullable Integer enableLniAtDeviceIndex)
            implements Ec2Request<Boolean> {

        /** Leaves local network interfaces as they are. */
        public ModifySubnetAttribute(
                String subnetId, @Nullable Boolean assignIpv6AddressOnCreation, @Nullable Boolean mapPublicIpOnLaunch) {
            this(subnetId, assignIpv6AddressOnCreation, mapPublicIpOnLaunch, null);
        }
    }

    /** Answered with the new association. */
    public record AssociateSubnetCidrBlock(String subnetId, String ipv6CidrBlock)
            implements Ec2Request<CidrAssociation> {}

    /** Answered with the subnet and its {@code disassociated} association. */
    public record DisassociateSubnetCidrBlock(String associationId) implements Ec2Request<SubnetItem> {}

    public record CreateSubnetCidrReservation(
            String subnetId, String cidr, String reservationType, String description, Map<String, String> tags)
            implements Ec2Request<CidrReservation> {}

    public record GetSubnetCidrReservations(String subnetId, List<Filter> filters, Page page)
            implements Ec2Request<Listing<CidrReservation>> {}

    public record DeleteSubnetCidrReservation(String subnetCidrReservationId) implements Ec2Request<CidrReservation> {}
}
