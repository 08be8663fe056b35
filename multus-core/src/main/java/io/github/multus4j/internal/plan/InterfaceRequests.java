package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.launch.AddressByRank;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.PlannedInterface.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the request that creates a slot's interface, with its {@linkplain ClientToken client
 * token} and its {@linkplain OwnerTags owner tags}.
 */
public final class InterfaceRequests {

    private InterfaceRequests() {}

    /**
     * The request for the slot's interface with the next free addresses.
     *
     * @param spec the configuration
     * @param slot the slot
     * @param subnet its subnet
     * @param securityGroupIds its groups
     * @param addresses the subnet's addresses, as the instance sees them
     * @param reservations the subnet's CIDR reservations
     * @param attempt the number of the client token, see {@link ClientToken}
     * @return the request; empty if the addressing has no address left
     */
    public static Optional<NewNetworkInterface> next(
            NodeGroupSpec spec,
            Slot slot,
            Subnet subnet,
            List<String> securityGroupIds,
            AddressByRank addresses,
            List<CidrReservation> reservations,
            int attempt) {
        if (subnet.cidrs().isEmpty()) {
            return Optional.empty(); // IPv6-only, and its block is not associated at present.
        }
        AddressAllocation allocation = spec.addressing().allocation().orElse(null);
        Cidr block = subnet.ipv4Cidr();
        Optional<IpAddress> ipv4 = Optional.empty();
        if (allocation != null && block != null && !addresses.isLeftToEc2(spec.addressing(), block)) {
            ipv4 = addresses.next(allocation, block, reservations);
            if (ipv4.isEmpty()) {
                return Optional.empty();
            }
        }
        IpAddress address = ipv4.orElse(null);
        return Ipv6Assignment.of(spec.addressing(), subnet, addresses, reservations)
                .map(ipv6 -> request(spec, slot, securityGroupIds, address, ipv6, attempt));
    }

    private static NewNetworkInterface request(
            NodeGroupSpec spec,
            Slot slot,
            List<String> securityGroupIds,
            @Nullable IpAddress ipv4,
            Ipv6Assignment ipv6,
            int attempt) {
        Map<String, String> tags = new TreeMap<>(spec.interfaceTags());
        tags.putAll(OwnerTags.of(slot.instanceId(), slot.number()));
        String description = spec.description() != null ? spec.description() : "multus4j " + slot;
        String token = ClientToken.of(slot, attempt);
        return new NewNetworkInterface(
                slot.subnetId(), ipv4, ipv6.addresses(), ipv6.count(), securityGroupIds, description, tags, token);
    }
}
