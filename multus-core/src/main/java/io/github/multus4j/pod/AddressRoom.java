package io.github.multus4j.pod;

import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The room for addresses on the interfaces of an instance. The limits are for each interface and
 * family; the primary address counts, and a prefix counts as one.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html">IP
 *     addresses per network interface</a>
 */
final class AddressRoom {

    private final @Nullable InstanceType type;
    private final Map<String, Integer> taken = new HashMap<>();

    /** @param type the limits; null if they are not known */
    AddressRoom(@Nullable InstanceType type) {
        this.type = type;
    }

    /** Takes room for one block, if there is room. */
    boolean take(NetworkInterface networkInterface, Cidr block) {
        String key = networkInterface.id() + block.isIpv4();
        int used = taken.computeIfAbsent(key, first -> used(networkInterface, block.isIpv4()));
        if (type != null && used >= limit(type, block)) {
            return false;
        }
        taken.put(key, used + 1);
        return true;
    }

    /** The message for an interface without room. */
    String full(NetworkInterface networkInterface, Cidr block) {
        return networkInterface.id() + " has as many addresses as "
                + (type == null ? "its type" : type.name() + " allows, " + limit(type, block))
                + ", primary address and planned ones included; use prefixes, or a larger instance type";
    }

    private static int limit(InstanceType type, Cidr block) {
        return block.isIpv4() ? type.ipv4AddressesPerInterface() : type.ipv6AddressesPerInterface();
    }

    private static int used(NetworkInterface networkInterface, boolean ipv4) {
        return (int) Holdings.of(networkInterface).stream()
                .filter(held -> held.isIpv4() == ipv4)
                .count();
    }
}
