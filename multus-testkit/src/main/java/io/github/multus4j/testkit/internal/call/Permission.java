package io.github.multus4j.testkit.internal.call;

import java.util.Locale;

/**
 * The identity of a security group's rule: two rules that are equal in it are the same.
 *
 * @param egress whether it is for outbound traffic
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6}, a number, or {@code -1}
 *     for all
 * @param fromPort the first port, or the ICMP type; -1 if there is none
 * @param toPort the last port, or the ICMP code; -1 if there is none
 * @param kind the kind of the peer
 * @param peer a block in canonical form, or the id of a security group
 */
public record Permission(boolean egress, String protocol, int fromPort, int toPort, PeerKind kind, String peer) {

    public static final String ALL_PROTOCOLS = "-1";

    /** The kind of a peer: traffic is allowed from it, or to it. */
    public enum PeerKind {
        IPV4,
        IPV6,
        GROUP
    }

    public static Permission allTraffic(boolean egress, PeerKind kind, String peer) {
        return new Permission(egress, ALL_PROTOCOLS, -1, -1, kind, peer);
    }

    /** Whether listings of security groups show its ports. */
    public boolean hasPorts() {
        return protocol.equals("tcp") || protocol.equals("udp") || protocol.equals("icmp") || protocol.equals("icmpv6");
    }

    /** Whether it counts for the limit of that family. */
    public boolean countsFor(PeerKind family) {
        return kind == family || kind == PeerKind.GROUP;
    }

    /** The text of EC2's message about a duplicate. */
    @Override
    public String toString() {
        String traffic = protocol.equals(ALL_PROTOCOLS) ? "ALL" : protocol.toUpperCase(Locale.ROOT);
        String ports = hasPorts() ? ", from port: " + fromPort + ", to port: " + toPort : "";
        return "peer: " + peer + ", " + traffic + ports + ", ALLOW";
    }
}
