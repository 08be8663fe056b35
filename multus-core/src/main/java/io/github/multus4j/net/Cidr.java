package io.github.multus4j.net;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A CIDR block of either family, such as {@code 10.0.4.0/24} or {@code 2001:db8::/56}: the network
 * address and the prefix length. Host bits are always zero. A {@code /32} (or {@code /128}) holds
 * one address, {@code /0} all of them.
 */
public final class Cidr implements Comparable<Cidr> {

    private final IpAddress first;
    private final int prefixLength;

    private Cidr(IpAddress first, int prefixLength) {
        this.first = first;
        this.prefixLength = prefixLength;
    }

    /**
     * Reads a block, strictly: a prefix length is required and the host bits must be zero.
     *
     * @throws IllegalArgumentException if the text is no such block; the message has the reason
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw notABlock(text, "expected something like 10.0.4.0/24");
        }
        IpAddress address = IpAddress.tryParse(text.substring(0, slash))
                .orElseThrow(() -> notABlock(text, "no address before the slash"));
        int length = IpText.decimal(text.substring(slash + 1), address.bits());
        if (length < 0) {
            throw notABlock(text, "prefix length must be 0 to " + address.bits());
        }
        Cidr block = containing(address, length);
        if (!block.first.equals(address)) {
            throw notABlock(text, "host bits are set; the block is " + block);
        }
        return block;
    }

    private static IllegalArgumentException notABlock(String text, String why) {
        return new IllegalArgumentException("not a CIDR block: '" + IpText.shown(text) + "' (" + why + ")");
    }

    /** As {@link #parse}, but empty where that would fail. */
    public static Optional<Cidr> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The block of that prefix length in which the address lies.
     *
     * @throws IllegalArgumentException if the length does not fit the address' family
     */
    public static Cidr containing(IpAddress address, int prefixLength) {
        if (prefixLength < 0 || prefixLength > address.bits()) {
            throw new IllegalArgumentException(
                    "prefix length " + prefixLength + " of " + address + " must be 0 to " + address.bits());
        }
        if (address.isIpv4()) {
            return new Cidr(IpAddress.ofIpv4(address.low() & ~ones(32 - prefixLength)), prefixLength);
        }
        int host = 128 - prefixLength;
        return new Cidr(
                IpAddress.ofIpv6(
                        address.high() & ~ones(Math.max(0, host - 64)), address.low() & ~ones(Math.min(64, host))),
                prefixLength);
    }

    private static long ones(int count) {
        return count == 64 ? -1L : (1L << count) - 1;
    }

    /** The block of one address: {@code /32}, or {@code /128}. */
    public static Cidr of(IpAddress address) {
        return new Cidr(address, address.bits());
    }

    /** Whether it has one address only. */
    public boolean isSingleAddress() {
        return prefixLength == first.bits();
    }

    /** The lowest address: the network address. */
    public IpAddress first() {
        return first;
    }

    /** The highest address; in IPv4 the broadcast address. */
    public IpAddress last() {
        int host = first.bits() - prefixLength;
        return first.isIpv4()
                ? IpAddress.ofIpv4(first.low() | ones(host))
                : IpAddress.ofIpv6(first.high() | ones(Math.max(0, host - 64)), first.low() | ones(Math.min(64, host)));
    }

    /** The number after the slash. */
    public int prefixLength() {
        return prefixLength;
    }

    /** Whether it is a block of IPv4 addresses. */
    public boolean isIpv4() {
        return first.isIpv4();
    }

    /** The number of addresses, both ends included. */
    public BigInteger size() {
        return BigInteger.ONE.shiftLeft(first.bits() - prefixLength);
    }

    /** Whether the address lies in this block; false for one of the other family. */
    public boolean contains(IpAddress address) {
        return address.isIpv4() == isIpv4() && first.compareTo(address) <= 0 && address.compareTo(last()) <= 0;
    }

    /** Whether all of the other block lies in this one. */
    public boolean contains(Cidr other) {
        return contains(other.first) && other.prefixLength >= prefixLength;
    }

    /** Whether the two have an address in common. */
    public boolean overlaps(Cidr other) {
        return contains(other.first) || other.contains(first);
    }

    @Override
    public int compareTo(Cidr other) {
        int byAddress = first.compareTo(other.first);
        return byAddress != 0 ? byAddress : Integer.compare(prefixLength, other.prefixLength);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr that && first.equals(that.first) && prefixLength == that.prefixLength;
    }

    @Override
    public int hashCode() {
        return first.hashCode() * 31 + prefixLength;
    }

    @Override
    public String toString() {
        return first + "/" + prefixLength;
    }
}
