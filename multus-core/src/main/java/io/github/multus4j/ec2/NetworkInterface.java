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
 * A network interface.
 *
 * @param id {@code eni-…}
 * @param subnetId its subnet
 * @param vpcId its VPC
 * @param zone its Availability Zone
 * @param macAddress its MAC address, as EC2 gave it
 * @param description its description, empty if it has none
 * @param status its status
 * @param sourceDestCheck whether EC2 drops packets that are neither from nor to its addresses
 * @param securityGroupIds its security groups
 * @param ipv4Addresses its IPv4 addresses, the primary one first
 * @param ipv6Addresses its IPv6 addresses
 * @param prefixes the prefixes delegated to it, of both families; their addresses are in use and
 *     are not in the two lists
 * @param attachment its attachment; null if it is not attached
 * @param tags its tags
 * @param primaryIpv6Address the IPv6 address that is its primary one, which cannot be unassigned;
 *     null if it has none, as most interfaces
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html">DescribeNetworkInterfaces</a>
 */
public record NetworkInterface(
        String id,
        String subnetId,
        String vpcId,
        String zone,
        String macAddress,
        String description,
        Status status,
        boolean sourceDestCheck,
        List<String> securityGroupIds,
        List<IpAddress> ipv4Addresses,
        List<IpAddress> ipv6Addresses,
        List<Cidr> prefixes,
        @Nullable Attachment attachment,
        Map<String, String> tags,
        @Nullable IpAddress primaryIpv6Address) {

    public NetworkInterface {
        securityGroupIds = List.copyOf(securityGroupIds);
        ipv4Addresses = List.copyOf(ipv4Addresses);
        ipv6Addresses = List.copyOf(ipv6Addresses);
        prefixes = List.copyOf(prefixes);
        tags = Map.copyOf(tags);
    }

    /** A network interface without a primary IPv6 address. */
    public NetworkInterface(
            String id,
            String subnetId,
            String vpcId,
            String zone,
            String macAddress,
            String description,
            Status status,
            boolean sourceDestCheck,
            List<String> securityGroupIds,
            List<IpAddress> ipv4Addresses,
            List<IpAddress> ipv6Addresses,
            List<Cidr> prefixes,
            @Nullable Attachment attachment,
            Map<String, String> tags) {
        this(
                id,
                subnetId,
                vpcId,
                zone,
                macAddress,
                description,
                status,
                sourceDestCheck,
                securityGroupIds,
                ipv4Addresses,
                ipv6Addresses,
                prefixes,
                attachment,
                tags,
                null);
    }

    /** Whether it is attached to that instance, or about to be: not detaching. */
    public boolean isAttachedTo(String instanceId) {
        return attachment != null
                && attachment.instanceId().equals(instanceId)
                && attachment.status() != Attachment.Status.DETACHING
                && attachment.status() != Attachment.Status.DETACHED;
    }

    /**
     * Whether EC2 shows the attachment to that instance as complete: attached, and no longer
     * attaching.
     */
    public boolean isAttachmentComplete(String instanceId) {
        return attachment != null
                && attachment.instanceId().equals(instanceId)
                && attachment.status() == Attachment.Status.ATTACHED;
    }

    /** The primary IPv4 address, or the first IPv6 address of an IPv6-only interface. */
    public Optional<IpAddress> primaryAddress() {
        return individualAddresses().stream().findFirst();
    }

    /** Its IPv4 addresses, then its IPv6 addresses, without the prefixes. */
    public List<IpAddress> individualAddresses() {
        return Stream.concat(ipv4Addresses.stream(), ipv6Addresses.stream()).toList();
    }

    /** Its IPv4 addresses but for the primary one: those that can be moved and unassigned. */
    public List<IpAddress> secondaryIpv4Addresses() {
        return ipv4Addresses.subList(Math.min(1, ipv4Addresses.size()), ipv4Addresses.size());
    }

    /** The IPv4 prefixes delegated to it. */
    public List<Cidr> ipv4Prefixes() {
        return prefixes.stream().filter(Cidr::isIpv4).toList();
    }

    /** The IPv6 prefixes delegated to it. */
    public List<Cidr> ipv6Prefixes() {
        return prefixes.stream().filter(prefix -> !prefix.isIpv4()).toList();
    }

    /** All addresses that others cannot use: primary, secondary, and whole prefixes. */
    public AddressSet addresses() {
        return AddressSet.builder()
                .addAddresses(ipv4Addresses)
                .addAddresses(ipv6Addresses)
                .addBlocks(prefixes)
                .build();
    }

    /**
     * All addresses in use in a subnet: primary, secondary, and in delegated prefixes, of any
     * owner.
     *
     * @param subnetId the subnet
     * @param listing interfaces of that subnet, and perhaps of others, which do not count
     */
    public static AddressSet addressesInUse(String subnetId, List<NetworkInterface> listing) {
        AddressSet.Builder used = AddressSet.builder();
        listing.stream().filter(i -> i.subnetId().equals(subnetId)).forEach(i -> used.add(i.addresses()));
        return used.build();
    }

    /**
     * The status of a network interface. {@code PENDING} is only seen in the answer to its
     * creation. See <a
     * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html">NetworkInterface</a>.
     */
    public enum Status {
        /** Just asked for. */
        PENDING,
        /** There, and not attached: the only status in which it can be attached or deleted. */
        AVAILABLE,
        /** Not attached, with an association of another kind. */
        ASSOCIATED,
        /** On its way to an instance. */
        ATTACHING,
        /** Attached, or still bound while attaching or detaching. */
        IN_USE,
        /** On its way off an instance. */
        DETACHING,
        /** A value that this library does not know. */
        UNKNOWN;

        /** Reads EC2's value, such as {@code in-use}; an unknown value is {@link #UNKNOWN}. */
        public static Status of(String word) {
            return EnumValues.parse(values(), word, UNKNOWN);
        }

        /** EC2's value. */
        @Override
        public String toString() {
            return EnumValues.wordOf(this);
        }
    }
}
