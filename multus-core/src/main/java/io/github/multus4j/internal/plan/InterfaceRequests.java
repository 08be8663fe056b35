package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.launch.SubnetAddresses;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.PlannedInterface.Slot;
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
 * Writes the request that creates a slot's interface. Its client token depends on the slot alone:
 * it is the same in every run and process, with any addresses, groups and tags. EC2 makes one
 * interface for a token. It answers the same request with that interface, and a different request
 * with {@code IdempotentParameterMismatch}. So if two runs see different free addresses, only one
 * makes an interface, and the other learns of it (<a
 * href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html">Ensuring
 * idempotency in Amazon EC2 API requests</a>).
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
     * @param attempt 0 at first; incremented when the token's interface turns out to be deleted
     * @return the request; empty if the addressing has no address left
     */
    public static Optional<NewNetworkInterface> next(
            NodeGroupSpec spec,
            Slot slot,
            Subnet subnet,
            List<String> securityGroupIds,
            SubnetAddresses addresses,
            List<CidrReservation> reservations,
            int attempt) {
        if (subnet.cidrs().isEmpty()) {
            return Optional.empty(); // IPv6-only, and its block is not associated at present.
        }
        Optional<AddressAllocation> allocation = spec.addressing().allocation();
        if (allocation.isEmpty()) {
            return Optional.of(
                    request(spec, slot, securityGroupIds, null, List.of(), subnet.hasIpv6() ? 1 : 0, attempt));
        }
        IpAddress ipv4 = null;
        Cidr ipv4Cidr = subnet.ipv4Cidr();
        if (ipv4Cidr != null && !isLeftToEc2(allocation.get(), addresses, ipv4Cidr)) {
            Optional<IpAddress> next = addresses.next(allocation.get(), ipv4Cidr, reservations);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            ipv4 = next.get();
        }
        List<IpAddress> ipv6 = new ArrayList<>();
        int ipv6Count = 0;
        if (subnet.hasIpv6()
                && isLeftToEc2(allocation.get(), addresses, subnet.ipv6Cidrs().get(0))) {
            ipv6Count = 1;
        } else if (subnet.hasIpv6()) {
            Optional<IpAddress> next =
                    addresses.next(allocation.get(), subnet.ipv6Cidrs().get(0), reservations);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            ipv6.add(next.get());
        }
        return Optional.of(request(spec, slot, securityGroupIds, ipv4, ipv6, ipv6Count, attempt));
    }

    /**
     * Whether EC2 chooses the address of that family, because listings do not show the lowest free
     * one. It never chooses for addresses of a reservation or for a custom rule, because EC2 does
     * not know the rule.
     */
    private static boolean isLeftToEc2(AddressAllocation allocation, SubnetAddresses addresses, Cidr block) {
        return allocation instanceof AddressAllocation.LowestFree && addresses.isIncomplete(block);
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
        String token = token(slot, attempt);
        return new NewNetworkInterface(
                slot.subnetId(), ipv4, ipv6, ipv6Count, securityGroupIds, description, tags, token);
    }

    /** 64 characters, the most that EC2 takes. */
    private static String token(Slot slot, int attempt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String text = slot.instanceId() + " " + slot.subnetId() + " " + attempt;
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
