package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.rule.AddressRule;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.StoredReservation;
import io.github.multus4j.testkit.internal.state.StoredSubnet;
import io.github.multus4j.testkit.internal.state.World;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one subnet during one call: free addresses, allowed requests, and EC2's choice.
 * Addresses that the call has taken count as used.
 */
public final class AddressSpace {

    private static final int IPV4_PREFIX = 28;
    private static final int IPV6_PREFIX = 80;
    private static final int TRIES = 32;

    private final World world;
    private final StoredSubnet subnet;
    private final Subnet shown;
    private AddressSet used;

    public AddressSpace(World world, StoredSubnet subnet) {
        this.world = world;
        this.subnet = subnet;
        this.shown = subnet.subnet();
        AddressSet.Builder builder = AddressSet.builder().add(shown.reservedAddresses());
        interfaces().forEach(i -> builder.add(i.addresses()));
        this.used = builder.build();
    }

    private Stream<StoredInterface> interfaces() {
        return world.interfaces.all().stream().filter(i -> i.subnet == subnet);
    }

    /** The interface that uses the address. */
    Optional<StoredInterface> owner(IpAddress address) {
        return interfaces().filter(i -> i.uses(address)).findFirst();
    }

    /** The value of AvailableIpAddressCount: IPv4 only, CIDR reservations not deducted. */
    long free() {
        Cidr block = shown.ipv4Cidr();
        return block == null ? 0 : used.countAbsent(block).longValueExact();
    }

    /** Reads a requested address: well formed, in the subnet, not EC2's own. It may be in use. */
    IpAddress read(String text, boolean ipv4) {
        checkFamily(ipv4);
        IpAddress address = IpAddress.tryParse(text)
                .filter(a -> a.isIpv4() == ipv4)
                .orElseThrow(() ->
                        AddressRule.ADDRESS_MALFORMED.error("invalid value for parameter address: [" + text + "]"));
        if (blocks(ipv4).noneMatch(block -> block.contains(address))) {
            throw AddressRule.ADDRESS_OUTSIDE_SUBNET.error(
                    "Address " + address + " does not fall within the subnet's address range");
        }
        if (shown.reservedAddresses().contains(address)) {
            throw AddressRule.ADDRESS_RESERVED.error("invalid value for parameter address: [" + text
                    + "]: the address is in the subnet's reserved address range");
        }
        return address;
    }

    /** The address if {@link #read} would take it; empty if not. */
    Optional<IpAddress> usable(String text, boolean ipv4) {
        checkFamily(ipv4);
        return IpAddress.tryParse(text)
                .filter(address -> blocks(ipv4).anyMatch(block -> block.contains(address)))
                .filter(address -> !shown.reservedAddresses().contains(address));
    }

    /** Takes a requested address. */
    IpAddress take(String text, boolean ipv4) {
        IpAddress address = read(text, ipv4);
        if (used.contains(address)) {
            throw AddressRule.ADDRESS_IN_USE.error("Address " + address + " is in use");
        }
        used = used.plus(address);
        return address;
    }

    /** Takes an address of EC2's choice. */
    IpAddress choose(boolean ipv4) {
        checkFamily(ipv4);
        AddressSet closed = used.union(reserved(null));
        for (Cidr block : blocks(ipv4).toList()) {
            Optional<IpAddress> chosen = atRandom(block, closed).or(() -> closed.lowestAbsent(block));
            if (chosen.isPresent()) {
                used = used.plus(chosen.get());
                return chosen.get();
            }
        }
        throw AddressRule.SUBNET_FULL.error(
                "The specified subnet '" + subnet.id + "' does not have enough free addresses to satisfy the request.");
    }

    /** The highest IPv4 address that is free and not set aside; null if there is none. */
    @Nullable
    public IpAddress highestFree() {
        Cidr block = shown.ipv4Cidr();
        if (block == null) {
            return null;
        }
        AddressSet closed = used.union(reserved(null));
        IpAddress candidate = block.last();
        while (block.contains(candidate) && closed.contains(candidate)) {
            candidate = candidate.plus(-1);
        }
        return block.contains(candidate) ? candidate : null;
    }

