package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.Permission;
import io.github.multus4j.testkit.internal.call.Permission.PeerKind;
import io.github.multus4j.testkit.internal.call.PermissionRequests.GivenPermission;
import io.github.multus4j.testkit.internal.rule.PermissionRule;
import io.github.multus4j.testkit.internal.state.StoredGroup;
import io.github.multus4j.testkit.internal.state.World;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The rules for the form of a security group's rule. */
final class PermissionForm {

    private static final Map<String, String> NAMES = Map.of("6", "tcp", "17", "udp", "1", "icmp", "58", "icmpv6");

    private final World world;
    private final StoredGroup group;

    /** For rules of that group. */
    PermissionForm(World world, StoredGroup group) {
        this.world = world;
        this.group = group;
    }

    /** The rule in its canonical form. */
    Permission read(boolean egress, GivenPermission given) {
        String protocol = protocol(given.protocol());
        String peer = peer(given);
        if (!StoredGroup.VALID_TEXT.matcher(given.description()).matches()) {
            throw PermissionRule.PERMISSION_DESCRIPTION_INVALID.error("Invalid rule description. Valid descriptions are"
                    + " strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
        }
        return switch (protocol) {
            case "tcp", "udp" -> withPorts(egress, protocol, given, peer);
            case "icmp", "icmpv6" -> withTypeAndCode(egress, protocol, given, peer);
            default -> new Permission(egress, protocol, -1, -1, given.kind(), peer);
        };
    }

    private static String protocol(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals(Permission.ALL_PROTOCOLS) || NAMES.containsValue(lower)) {
            return lower;
        }
        if (!lower.matches("[0-9]{1,3}") || Integer.parseInt(lower) > 255) {
            throw PermissionRule.PERMISSION_PROTOCOL_UNKNOWN.error(
                    "Invalid value '" + text + "' for IP protocol. Unknown protocol.");
        }
        String number = String.valueOf(Integer.parseInt(lower));
        return NAMES.getOrDefault(number, number);
    }

    private static Permission withPorts(boolean egress, String protocol, GivenPermission given, String peer) {
        if (given.fromPort() == null || given.toPort() == null) {
            throw portsMissing("TCP/UDP");
        }
        int from = given.fromPort();
        int to = given.toPort();
        for (int port : new int[] {from, to}) {
            if (port < 0 || port > 65535) {
                throw PermissionRule.PERMISSION_PORT_INVALID.error("TCP/UDP port (" + port + ") out of range");
            }
        }
        if (from > to) {
            throw PermissionRule.PERMISSION_PORT_INVALID.error("Invalid TCP/UDP port range (" + from + ":" + to + ")");
        }
        return new Permission(egress, protocol, from, to, given.kind(), peer);
    }

    private static Permission withTypeAndCode(boolean egress, String protocol, GivenPermission given, String peer) {
        boolean absent = given.fromPort() == null && given.toPort() == null;
        if (absent && protocol.equals("icmpv6")) {
            return new Permission(egress, protocol, -1, -1, given.kind(), peer);
        }
        if (given.fromPort() == null || given.toPort() == null) {
            throw portsMissing("ICMP");
        }
        int type = Objects.requireNonNull(given.fromPort());
        int code = Objects.requireNonNull(given.toPort());
        if (type < -1 || type > 255 || code < -1 || code > 255 || (type == -1 && code != -1)) {
            throw PermissionRule.PERMISSION_PORT_INVALID.error("ICMP code (" + code + ") invalid for type " + type);
        }
        return new Permission(egress, protocol, type, code, given.kind(), peer);
    }

    private static Ec2Error portsMissing(String protocol) {
        return PermissionRule.PERMISSION_PORTS_MISSING.error(
                "Invalid value 'Must specify both from and to ports with " + protocol + ".' for portRange.");
    }

    private String peer(GivenPermission given) {
        if (given.kind() != PeerKind.GROUP) {
            return block(given.peer(), given.kind() == PeerKind.IPV4);
        }
        StoredGroup named = world.groups.require(given.peer());
        if (!named.vpcId.equals(group.vpcId)) {
            throw PermissionRule.PERMISSION_GROUP_OF_OTHER_VPC.error(
                    "You have specified two resources that belong to different networks.");
        }
        return named.id;
    }

    /** A block in canonical form. */
    private static String block(String text, boolean ipv4) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = IpAddress.tryParse(slash < 0 ? text : text.substring(0, slash));
        String length = slash < 0 ? "" : text.substring(slash + 1);
        boolean valid = address.isPresent()
                && address.get().isIpv4() == ipv4
                && length.matches("0|[1-9][0-9]{0,2}")
                && Integer.parseInt(length) <= address.get().bits();
        if (!valid) {
            throw PermissionRule.PERMISSION_CIDR_MALFORMED.error("CIDR block " + text + " is malformed");
        }
        return Cidr.containing(address.orElseThrow(), Integer.parseInt(length)).toString();
    }
}
