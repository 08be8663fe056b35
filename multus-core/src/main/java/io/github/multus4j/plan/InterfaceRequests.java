package io.github.multus4j.plan;

import io.github.multus4j.ec2.CidrReservation;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the request that creates a slot's interface. The same slot, addresses and attempt give the same request and so the same client
 * token, in whichever run or process: EC2 then answers with the interface that is there, and makes no second one.
 */
public final class InterfaceRequests {

    private InterfaceRequests() {}

    /**
     * The request for the slot's interface with the next free addresses.
     *
     * @param spec the wanted state
     * @param slot the slot
     * @param subnet its subnet
     * @param securityGroupIds its groups
     * @param used the addresses in use in the subnet
     * @param reservations the subnet's CIDR reservations
     * @param attempt 0 at first; counted up when the token turns out to belong to an interface that is gone
     * @return the request; empty if the addressing has no address left
     */
    public static Optional<NewNetworkInterface> next(
            NodeGroupSpec spec,
            Slot slot,
            Subnet subnet,
            List<String> securityGroupIds,
            AddressSet used,
            List<CidrReservation> reservations,
            int attempt) {
        if (subnet.cidrs().isEmpty()) {
            return Optional.empty(); // IPv6-only, and its block is not associated yet or not any more
        }
        Optional<AddressAllocation> allocation = spec.addressing().allocation();
        if (allocation.isEmpty()) {
            return Optional.of(
                    request(spec, slot, securityGroupIds, null, List.of(), subnet.hasIpv6() ? 1 : 0, attempt));
        }
        IpAddress ipv4 = null;
        Cidr ipv4Cidr = subnet.ipv4Cidr();
        if (ipv4Cidr != null) {
            Optional<IpAddress> next = allocation.get().next(ipv4Cidr, used, reservations);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            ipv4 = next.get();
        }
        List<IpAddress> ipv6 = new ArrayList<>();
        if (subnet.hasIpv6()) {
            Optional<IpAddress> next = allocation.get().next(subnet.ipv6Cidrs().get(0), used, reservations);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            ipv6.add(next.get());
        }
        return Optional.of(request(spec, slot, securityGroupIds, ipv4, ipv6, 0, attempt));
    }

    private static NewNetworkInterface request(
            NodeGroupSpec spec,
            Slot slot,
            List<String> securityGroupIds,
            @Nullable IpAddress ipv4,
            List<IpAddress> ipv6,
            int ipv6Count,
            int attempt) {
        Map<String, String> tags = new TreeMap<>(spec.interfaceTags());
        tags.putAll(OwnerTags.of(slot.instanceId(), slot.number()));
        String description = spec.description() != null ? spec.description() : "multus4j " + slot;
        List<String> parameters = new ArrayList<>(List.of(
                slot.toString(),
                String.valueOf(ipv4),
                ipv6.toString(),
                Integer.toString(ipv6Count),
                securityGroupIds.toString(),
                description,
                Integer.toString(attempt)));
        tags.forEach((key, value) -> parameters.addAll(List.of(key, value)));
        String token = token(parameters);
        return new NewNetworkInterface(
                slot.subnetId(), ipv4, ipv6, ipv6Count, securityGroupIds, description, tags, token);
    }

    /** A token for exactly these parameters: with others under the same token EC2 would refuse. 64 characters, the most that EC2 takes. */
    private static String token(List<String> parameters) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String parameter : parameters) {
                // With its length in front, so that no text can look like the end of one parameter and the start of the
                // next.
                digest.update((parameter.length() + ":" + parameter).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
