package io.github.multus4j.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv6.IPv6Address;
import io.github.multus4j.Seeds;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    /** As strict as RFC 4291 and RFC 6943 together. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowAll(false)
            .allowEmpty(false)
            .allowMask(false)
            .allowPrefix(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .allowUnlimitedLeadingZeros(false)
            .allowBinary(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBase85(false)
            .allowBinary(false)
            .allowUnlimitedLeadingZeros(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getEmbeddedIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .allowUnlimitedLeadingZeros(false)
            .allowBinary(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getEmbeddedIPv4AddressParentBuilder()
            .getParentBuilder()
            .toParams();

    @ParameterizedTest
    @CsvSource({
        // RFC 5952, sections 1 to 4
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8::AAAA, 2001:db8::aaaa",
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
        "2001:db8:0000:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        // the ends of the range, and gaps at the ends of the text
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "0:0:1:0:0:0:0:0, 0:0:1::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "::10.0.4.4, ::a00:404",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "10.0.4.4, 10.0.4.4"
    })
    void parse_anySpelling_printsTheCanonicalOne(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical).isEqualTo(IpAddress.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                ":",
                "::.",
                ":::",
                "1:::2",
                "::1::",
                ":1::2:",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "256.0.0.1",
                "1.2.3.04",
                "01.2.3.4",
                "0x1.2.3.4",
                "1.2.3.-4",
                "+1.2.3.4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4/32",
                "1,2,3,4",
                "\u0661.2.3.4",
                "\uff11.2.3.4",
                "1.2.3.4\n",
                "1.2.3.4\u0000",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "1::2:3:4:5:6:7:8",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "12345::",
                "00001::",
                "g::",
                "::g",
                "-1::",
                "::1.2.3",
                "::1.2.3.256",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "fe80::1%eth0",
                "[::1]",
                "::1/128",
                "::\u0661",
                "localhost",
                "example.com",
                "1.2.3.4:80",
                "2001:db8::1\r\nINFO forged"
            })
    void tryParse_malformed_isEmpty(String text) {
        assertThat(IpAddress.tryParse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ":", "::", "1.", "a:", "0", "\u0000", "\ud800"})
    void parse_veryLongText_isRefusedInOneShortLine(String piece) {
        String text = piece.repeat(1_000_000);

        assertThat(IpAddress.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("not an IP address: '")
                .hasSizeLessThan(200)
                .matches("[ -~]*");
    }

    @Test
    void parse_hostileText_isNotRepeatedRaw() {
        assertThatThrownBy(() -> IpAddress.parse("10.0.0.1\nERROR forged \u001b[31m\u202e"))
                .hasMessageStartingWith("not an IP address: '10.0.0.1?ERROR forged ?[31m?'");
    }

    @Test
    void parseAndPrint_randomAddresses_agreeWithOtherLibraries() {
        Seeds.forEachOf(5_000, random -> {
            IPAddress theirs = someAddress(random);
            IpAddress ours = IpAddress.parse(theirs.toNormalizedString());

            assertThat(ours.toString()).isEqualTo(theirs.toCanonicalString());
            assertThat(ours.toBigInteger()).isEqualTo(theirs.getValue());
            assertThat(ours.isIpv4()).isEqualTo(theirs.isIPv4());
            assertThat(ours.isIpv6()).isEqualTo(theirs.isIPv6());
            assertThat(spellings(theirs))
                    .allSatisfy(text -> assertThat(IpAddress.parse(text))
                            .as(text)
                            .isEqualTo(ours)
                            .hasSameHashCodeAs(ours));
            assertThat(new BigInteger(1, bytesOfJdk(ours.toString()))).isEqualTo(ours.toBigInteger());
        });
    }

    private static Stream<String> spellings(IPAddress address) {
        Stream<String> plain =
                Stream.of(address.toCanonicalString(), address.toNormalizedString(), address.toCompressedString());
        return address instanceof IPv6Address v6
                ? Stream.concat(
                        plain,
                        Stream.of(
                                v6.toFullString(),
                                v6.toMixedString(),
                                v6.toFullString().toUpperCase(Locale.ROOT)))
                : plain;
    }

    /** The JDK turns mapped IPv4 addresses into IPv4 ones; their numbers are still equal. */
    private static byte[] bytesOfJdk(String text) {
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            boolean mapped = bytes.length == 4 && text.indexOf(':') >= 0;
            return mapped
                    ? new BigInteger(1, bytes)
                            .or(BigInteger.valueOf(0xFFFFL << 32))
                            .toByteArray()
                    : bytes;
        } catch (UnknownHostException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void tryParse_randomlyBrokenText_judgesAsAnotherLibrary() {
        Seeds.forEachOf(20_000, random -> {
            String text = broken(random);
            Optional<String> theirs = canonicalByOtherLibrary(text);

            assertThat(IpAddress.tryParse(text).map(IpAddress::toString))
                    .as("'%s'", text)
                    .isEqualTo(theirs);
        });
    }

    private static Optional<String> canonicalByOtherLibrary(String text) {
        try {
            return Optional.of(new IPAddressString(text, STRICT).toAddress()).map(IPAddress::toCanonicalString);
        } catch (AddressStringException e) {
            return Optional.empty();
        }
    }

    private static String broken(RandomGenerator random) {
        IPAddress address = someAddress(random);
        List<String> texts = spellings(address).toList();
        StringBuilder text = new StringBuilder(texts.get(random.nextInt(texts.size())));
        String letters = "0123456789abcdefABCDEF::..g";
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            char letter = letters.charAt(random.nextInt(letters.length()));
            if (random.nextBoolean() || at == text.length()) {
                text.insert(at, letter);
            } else if (random.nextBoolean()) {
                text.deleteCharAt(at);
            } else {
                text.setCharAt(at, letter);
            }
        }
        return text.toString();
    }

    /** Of either family, with many zeros. */
    private static IPAddress someAddress(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(3) == 0 ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(2) == 0 ? 0 : (byte) random.nextInt(256);
        }
        return new IPAddressGenerator().from(bytes);
    }

    @Test
    void compareTo_bothFamilies_ordersByNumberWithIpv4First() {
        List<String> ascending = List.of(
                "0.0.0.0",
                "9.255.255.255",
                "10.0.0.0",
                "127.255.255.255",
                "128.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:ffff:ffff:ffff",
                "0:0:0:1::",
                "7fff::",
                "8000::",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        List<IpAddress> addresses = ascending.stream().map(IpAddress::parse).toList();

        assertThat(addresses).isSorted();
        for (int i = 0; i < addresses.size(); i++) {
            for (int j = 0; j < addresses.size(); j++) {
                assertThat(Integer.signum(addresses.get(i).compareTo(addresses.get(j))))
                        .isEqualTo(Integer.compare(i, j));
                assertThat(addresses.get(i).equals(addresses.get(j))).isEqualTo(i == j);
            }
        }
    }

    @Test
    void equals_sameNumberInTheOtherFamily_differs() {
        assertThat(IpAddress.parse("10.0.4.4")).isNotEqualTo(IpAddress.parse("::10.0.4.4"));
        assertThat(IpAddress.parse("10.0.4.4")).isNotEqualTo(IpAddress.parse("::ffff:10.0.4.4"));
        assertThat(IpAddress.parse("0.0.0.0").toBigInteger())
                .isEqualTo(IpAddress.parse("::").toBigInteger());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, 1, 10.0.0.1",
        "10.0.0.255, 1, 10.0.1.0",
        "10.0.1.0, -1, 10.0.0.255",
        "127.255.255.255, 1, 128.0.0.0",
        "0.0.0.0, 4294967295, 255.255.255.255",
        "::ffff:ffff:ffff:ffff, 1, 0:0:0:1::",
        "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 1, 8000::",
        "::, 340282366920938463463374607431768211455, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void plus_acrossGroups_carries(String from, BigInteger steps, String to) {
        assertThat(IpAddress.parse(from).plus(steps)).isEqualTo(IpAddress.parse(to));
    }

    @ParameterizedTest
    @CsvSource({"255.255.255.255, 1", "0.0.0.0, -1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 1", "::, -1"})
    void plus_outOfTheFamilysRange_isRefused(String from, long steps) {
        IpAddress address = IpAddress.parse(from);

        assertThatThrownBy(() -> address.plus(steps))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining(address.toString());
    }

    /**
     * Thousands of used addresses are looked up in hash sets: neighbours must not share a bucket.
     */
    @Test
    void hashCode_neighbours_differ() {
        for (String first : List.of("10.0.0.0", "2001:db8::", "2001:db8:0:1::")) {
            Set<Integer> hashes = new HashSet<>();
            for (IpAddress address = IpAddress.parse(first); hashes.size() < 1_000; address = address.plus(1)) {
                assertThat(hashes.add(address.hashCode()))
                        .as("hash of %s", address)
                        .isTrue();
            }
        }
    }

    @Test
    void hashCode_subnetsOfOneVpc_differ() {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 256; i++) {
            assertThat(hashes.add(Cidr.parse("10.0." + i + ".0/24").hashCode())).isTrue();
            assertThat(hashes.add(IpAddress.parse("2001:db8:0:" + Integer.toHexString(i) + "::4")
                            .hashCode()))
                    .isTrue();
        }
    }
}
