package io.github.multus4j.net;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The textual forms of addresses: RFC 4291 in, RFC 5952 out. */
final class IpText {

    private static final int GROUPS = 8;

    /**
     * The length of {@code ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255}: a longer text is not
     * read.
     */
    private static final int MAX_LENGTH = 45;

    private static final int LONGEST_SHOWN = 80;

    private IpText() {}

    /** The number behind a text: 32 bits in {@code low} for IPv4, 128 bits for IPv6. */
    record Bits(boolean ipv4, long high, long low) {}

    /** Reads an address of either family; empty if the text is none. */
    static Optional<Bits> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return text.indexOf(':') >= 0 ? parseIpv6(text) : parseIpv4(text);
    }

    /**
     * The safe beginning of a text that is no address: only characters that an address could have.
     */
    static String shown(String text) {
        String beginning = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
        return beginning.replaceAll("[^ -~]", "?");
    }

    private static Optional<Bits> parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long bits = 0;
        for (String part : parts) {
            int octet = decimal(part, 255);
            if (octet < 0) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
        }
        return Optional.of(new Bits(true, 0, bits));
    }

    private static Optional<Bits> parseIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::")) {
            return Optional.empty();
        }
        int[] before = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        int[] after = gap < 0 ? new int[0] : groups(text.substring(gap + 2), true);
        if (before == null || after == null) {
            return Optional.empty();
        }
        int given = before.length + after.length;
        if (gap < 0 ? given != GROUPS : given >= GROUPS) {
            return Optional.empty();
        }
        int[] all = new int[GROUPS];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(after, 0, all, GROUPS - after.length, after.length);
        return Optional.of(new Bits(false, join(all, 0), join(all, 4)));
    }

    /**
     * The 16-bit groups of one side of the gap; the last may be two groups written as an IPv4
     * address. Null if malformed.
     */
    private static int @Nullable [] groups(String text, boolean last) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        boolean embedded = last && parts[parts.length - 1].indexOf('.') >= 0;
        int[] groups = new int[parts.length + (embedded ? 1 : 0)];
        int plain = parts.length - (embedded ? 1 : 0);
        for (int i = 0; i < plain; i++) {
            groups[i] = number(parts[i], 16, 4, 0xFFFF);
            if (groups[i] < 0) {
                return null;
            }
        }
        if (embedded) {
            Optional<Bits> tail = parseIpv4(parts[plain]);
            if (tail.isEmpty()) {
                return null;
            }
            long bits = tail.get().low();
            groups[plain] = (int) (bits >>> 16);
            groups[plain + 1] = (int) (bits & 0xFFFF);
        }
        return groups;
    }

    private static long join(int[] groups, int from) {
        long bits = 0;
        for (int i = from; i < from + 4; i++) {
            bits = bits << 16 | groups[i];
        }
        return bits;
    }

    /**
     * A decimal number, or -1. A leading zero reads as octal in some tools and as decimal in
     * others: refused, as by RFC 6943, 3.1.1.
     */
    static int decimal(String text, int maximum) {
        return text.length() > 1 && text.charAt(0) == '0' ? -1 : number(text, 10, 3, maximum);
    }

    /** A number of ASCII digits only, or -1. */
    private static int number(String text, int radix, int maximumDigits, int maximum) {
        if (text.isEmpty() || text.length() > maximumDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value <= maximum ? value : -1;
    }

    static String formatIpv4(long bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }

    static String formatIpv6(long high, long low) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (high >>> (48 - 16 * i) & 0xFFFF);
            groups[i + 4] = (int) (low >>> (48 - 16 * i) & 0xFFFF);
        }
        int start = -1;
        int length = 1; // RFC 5952, 4.2.2: a single zero group is not shortened
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                boolean afterGap = start >= 0 && i == start + length;
                text.append(i == 0 || afterGap ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
