package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Subnet;
import java.util.List;

/** A subnet as the API shows it: the core's noun, and further attributes of the API. */
public record SubnetItem(
        Subnet subnet,
        List<CidrAssociation> ipv6Associations,
        long availableIpAddressCount,
        boolean assignIpv6AddressOnCreation,
        boolean mapPublicIpOnLaunch,
        boolean ipv6Native) {

    public SubnetItem {
        ipv6Associations = List.copyOf(ipv6Associations);
    }
}
