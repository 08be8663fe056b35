package io.github.multus4j.ec2;

import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A subnet.
 *
 * @param id {@code subnet-…}
 * @param vpcId its VPC
 * @param zone its Availability Zone, such as {@code us-east-1a}
 * @param ipv4Cidr its IPv4 block; null in an IPv6-only subnet
 * @param ipv6Cidrs its IPv6 blocks in the state {@code associated}, of any length from {@code /44}
 *     to {@code /64}
 * @param tags its tags
 * @param outpostArn the ARN of the Outpost that it lies on; null in the Region and in a Local Zone
 * @param lniDeviceIndex {@code enableLniAtDeviceIndex}: an interface that is attached at this index
 *     on an Outposts server is a local network interface; null if none is
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html">DescribeSubnets</a>
 */
public record Subnet(
        String id,
        String vpcId,
        String zone,
        @Nullable Cidr ipv4Cidr,
        List<Cidr> ipv6Cidrs,
        Map<String, String> tags,
        @Nullable String outpostArn,
        @Nullable Integer lniDeviceIndex) {

    public Subnet {
        ipv6Cidrs = List.copyOf(ipv6Cidrs);
        tags = Map.copyOf(tags);
    }

    /** A subnet that lies on no Outpost. */
    public Subnet(
            String id,
            String vpcId,
            String zone,
            @Nullable Cidr ipv4Cidr,
            List<Cidr> ipv6Cidrs,
            Map<String, String> tags) {
        this(id, vpcId, zone, ipv4Cidr, ipv6Cidrs, tags, null, null);
    }

    /** Whether it has an IPv4 block: it is not IPv6-only. */
    public boolean hasIpv4() {
        return ipv4Cidr != null;
    }

    /** Whether it has an associated IPv6 block. */
    public boolean hasIpv6() {
        return !ipv6Cidrs.isEmpty();
    }

    /** All its blocks, the IPv4 one first. */
    public List<Cidr> cidrs() {
        return Stream.concat(Stream.ofNullable(ipv4Cidr), ipv6Cidrs.stream()).toList();
    }

    /**
     * The addresses that EC2 keeps for itself: the first four and the last of each block, in both
     * families.
     *
     * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html">Subnet
     *     CIDR blocks</a>
     */
    public AddressSet reservedAddresses() {
        AddressSet.Builder reserved = AddressSet.builder();
        cidrs().forEach(block -> reserved.add(ReservedAddresses.of(block)));
        return reserved.build();
    }

    /**
     * The VPC router's IPv4 address: the first after the network address. Empty in an IPv6-only
     * subnet.
     */
    public Optional<IpAddress> gateway() {
        return Optional.ofNullable(ipv4Cidr)
                .filter(block -> block.prefixLength() < 32)
                .map(block -> block.first().plus(1));
    }

    /**
     * A part of a subnet that is set aside: EC2 does not choose addresses from an {@code explicit}
     * reservation, and takes prefixes from a {@code prefix} one. It may cover addresses that are in
     * use already.
     *
     * @param id {@code scr-…}
     * @param subnetId its subnet
     * @param cidr its range, of either family
     * @param type {@code explicit} or {@code prefix}, as EC2 gave it
     * @param description its description, empty if it has none
     * @see <a
     *     href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html">Subnet
     *     CIDR reservations</a>
     */
    public record CidrReservation(String id, String subnetId, Cidr cidr, String type, String description) {}
}
