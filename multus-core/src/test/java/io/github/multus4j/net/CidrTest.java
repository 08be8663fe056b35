package io.github.multus4j.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.github.multus4j.Seeds;
import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255, 4294967296",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255, 2147483648",
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 16777216",
        "10.0.4.0/24, 10.0.4.0, 10.0.4.255, 256",
        "10.0.4.240/28, 10.0.4.240, 10.0.4.255, 16",
        "10.0.4.2/31, 10.0.4.2, 10.0.4.3, 2",
        "10.0.4.3/32, 10.0.4.3, 10.0.4.3, 1",
        "255.255.255.255/32, 255.255.255.255, 255.255.255.255, 1",
        "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 340282366920938463463374607431768211456",
        "2001:db8::/44, 2001:db8::, 2001:db8:f:ffff:ffff:ffff:ffff:ffff, 19342813113834066795298816",
        "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff, 18446744073709551616",
        "2001:db8::/65, 2001:db8::, 2001:db8::7fff:ffff:ffff:ffff, 9223372036854775808",
        "2001:db8::/63, 2001:db8::, 2001:db8:0:1:ffff:ffff:ffff:ffff, 36893488147419103232",
        "2001:db8::2/127, 2001:db8::2, 2001:db8::3, 2",
        "2001:db8::3/128, 2001:db8::3, 2001:db8::3, 1"
    })
    void parse_anyPrefixLength_knowsItsEndsAndItsSize(String text, String first, String last, BigInteger size) {
        Cidr block = Cidr.parse(text);

        assertThat(block).hasToString(text);
        assertThat(block.first()).hasToString(first);
        assertThat(block.last()).hasToString(last);
        assertThat(block.size()).isEqualTo(size);
        assertThat(block.contains(block.first())).isTrue();
        assertThat(block.contains(block.last())).isTrue();
        assertThat(block.contains(block)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.4.4/24 | host bits are set; the block is 10.0.4.0/24",
                "2001:db8::1/64 | host bits are set; the block is 2001:db8::/64",
                "10.0.4.1/31 | the block is 10.0.4.0/31",
                "1.0.0.0/0 | the block is 0.0.0.0/0",
                "10.0.4.0 | expected something like",
                "10.0.4.0/33 | prefix length must be 0 to 32",
                "2001:db8::/129 | prefix length must be 0 to 128",
                "10.0.4.0/ | prefix length",
                "10.0.4.0/-1 | prefix length",
                "10.0.4.0/+8 | prefix length",
                "10.0.4.0/024 | prefix length",
                "10.0.4.0/00 | prefix length",
                "10.0.4.0/2147483672 | prefix length",
                "10.0.4.0/255.255.255.0 | prefix length",
                "10.0.4.0/24/24 | prefix length",
                "/24 | no address",
                "10.0.4/24 | no address",
                "2001:db8::%eth0/64 | no address"
            })
    void parse_notABlock_hasTheReason(String text, String why) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageContaining(why);
        assertThat(Cidr.tryParse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", " 10.0.0.0/8", "10.0.0.0/8 ", "10.0.0.0/ 8", "10.0.0.0/\u0668"})
    void tryParse_malformed_isEmpty(String text) {
        assertThat(Cidr.tryParse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "0", "10.0.0.0/8", "\n", "\u202e"})
    void parse_veryLongText_isRefusedInOneShortLine(String piece) {
        assertThatThrownBy(() -> Cidr.parse(piece.repeat(500_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(200)
                .matches("[ -~]*");
    }

    @Test
    void containing_lengthOfTheOtherFamily_isRefused() {
        IpAddress address = IpAddress.parse("10.0.4.4");

        assertThatThrownBy(() -> Cidr.containing(address, 33)).hasMessageContaining("0 to 32");
        assertThatThrownBy(() -> Cidr.containing(address, -1)).hasMessageContaining("0 to 32");
        assertThat(Cidr.containing(address, 32)).isEqualTo(Cidr.parse("10.0.4.4/32"));
        assertThat(Cidr.containing(IpAddress.parse("::1"), 33)).isEqualTo(Cidr.parse("::/33"));
    }

    @Test
    void containsAndOverlaps_otherFamily_isFalse() {
        Cidr all4 = Cidr.parse("0.0.0.0/0");
        Cidr all6 = Cidr.parse("::/0");

        assertThat(all4.contains(IpAddress.parse("::"))).isFalse();
        assertThat(all6.contains(IpAddress.parse("0.0.0.0"))).isFalse();
        assertThat(all4.contains(all6)).isFalse();
        assertThat(all6.contains(all4)).isFalse();
        assertThat(all4.overlaps(all6)).isFalse();
        assertThat(all6.overlaps(all4)).isFalse();
    }

    @Test
    void overlaps_neighbours_isFalse() {
        assertThat(Cidr.parse("10.0.4.0/31").overlaps(Cidr.parse("10.0.4.2/31")))
                .isFalse();
        assertThat(Cidr.parse("10.0.4.0/32").overlaps(Cidr.parse("10.0.4.1/32")))
                .isFalse();
        assertThat(Cidr.parse("2001:db8::/127").overlaps(Cidr.parse("2001:db8::2/127")))
                .isFalse();
    }

    @Test
    void containsAndOverlaps_randomBlocks_agreeWithAnotherLibraryAndAreSymmetric() {
        Seeds.forEachOf(5_000, random -> {
            boolean ipv4 = random.nextBoolean();
            Cidr a = someBlock(random, ipv4);
            Cidr b = someBlock(random, ipv4);
            IPAddress theirA = new IPAddressString(a.toString()).getAddress().toPrefixBlock();
            IPAddress theirB = new IPAddressString(b.toString()).getAddress().toPrefixBlock();

            assertThat(a.first().toString())
                    .isEqualTo(theirA.getLower().withoutPrefixLength().toCanonicalString());
            assertThat(a.last().toString())
                    .isEqualTo(theirA.getUpper().withoutPrefixLength().toCanonicalString());
            assertThat(a.size()).isEqualTo(theirA.getCount());
            assertThat(a.contains(b)).isEqualTo(theirA.contains(theirB));
            assertThat(a.contains(b.first())).isEqualTo(theirA.contains(theirB.getLower()));
            assertThat(a.overlaps(b)).isEqualTo(theirA.contains(theirB) || theirB.contains(theirA));
            assertThat(a.overlaps(b)).isEqualTo(b.overlaps(a));
            assertThat(a.equals(b)).isEqualTo(a.contains(b) && b.contains(a)).isEqualTo(a.compareTo(b) == 0);
            assertThat(Cidr.parse(a.toString())).isEqualTo(a).hasSameHashCodeAs(a);
        });
    }

    /** Close together, so that they often overlap. */
    private static Cidr someBlock(RandomGenerator random, boolean ipv4) {
        IpAddress base = IpAddress.parse(ipv4 ? "10.0.0.0" : "2001:db8:0:fffe::");
        IpAddress address = base.plus(BigInteger.valueOf(random.nextInt(64)).shiftLeft(ipv4 ? 0 : 60));
        return Cidr.containing(address, random.nextInt(address.bits() + 1));
    }

    @Test
    void compareTo_blocks_ordersByAddressThenLength() {
        assertThat(new Cidr[] {
                    Cidr.parse("10.0.0.0/8"), Cidr.parse("10.0.0.0/24"), Cidr.parse("10.0.1.0/24"), Cidr.parse("::/0")
                })
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.4.50", "0.0.0.0", "255.255.255.255", "2001:db8::50", "::"})
    void of_address_isTheBlockOfThatAddressAlone(String text) {
        IpAddress address = IpAddress.parse(text);

        assertThat(Cidr.of(address)).isEqualTo(Cidr.containing(address, address.bits()));
        assertThat(Cidr.of(address).isSingleAddress()).isTrue();
        assertThat(Cidr.containing(address, address.bits() - 1).isSingleAddress())
                .isFalse();
    }
}
