package io.github.multus4j.ec2;

import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request to CreateNetworkInterface. One call sets everything, so that an interface is never seen
 * without its tags or addresses.
 *
 * @param subnetId the subnet
 * @param ipv4Address the primary IPv4 address; null leaves the choice to EC2 (and means none in an
 *     IPv6-only subnet)
 * @param ipv6Addresses IPv6 addresses asked for by value
 * @param ipv6AddressCount how many IPv6 addresses EC2 is to choose; 0 if {@code ipv6Addresses} is
 *     given or none is wanted
 * @param securityGroupIds one or more security groups
 * @param description at most 255 characters
 * @param tags the tags
 * @param clientToken at most 64 ASCII characters; the same token with the same parameters gives the
 *     same interface again
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html">CreateNetworkInterface</a>
 */
public record NewNetworkInterface(
        String subnetId,
        @Nullable IpAddress ipv4Address,
        List<IpAddress> ipv6Addresses,
        int ipv6AddressCount,
        List<String> securityGroupIds,
        String description,
        Map<String, String> tags,
        String clientToken) {

    public NewNetworkInterface {
        ipv6Addresses = List.copyOf(ipv6Addresses);
        securityGroupIds = List.copyOf(securityGroupIds);
        tags = Map.copyOf(tags);
    }

    /**
     * The requested addresses, the IPv4 address first. Those that EC2 chooses are not known yet.
     */
    public List<IpAddress> requestedAddresses() {
        return Stream.concat(Stream.ofNullable(ipv4Address), ipv6Addresses.stream())
                .toList();
    }
}
