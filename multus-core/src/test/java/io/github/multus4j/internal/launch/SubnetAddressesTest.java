package io.github.multus4j.internal.launch;

import static io.github.multus4j.Nouns.LAUNCHED;
import static io.github.multus4j.Nouns.VPC;
import static io.github.multus4j.Nouns.ZONE;
import static io.github.multus4j.Nouns.ip;
import static io.github.multus4j.Nouns.networkInterface;
import static io.github.multus4j.Nouns.reservation;
import static io.github.multus4j.Nouns.subnet;
import static io.github.multus4j.Nouns.withPrefixes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.CidrReservation;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceState;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SubnetAddressesTest {

    private static final Subnet SUBNET = subnet("subnet-a1", "10.0.4.0/24", "2001:db8::/64");
    private static final Cidr IPV4 = Cidr.parse("10.0.4.0/24");
    private static final Cidr IPV6 = Cidr.parse("2001:db8::/64");

    private final List<Instance> nodes = IntStream.range(0, 40)
            .mapToObj(i -> new Instance(
                    String.format("i-%04d", i),
                    "m5.xlarge",
                    VPC,
                    ZONE,
                    InstanceState.RUNNING,
                    LAUNCHED.plusSeconds(i),
                    List.of(),
                    Map.of()))
            .toList();

    private LaunchOrder order(int place) {
        return LaunchOrder.of(nodes.get(place), nodes);
    }

    private static NetworkInterface of(Instance owner, String... addresses) {
        return networkInterface("eni-" + owner.id(), SUBNET, List.of(addresses), OwnerTags.of(owner.id(), 1));
    }

    private static NetworkInterface strangers(String... addresses) {
        return networkInterface("eni-stranger" + Arrays.hashCode(addresses), SUBNET, List.of(addresses), Map.of());
    }

    private static String next(SubnetAddresses addresses) {
        return addresses
                .next(AddressAllocation.lowestFree(), IPV4, List.of())
                .orElseThrow()
                .toString();
    }

    private SubnetAddresses seenBy(int place, NetworkInterface... interfaces) {
        return SubnetAddresses.of(order(place), List.of(interfaces));
    }

    @Test
    void next_alone_isTheLowestFree() {
        SubnetAddresses addresses = SubnetAddresses.of(LaunchOrder.alone(nodes.get(0)), List.of(strangers("10.0.4.4")));

        assertThat(next(addresses)).isEqualTo("10.0.4.5");
    }

    @Test
    void next_ofThoseThatLaunchTogether_isToEachItsOwn() {
        assertThat(next(seenBy(0, strangers("10.0.4.5")))).isEqualTo("10.0.4.4");
        assertThat(next(seenBy(1, strangers("10.0.4.5")))).isEqualTo("10.0.4.6");
        assertThat(next(seenBy(2, strangers("10.0.4.5")))).isEqualTo("10.0.4.7");
    }

    @Test
    void next_isTheSame_whetherThoseBeforeAreSeenToHaveTheirsOrNot() {
        NetworkInterface first = of(nodes.get(0), "10.0.4.4");
        NetworkInterface second = of(nodes.get(1), "10.0.4.5");

        assertThat(List.of(
                        next(seenBy(2)),
                        next(seenBy(2, first)),
                        next(seenBy(2, second)),
                        next(seenBy(2, second, first))))
                .containsOnly("10.0.4.6");
    }

    /** The example of the Javadoc. */
    @Test
    void next_whereAnotherHasIt_isWhatWasTheOthers() {
        NetworkInterface hasty = of(nodes.get(2), "10.0.4.4");

        assertThat(next(seenBy(0, hasty))).isEqualTo("10.0.4.6");
        assertThat(next(seenBy(1, hasty))).isEqualTo("10.0.4.5");
        assertThat(next(seenBy(0, hasty, of(nodes.get(1), "10.0.4.6")))).isEqualTo("10.0.4.5");
    }

    @Test
    void next_whereSomebodyUnknownHasIt_isBehindAllOthers() {
        SubnetAddresses refused = seenBy(0).refused(List.of(ip("10.0.4.4")));

        assertThat(refused.isExplained()).isFalse();
        assertThat(next(refused)).isEqualTo("10.0.4.44"); // The others would take .5 to .43.
    }

    /**
     * The run goes behind all others. Its start may belong to another run, and following the
     * holders from there would not end.
     */
    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void next_whereSomebodyUnknownHasIt_andTheLastHasItsOwn_isBehindThat() {
        SubnetAddresses refused = seenBy(0, of(nodes.get(39), "10.0.4.44"), of(nodes.get(38), "10.0.4.45"))
                .refused(List.of(ip("10.0.4.4")));

        assertThat(next(refused)).isEqualTo("10.0.4.46");
    }

    @Test
    void refusal_isExplained_onceItIsSeenWhoHasTheAddress() {
        SubnetAddresses refused = seenBy(0).refused(List.of(ip("10.0.4.4")));

        assertThat(refused.seenAgain(List.of(strangers("10.0.4.4"))).isExplained())
                .isTrue();
        assertThat(refused.seenAgain(List.of(of(nodes.get(7), "10.0.4.4"))).isExplained())
                .isTrue();
        assertThat(next(refused.seenAgain(List.of(of(nodes.get(7), "10.0.4.4")))))
                .isEqualTo("10.0.4.11");

        Instance unseen =
                new Instance("i-9", "m5.xlarge", VPC, ZONE, InstanceState.PENDING, LAUNCHED, List.of(), Map.of());
        SubnetAddresses unknown = refused.seenAgain(List.of(of(unseen, "10.0.4.4")));
        assertThat(unknown.isExplained()).isFalse();
        List<Instance> all = new ArrayList<>(nodes);
        all.add(unseen);
        assertThat(unknown.in(LaunchOrder.of(nodes.get(0), all)).isExplained()).isTrue();
    }

    @Test
    void next_neverIsWhatWasRefused_evenIfNobodyIsSeenToHaveIt() {
        SubnetAddresses addresses = SubnetAddresses.of(LaunchOrder.alone(nodes.get(0)), List.of());
        Set<String> refused = new HashSet<>();
        for (int i = 0; i < 251; i++) {
            String next = next(addresses);
            assertThat(refused.add(next)).as(next).isTrue();
            addresses = addresses.refused(List.of(ip(next)));
        }
        assertThat(addresses.next(AddressAllocation.lowestFree(), IPV4, List.of()))
                .isEmpty();
    }

    @Test
    void next_whereLessIsLeftThanThereAreInstances_isWhateverIsFree() {
        Cidr small = Cidr.parse("10.0.4.0/28"); // A /28 has 11 usable addresses.

        assertThat(seenBy(39).next(AddressAllocation.lowestFree(), small, List.of()))
                .hasValue(ip("10.0.4.4"));
        assertThat(seenBy(39, of(nodes.get(0), "10.0.4.4")).next(AddressAllocation.lowestFree(), small, List.of()))
                .hasValue(ip("10.0.4.5"));
    }

    @Test
    void next_keepsOutOfReservationsAndPrefixes_alsoForThoseBehind() {
        CidrReservation reserved = reservation("scr-1", SUBNET.id(), "10.0.4.4/30", "");
        NetworkInterface prefixes = withPrefixes(strangers("10.0.4.9"), "10.0.4.16/28");

        List<String> all = IntStream.range(0, 9)
                .mapToObj(place -> seenBy(place, prefixes)
                        .next(AddressAllocation.lowestFree(), IPV4, List.of(reserved))
                        .map(IpAddress::toString)
                        .orElseThrow())
                .toList();
        assertThat(all)
                .containsExactly(
                        "10.0.4.8",
                        "10.0.4.10",
                        "10.0.4.11",
                        "10.0.4.12",
                        "10.0.4.13",
                        "10.0.4.14",
                        "10.0.4.15",
                        "10.0.4.32",
                        "10.0.4.33");
    }

    @Test
    void next_goesByEachFamilyOfItsOwn() {
        NetworkInterface hasty = of(nodes.get(2), "10.0.4.4", "2001:db8::6");
        SubnetAddresses addresses = seenBy(0, hasty);

        assertThat(next(addresses)).isEqualTo("10.0.4.6");
        assertThat(addresses.next(AddressAllocation.lowestFree(), IPV6, List.of()))
                .hasValue(ip("2001:db8::4"));
    }

    /** Holds for every order, and for every view of the others. */
    @Test
    void next_amongThoseThatSeeTheSame_isNeverTheSameForTwo() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Integer> places =
                    new ArrayList<>(IntStream.range(0, nodes.size()).boxed().toList());
            Collections.shuffle(places, random);
            List<Integer> takers = places.subList(0, random.nextInt(places.size()));
            List<Integer> hosts =
                    new ArrayList<>(IntStream.range(4, 4 + nodes.size()).boxed().toList());
            Collections.shuffle(hosts, random);
            List<NetworkInterface> taken = new ArrayList<>();
            for (int i = 0; i < takers.size(); i++) {
                taken.add(of(nodes.get(takers.get(i)), "10.0.4." + hosts.get(i)));
            }
            Set<String> all = new HashSet<>();
            taken.forEach(i -> all.add(i.ipv4Addresses().get(0).toString()));
            for (int place : places.subList(takers.size(), places.size())) {
                String next = next(SubnetAddresses.of(order(place), taken));
                assertThat(all.add(next)).as("seed %d: %s for two", seed, next).isTrue();
            }
            assertThat(all).as("seed %d: dense", seed).hasSize(nodes.size()).contains("10.0.4.4", "10.0.4.43");
        }
    }

    @Test
    void next_ofAnOwnAllocation_goesByPlacesToo() {
        AddressAllocation even = (block, used, reservations) -> IntStream.range(4, 255)
                .filter(host -> host % 2 == 0)
                .mapToObj(host -> ip("10.0.4." + host))
                .filter(address -> !used.contains(address))
                .findFirst();

        assertThat(seenBy(3).next(even, IPV4, List.of())).isEqualTo(Optional.of(ip("10.0.4.10")));
    }
}