    /** Takes a requested prefix. */
    Cidr takePrefix(String text, boolean ipv4) {
        checkFamily(ipv4);
        Cidr prefix = Cidr.tryParse(text)
                .filter(p -> p.isIpv4() == ipv4 && p.prefixLength() == prefixLength(ipv4))
                .filter(p -> blocks(ipv4).anyMatch(block -> block.contains(p)))
                .orElseThrow(() -> AddressRule.PREFIX_MALFORMED.error("invalid value for parameter prefix: [" + text
                        + "]: expecting a /" + prefixLength(ipv4) + " of the subnet"));
        if (!isFree(prefix, used)) {
            throw AddressRule.PREFIX_IN_USE.error("Address " + prefix + " is in use");
        }
        used = used.union(AddressSet.of(prefix));
        return prefix;
    }

    /**
     * Takes a prefix of EC2's choice: from a {@code prefix} reservation if there is one, else from
     * the unreserved part.
     */
    Cidr choosePrefix(boolean ipv4) {
        checkFamily(ipv4);
        AddressSet closed = used.union(reserved("explicit"));
        Stream<Cidr> reserved = reservations()
                .filter(r -> r.type.equals("prefix") && r.cidr.isIpv4() == ipv4)
                .map(r -> r.cidr);
        Cidr chosen = Stream.concat(reserved, blocks(ipv4))
                .flatMap(block -> firstFree(block, prefixLength(ipv4), closed).stream())
                .findFirst()
                .orElseThrow(() -> AddressRule.PREFIXES_EXHAUSTED.error("The specified subnet '" + subnet.id
                        + "' does not have enough free cidr blocks to satisfy the request."));
        used = used.union(AddressSet.of(chosen));
        return chosen;
    }

    private static Optional<Cidr> firstFree(Cidr block, int length, AddressSet closed) {
        if (block.prefixLength() > length) {
            return Optional.empty();
        }
        BigInteger step = BigInteger.ONE.shiftLeft(block.first().bits() - length);
        Optional<IpAddress> candidate = closed.lowestAbsent(block);
        while (candidate.isPresent()) {
            Cidr prefix = Cidr.containing(candidate.get(), length);
            if (isFree(prefix, closed)) {
                return Optional.of(prefix);
            }
            candidate = prefix.last().equals(block.last())
                    ? Optional.empty()
                    : Optional.of(prefix.first().plus(step));
        }
        return Optional.empty();
    }

    private static boolean isFree(Cidr prefix, AddressSet closed) {
        return closed.countAbsent(prefix).equals(prefix.size());
    }

    private Optional<IpAddress> atRandom(Cidr block, AddressSet closed) {
        for (int i = 0; i < TRIES; i++) {
            BigInteger offset = new BigInteger(1, bytes(16)).mod(block.size());
            IpAddress candidate = block.first().plus(offset);
            if (!closed.contains(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) world.random.nextInt();
        }
        return bytes;
    }

    private Stream<StoredReservation> reservations() {
        return world.reservations.all().stream().filter(r -> r.subnetId.equals(subnet.id));
    }

    private AddressSet reserved(@Nullable String type) {
        List<Cidr> blocks = reservations()
                .filter(r -> type == null || r.type.equals(type))
                .map(r -> r.cidr)
                .toList();
        return AddressSet.builder().addBlocks(blocks).build();
    }

    private void checkFamily(boolean ipv4) {
        if (ipv4 && !shown.hasIpv4()) {
            throw AddressRule.ADDRESS_IPV4_WITHOUT_BLOCK.error(
                    "The subnet '" + subnet.id + "' is IPv6-only: it has no IPv4 addresses");
        }
        if (!ipv4 && !shown.hasIpv6()) {
            throw AddressRule.ADDRESS_IPV6_WITHOUT_BLOCK.error(
                    "The subnet '" + subnet.id + "' does not have an IPv6 CIDR block associated with it");
        }
    }

    private Stream<Cidr> blocks(boolean ipv4) {
        return shown.cidrs().stream().filter(block -> block.isIpv4() == ipv4);
    }

    private static int prefixLength(boolean ipv4) {
        return ipv4 ? IPV4_PREFIX : IPV6_PREFIX;
    }
}
