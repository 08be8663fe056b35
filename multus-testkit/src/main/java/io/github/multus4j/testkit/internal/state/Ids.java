package io.github.multus4j.testkit.internal.state;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** Ids, MAC addresses and tokens in EC2's forms: unique, and the same again for the same seed. */
public final class Ids {

    private static final HexFormat HEX = HexFormat.of();

    private final SplittableRandom random;
    private final Set<String> given = new HashSet<>();

    Ids(SplittableRandom random) {
        this.random = random;
    }

    /** A new id, such as {@code eni-0123456789abcdef0}: seventeen hexadecimal digits. */
    public String next(String prefix) {
        String id;
        do {
            id = prefix + "-0" + HEX.toHexDigits(random.nextLong());
        } while (!given.add(id));
        return id;
    }

    /**
     * Whether it is of the form of such ids: the prefix and eight or seventeen hexadecimal digits.
     */
    public static boolean isWellFormed(String prefix, String id) {
        int digits = id.length() - prefix.length() - 1;
        return (digits == 8 || digits == 17)
                && id.startsWith(prefix)
                && id.charAt(prefix.length()) == '-'
                && id.chars()
                        .skip(prefix.length() + 1L)
                        .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** A new unicast, locally administered MAC address, as Amazon's are. */
    public String nextMac() {
        String mac;
        do {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "02" : "0a");
            for (int i = 0; i < 5; i++) {
                text.append(':').append(HEX.toHexDigits((byte) random.nextInt(256)));
            }
            mac = text.toString();
        } while (!given.add(mac));
        return mac;
    }

    /** A new token of 36 characters. */
    public String nextToken() {
        return new UUID(
                        (random.nextLong() & ~0xF000L) | 0x4000L,
                        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L)
                .toString();
    }
}
