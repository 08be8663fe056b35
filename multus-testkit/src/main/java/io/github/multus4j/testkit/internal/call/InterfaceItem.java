package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.net.Cidr;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network interface as the API shows it: the core's noun, and further attributes of the API.
 *
 * @param networkInterface the core's noun; its attachment has an empty id where EC2 hides it
 * @param groups its security groups with their names
 * @param ipv4Prefixes delegated IPv4 prefixes
 * @param ipv6Prefixes delegated IPv6 prefixes
 * @param interfaceType {@code interface}, {@code efa} …
 * @param managed whether an AWS service manages it ({@code operator.managed})
 * @param attachTime when it was attached; null if it is not
 */
public record InterfaceItem(
        NetworkInterface networkInterface,
        List<SecurityGroup> groups,
        List<Cidr> ipv4Prefixes,
        List<Cidr> ipv6Prefixes,
        String interfaceType,
        boolean managed,
        @Nullable Instant attachTime) {

    public InterfaceItem {
        groups = List.copyOf(groups);
        ipv4Prefixes = List.copyOf(ipv4Prefixes);
        ipv6Prefixes = List.copyOf(ipv6Prefixes);
    }
}
