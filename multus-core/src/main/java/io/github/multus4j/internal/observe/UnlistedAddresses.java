package io.github.multus4j.internal.observe;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.launch.AddressByRank;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.net.IpAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses that EC2 has refused to a run of this process although no listing shows an
 * interface that has them. In a subnet that another account shares, a listing shows the interfaces
 * of one's own account only (<a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html">responsibilities
 * and permissions for owners and participants</a>). The other runs skip these addresses while there
 * are others. Thread-safe.
 */
public final class UnlistedAddresses {

    private final Clock clock;
    private final Map<String, Map<IpAddress, Instant>> bySubnet = new HashMap<>();

    public UnlistedAddresses(Clock clock) {
        this.clock = clock;
    }

    /**
     * Records that EC2 has refused an address without an explanation by the subnet's interfaces.
     */
    public synchronized void refused(String subnetId, IpAddress address) {
        bySubnet.computeIfAbsent(subnetId, id -> new HashMap<>())
                .put(address, clock.instant().plus(Timing.REFUSAL_TIME_TO_LIVE));
    }

    /** Forgets addresses that a listing shows: they were listed late. */
    public synchronized void seen(List<NetworkInterface> interfaces) {
        if (bySubnet.isEmpty()) {
            return;
        }
        for (NetworkInterface each : interfaces) {
            Map<IpAddress, Instant> refused = bySubnet.get(each.subnetId());
            if (refused != null) {
                refused.keySet().removeIf(each.addresses()::contains);
            }
        }
    }

    /** The remembered addresses of one subnet. */
    public synchronized Collection<IpAddress> of(String subnetId) {
        Map<IpAddress, Instant> refused = bySubnet.get(subnetId);
        if (refused == null) {
            return List.of();
        }
        Instant now = clock.instant();
        refused.values().removeIf(until -> !until.isAfter(now));
        if (refused.isEmpty()) {
            bySubnet.remove(subnetId);
        }
        return List.copyOf(refused.keySet());
    }

    /** The same as claims of an unknown owner. */
    public Map<IpAddress, String> asClaims(String subnetId) {
        Map<IpAddress, String> claims = new HashMap<>();
        of(subnetId).forEach(address -> claims.put(address, AddressByRank.UNKNOWN_OWNER));
        return claims;
    }
}
