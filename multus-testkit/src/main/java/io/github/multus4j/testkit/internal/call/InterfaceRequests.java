package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls about network interfaces. */
public final class InterfaceRequests {

    private InterfaceRequests() {}

    public record CreateNetworkInterface(
            String subnetId,
            @Nullable String privateIpAddress,
            List<String> secondaryPrivateIpAddresses,
            @Nullable Integer secondaryPrivateIpAddressCount,
            List<String> ipv4Prefixes,
            @Nullable Integer ipv4PrefixCount,
            List<String> ipv6Addresses,
            @Nullable Integer ipv6AddressCount,
            List<String> ipv6Prefixes,
            @Nullable Integer ipv6PrefixCount,
            List<String> groups,
            String description,
            String interfaceType,
            Map<String, String> tags,
            @Nullable String clientToken)
            implements Ec2Request<InterfaceItem> {

        /** Whether it names addresses or prefixes, or counts them. */
        public boolean asksForAddresses() {
            return privateIpAddress != null
                    || Stream.of(secondaryPrivateIpAddresses, ipv4Prefixes, ipv6Addresses, ipv6Prefixes)
                            .anyMatch(values -> !values.isEmpty())
                    || Stream.of(secondaryPrivateIpAddressCount, ipv4PrefixCount, ipv6AddressCount, ipv6PrefixCount)
                            .anyMatch(count -> count != null && count > 0);
        }
    }

    public record DescribeNetworkInterfaces(
            List<String> networkInterfaceIds, List<Filter> filters, boolean includeManagedResources, Page page)
            implements Ec2Request<Listing<InterfaceItem>> {}

    /** Answered with the whole interface; the caller shows the attribute. */
    public record DescribeNetworkInterfaceAttribute(
            String networkInterfaceId, @Nullable String attribute) implements Ec2Request<InterfaceItem> {}

    /** Exactly one of the nullable parameters may be given. */
    public record ModifyNetworkInterfaceAttribute(
            String networkInterfaceId,
            @Nullable String description,
            @Nullable List<String> groups,
            @Nullable Boolean sourceDestCheck,
            @Nullable AttachmentChange attachment)
            implements Ec2Request<Boolean> {}

    public record AttachNetworkInterface(
            String networkInterfaceId, String instanceId, int deviceIndex, int networkCardIndex)
            implements Ec2Request<Attached> {}

    public record DetachNetworkInterface(String attachmentId, boolean force) implements Ec2Request<Boolean> {}

    public record DeleteNetworkInterface(String networkInterfaceId) implements Ec2Request<Boolean> {}

    public record AssignPrivateIpAddresses(
            String networkInterfaceId,
            List<String> privateIpAddresses,
            @Nullable Integer secondaryPrivateIpAddressCount,
            List<String> ipv4Prefixes,
            @Nullable Integer ipv4PrefixCount,
            boolean allowReassignment)
            implements Ec2Request<AssignedIpv4> {}

    public record UnassignPrivateIpAddresses(
            String networkInterfaceId, List<String> privateIpAddresses, List<String> ipv4Prefixes)
            implements Ec2Request<Boolean> {}

    public record AssignIpv6Addresses(
            String networkInterfaceId,
            List<String> ipv6Addresses,
            @Nullable Integer ipv6AddressCount,
            List<String> ipv6Prefixes,
            @Nullable Integer ipv6PrefixCount)
            implements Ec2Request<ChangedIpv6> {}

    public record UnassignIpv6Addresses(
            String networkInterfaceId, List<String> ipv6Addresses, List<String> ipv6Prefixes)
            implements Ec2Request<ChangedIpv6> {}

    /** The part of ModifyNetworkInterfaceAttribute that is about the attachment. */
    public record AttachmentChange(
            @Nullable String attachmentId, @Nullable Boolean deleteOnTermination) {}

    /** The answer to AttachNetworkInterface. */
    public record Attached(String attachmentId, int networkCardIndex) {}

    /** The answer to AssignPrivateIpAddresses: the new addresses and prefixes. */
    public record AssignedIpv4(String networkInterfaceId, List<IpAddress> addresses, List<Cidr> prefixes) {}

    /**
     * The answer to AssignIpv6Addresses and UnassignIpv6Addresses: the new or removed addresses and
     * prefixes.
     */
    public record ChangedIpv6(String networkInterfaceId, List<IpAddress> addresses, List<Cidr> prefixes) {}
}
