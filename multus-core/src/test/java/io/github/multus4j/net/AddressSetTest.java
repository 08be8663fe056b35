package io.github.multus4j.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Seeds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSetTest {

    private static final BigInteger TWO_TO_THE_64 = BigInteger.ONE.shiftLeft(64);

    private static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }

    private static Cidr block(String text) {
        return Cidr.parse(text);
    }

    @Test
    void empty_anyAddress_isAbsent() {
        AddressSet empty = AddressSet.empty();

        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.size()).isZero();
        assertThat(empty.contains(ip("0.0.0.0"))).isFalse();
        assertThat(empty.lowestAbsent(block("10.0.4.0/24"))).contains(ip("10.0.4.0"));
        assertThat(empty.countAbsent(block("::/0"))).isEqualTo(BigInteger.ONE.shiftLeft(128));
        assertThat(empty).isEqualTo(AddressSet.of(new IpAddress[0])).hasToString("[]");
    }

    @Test
    void build_overlappingTouchingAndApart_keepsTheFewestRanges() {
        AddressSet set = AddressSet.builder()
                .add(block("10.0.4.128/25"))
                .add(ip("10.0.4.127"))
                .add(block("10.0.4.192/26"))
                .add(ip("10.0.5.0"))
                .add(ip("10.0.4.125"))
                .add(ip("10.0.4.125"))
                .build();

        assertThat(set).hasToString("[10.0.4.125, 10.0.4.127-10.0.5.0]");
        assertThat(set.size()).isEqualTo(131);
    }

    @Test
    void build_endOfIpv4AndStartOfIpv6_doNotMerge() {
        AddressSet set = AddressSet.of(ip("::"), ip("255.255.255.255"));

        assertThat(set).hasToString("[255.255.255.255, ::]");
        assertThat(set.size()).isEqualTo(2);
        assertThat(AddressSet.of(block("0.0.0.0/0"), block("::/0")))
                .hasToString("[0.0.0.0-255.255.255.255, ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "::/0",
                "255.255.255.255/32",
                "255.255.255.254/31",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
                "ffff:ffff:ffff:ffff::/64"
            })
    void lowestAbsent_fullBlockAtTheEndOfTheRange_isEmpty(String text) {
        AddressSet full = AddressSet.of(block(text));

        assertThat(full.lowestAbsent(block(text))).isEmpty();
        assertThat(full.countAbsent(block(text))).isZero();
        assertThat(full.plus(block(text).last())).isSameAs(full);
    }

    @Test
    void lowestAbsent_gapInTheMiddle_isTaken() {
        AddressSet set = AddressSet.builder()
                .add(block("10.0.4.0/30"))
                .addAddresses(List.of(ip("10.0.4.4"), ip("10.0.4.6")))
                .build();

        assertThat(set.lowestAbsent(block("10.0.4.0/24"))).contains(ip("10.0.4.5"));
    }

    @Test
    void lowestAbsent_rangeCoversTheBlockAndMore_isEmpty() {
        assertThat(AddressSet.of(block("10.0.0.0/8")).lowestAbsent(block("10.0.4.0/24")))
                .isEmpty();
    }

    @Test
    void lowestAbsent_rangesOnlyBeforeBehindAndInTheOtherFamily_isTheFirst() {
        AddressSet set = AddressSet.builder()
                .add(block("10.0.3.0/24"))
                .add(block("10.0.5.0/24"))
                .add(block("::/1"))
                .build();

        assertThat(set.lowestAbsent(block("10.0.4.0/24"))).contains(ip("10.0.4.0"));
        assertThat(set.countAbsent(block("10.0.4.0/24"))).isEqualTo(256);
        assertThat(set.lowestAbsent(block("8000::/64"))).contains(ip("8000::"));
    }

    /** Walking the addresses would need years, and storing them too much memory. */
    @Test
    void lowestAbsent_wholePrefixesInASlash64_isFoundFromTheRanges() {
        AddressSet set = AddressSet.builder()
                .add(block("2001:db8::/65"))
                .add(block("2001:db8::8000:0:0:0/80"))
                .build();

        assertThat(set).hasToString("[2001:db8::-2001:db8::8000:ffff:ffff:ffff]");
        assertThat(set.lowestAbsent(block("2001:db8::/64"))).contains(ip("2001:db8::8001:0:0:0"));
        assertThat(set.countAbsent(block("2001:db8::/64")))
                .isEqualTo(TWO_TO_THE_64.shiftRight(1).subtract(BigInteger.ONE.shiftLeft(48)));
        assertThat(set.union(AddressSet.of(block("2001:db8::/64"))).lowestAbsent(block("2001:db8::/64")))
                .isEmpty();
    }

    @Test
    void size_everything_isExact() {
        assertThat(AddressSet.of(block("::/0"), block("0.0.0.0/0")).size())
                .isEqualTo(BigInteger.ONE.shiftLeft(128).add(BigInteger.ONE.shiftLeft(32)));
    }

    @Test
    void plus_addressThatIsThere_isTheSameSet() {
        AddressSet set = AddressSet.of(block("10.0.4.0/24"));

        assertThat(set.plus(ip("10.0.4.7"))).isSameAs(set);
        assertThat(set.plus(ip("10.0.5.0"))).hasToString("[10.0.4.0-10.0.5.0]").isNotEqualTo(set);
        assertThat(set).hasToString("[10.0.4.0-10.0.4.255]");
    }

    @Test
    void build_builderChangedLater_leavesTheSet() {
        AddressSet.Builder builder = AddressSet.builder().add(ip("10.0.4.4"));
        AddressSet before = builder.build();
        builder.add(ip("10.0.4.5"));

        assertThat(before).isEqualTo(AddressSet.of(ip("10.0.4.4")));
        assertThat(builder.build().size()).isEqualTo(2);
    }

    @Test
    void everyMethod_randomSets_agreesWithANaiveModel() {
        Seeds.forEachOf(2_000, random -> {
            IpAddress base = base(random);
            Model model = new Model(base, random);
            AddressSet set = model.set;

            assertThat(set.size()).isEqualTo(model.members.size());
            assertThat(set.isEmpty()).isEqualTo(model.members.isEmpty());
            for (int i = 0; i < Model.ADDRESSES; i++) {
                assertThat(set.contains(base.plus(i))).isEqualTo(model.members.contains(i));
            }
            for (int length = base.bits() - 8; length <= base.bits(); length++) {
                int step = 1 << (base.bits() - length);
                for (int from = 0; from < Model.ADDRESSES; from += step) {
                    Cidr block = Cidr.containing(base.plus(from), length);
                    List<Integer> absent = model.absent(from, from + step);

                    assertThat(set.countAbsent(block)).isEqualTo(absent.size());
                    assertThat(set.lowestAbsent(block))
                            .isEqualTo(absent.stream().findFirst().map(base::plus));
                }
            }
            assertThat(set.toString()).isEqualTo(model.ranges());
        });
    }

    @Test
    void unionAndPlus_randomSets_areThoseOfANaiveModel() {
        Seeds.forEachOf(2_000, random -> {
            IpAddress base = base(random);
            Model a = new Model(base, random);
            Model b = new Model(base, random);
            AddressSet union = a.set.union(b.set);

            assertThat(union).isEqualTo(b.set.union(a.set)).hasSameHashCodeAs(b.set.union(a.set));
            assertThat(union.union(a.set)).isEqualTo(union);
            TreeSet<Integer> both = new TreeSet<>(a.members);
            both.addAll(b.members);
            AddressSet oneByOne = AddressSet.empty();
            for (int member : both) {
                oneByOne = oneByOne.plus(base.plus(member));
            }
            assertThat(union).isEqualTo(oneByOne);
            assertThat(a.set.equals(b.set)).isEqualTo(a.members.equals(b.members));
        });
    }

    private static IpAddress base(RandomGenerator random) {
        List<String> bases = List.of(
                "10.0.4.0",
                "0.0.0.0",
                "255.255.255.0",
                "127.255.255.0",
                "2001:db8::",
                "::",
                "::7fff:ffff:ffff:ff00",
                "::ffff:ffff:ffff:ff00",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00");
        return ip(bases.get(random.nextInt(bases.size())));
    }

    /** A set of some of 256 addresses, and the same as numbers in a tree. */
    private static final class Model {

        static final int ADDRESSES = 256;

        private final IpAddress base;
        private final TreeSet<Integer> members = new TreeSet<>();
        private final AddressSet set;

        Model(IpAddress base, RandomGenerator random) {
            this.base = base;
            AddressSet.Builder builder = AddressSet.builder();
            for (int n = random.nextInt(24); n > 0; n--) {
                int at = random.nextInt(ADDRESSES);
                if (random.nextInt(3) > 0) {
                    members.add(at);
                    builder.add(base.plus(at));
                } else {
                    int size = 1 << random.nextInt(7);
                    Cidr block = Cidr.containing(base.plus(at), base.bits() - Integer.numberOfTrailingZeros(size));
                    int first = at / size * size;
                    for (int i = first; i < first + size; i++) {
                        members.add(i);
                    }
                    builder.add(block);
                }
            }
            this.set = builder.build();
        }

        List<Integer> absent(int from, int to) {
            List<Integer> absent = new ArrayList<>();
            for (int i = from; i < to; i++) {
                if (!members.contains(i)) {
                    absent.add(i);
                }
            }
            return absent;
        }

        String ranges() {
            List<String> ranges = new ArrayList<>();
            for (int i = 0; i < ADDRESSES; i++) {
                if (members.contains(i)) {
                    int from = i;
                    while (members.contains(i + 1)) {
                        i++;
                    }
                    ranges.add(from == i ? base.plus(from).toString() : base.plus(from) + "-" + base.plus(i));
                }
            }
            return ranges.toString();
        }
    }
}
