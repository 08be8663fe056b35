package io.github.multus4j.pod;

import io.github.multus4j.net.Cidr;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One address or prefix that a living Pod wants on an interface of its node.
 *
 * @param pod the Pod
 * @param node the Pod's node
 * @param network the network, {@code namespace/name} of a NetworkAttachmentDefinition
 * @param block the address as a {@code /32} or {@code /128}, or the prefix: {@code /28} or
 *     {@code /80}
 * @param macAddress the MAC address of the interface, in lower case; null if the claim does not
 *     tell. Interfaces of ipvlan and host-device have the MAC address of the network interface
 * @param deviceIndex the device index of the interface, on any network card; null if the claim does
 *     not tell
 * @param standing the weight of the claim against others of the same address
 * @param since the time of the Pod's creation
 */
public record Claim(
        Pod.Ref pod,
        String node,
        String network,
        Cidr block,
        @Nullable String macAddress,
        @Nullable Integer deviceIndex,
        Standing standing,
        Instant since) {

    /** Older Pods first, then by UID and block: the same order in every process. */
    public static final Comparator<Claim> OLDEST_FIRST = Comparator.comparing(Claim::since)
            .thenComparing(claim -> claim.pod().uid())
            .thenComparing(Claim::block);

    /**
     * Checks the claim.
     *
     * @throws IllegalArgumentException if it tells no interface, or its block can be neither an
     *     address nor a prefix of an interface
     */
    public Claim {
        if (macAddress == null && deviceIndex == null) {
            throw new IllegalArgumentException(
                    "a claim of " + block + " for " + pod + " needs a MAC address or a device index");
        }
        if (!canBeClaimed(block)) {
            throw new IllegalArgumentException(
                    "a claim of " + block + " for " + pod + ": expected one address, or a prefix of /28 or /80");
        }
    }

    /**
     * Whether EC2 can assign the block to an interface: one address, or a prefix of the length of
     * its family.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html">Prefix
     *     delegation</a>
     */
    static boolean canBeClaimed(Cidr block) {
        return block.isSingleAddress() || block.prefixLength() == (block.isIpv4() ? 28 : 80);
    }

    /** The weight of a claim. */
    public enum Standing {
        /** The address is the Pod's own as long as the Pod lives. */
        FIXED,
        /** A floating address, and the application has selected this Pod as its holder. */
        SELECTED,
        /** A floating address, and this Pod waits to be selected. */
        STANDBY
    }

    /** Whether the address is to be on the interface now. */
    public boolean isActive() {
        return standing != Standing.STANDBY;
    }

    /** Whether it is a prefix, and not one address. */
    public boolean isPrefix() {
        return !block.isSingleAddress();
    }

    /** The address, or the prefix with its length. */
    public String address() {
        return isPrefix() ? block.toString() : block.first().toString();
    }

    /** {@code 10.0.4.50 of core/amf-0 (uid) on core/n2}. */
    @Override
    public String toString() {
        return address() + " of " + pod + " on " + network;
    }
}
