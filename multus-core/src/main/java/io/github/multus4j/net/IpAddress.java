package io.github.multus4j.net;

import java.math.BigInteger;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address: an immutable number of 32 or 128 bits that prints itself in the
 * canonical form of its family (dotted decimal; <a
 * href="https://www.rfc-editor.org/rfc/rfc5952">RFC 5952</a>). Equality and order are numeric, so
 * two spellings of one IPv6 address are equal; every IPv4 address sorts before every IPv6 address.
 * Zone identifiers ({@code fe80::1%eth0}) are not part of an address here.
 */
public final class IpAddress implements Comparable<IpAddress> {

    private static final long LOW_32 = 0xFFFF_FFFFL;

    private final boolean ipv4;
    private final long high;
    private final long low;

    private IpAddress(boolean ipv4, long high, long low) {
        this.ipv4 = ipv4;
        this.high = high;
        this.low = low;
    }

    /** The IPv4 address with the given 32 bits. */
    static IpAddress ofIpv4(long bits) {
        return new IpAddress(true, 0, bits & LOW_32);
    }

    /** The IPv6 address with the given 128 bits. */
    static IpAddress ofIpv6(long high, long low) {
        return new IpAddress(false, high, low);
    }

    /**
     * Reads an address of either family.
     *
     * @throws IllegalArgumentException if the text is no address; the message shows its beginning
     */
    public static IpAddress parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException("not an IP address: '" + IpText.shown(text)
                        + "' (expected something like 10.0.4.4 or 2001:db8::4)"));
    }

    /**
     * Reads an address of either family; empty if the text is none. Host names are never looked up.
     */
    public static Optional<IpAddress> tryParse(String text) {
        return IpText.parse(text).map(bits -> new IpAddress(bits.ipv4(), bits.high(), bits.low()));
    }

    /** Whether it is an IPv4 address. */
    public boolean isIpv4() {
        return ipv4;
    }

    /** Whether it is an IPv6 address, one that embeds an IPv4 address included. */
    public boolean isIpv6() {
        return !ipv4;
    }

    /** The number of bits of the family: 32 or 128. */
    public int bits() {
        return ipv4 ? 32 : 128;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /**
     * The address that many steps further up.
     *
     * @throws ArithmeticException if that leaves the family's range
     */
    public IpAddress plus(BigInteger steps) {
        BigInteger sum = toBigInteger().add(steps);
        if (sum.signum() < 0 || sum.bitLength() > bits()) {
            throw new ArithmeticException(this + " + " + steps + " is outside of the address range");
        }
        return ipv4 ? ofIpv4(sum.longValue()) : ofIpv6(sum.shiftRight(64).longValue(), sum.longValue());
    }

    /** As {@link #plus(BigInteger)}, for small steps. */
    public IpAddress plus(long steps) {
        return plus(BigInteger.valueOf(steps));
    }

    /** The next address up; empty behind the last one of the family. */
    Optional<IpAddress> next() {
        if (ipv4) {
            return low == LOW_32 ? Optional.empty() : Optional.of(ofIpv4(low + 1));
        }
        if (low != -1L) {
            return Optional.of(ofIpv6(high, low + 1));
        }
        return high == -1L ? Optional.empty() : Optional.of(ofIpv6(high + 1, 0));
    }

    /** The address as an unsigned number. */
    public BigInteger toBigInteger() {
        BigInteger lower = unsigned(low);
        return ipv4 ? lower : unsigned(high).shiftLeft(64).or(lower);
    }

    private static BigInteger unsigned(long bits) {
        BigInteger value = BigInteger.valueOf(bits & Long.MAX_VALUE);
        return bits < 0 ? value.setBit(63) : value;
    }

    @Override
    public int compareTo(IpAddress other) {
        if (ipv4 != other.ipv4) {
            return ipv4 ? -1 : 1;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && ipv4 == that.ipv4 && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high) * 31 + Long.hashCode(low) + (ipv4 ? 1 : 0);
    }

    /** The canonical text: dotted decimal, or the shortest lower-case form of RFC 5952. */
    @Override
    public String toString() {
        return ipv4 ? IpText.formatIpv4(low) : IpText.formatIpv6(high, low);
    }
}
