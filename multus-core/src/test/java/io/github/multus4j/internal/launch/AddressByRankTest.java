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

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
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

class AddressByRankTest {

    private static final Subnet SUBNET = subnet("subnet-a1", "10.0.4.0/24", "2001:db8::/64");
    private static final Cidr IPV4 = Cidr.parse("10.0.4.0/24");
    private static final Cidr IPV6 = Cidr.parse("2001:db8::/64");

    private final List<Instance> nodes = IntStream.range(0, 40)
            .mapToObj(i -> new Instance(
                    String.format("i-%04d", i),
                    "m5.xlarge",
                    VPC,
                    ZONE,
                    Instance.State.RUNNING,
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

    private static String next(AddressByRank addresses) {
        return addresses
                .next(AddressAllocation.lowestFree(), IPV4, List.of())
                .orElseThrow()
                .toString();
    }

    private AddressByRank seenBy(int place, NetworkInterface... interfaces) {
        return AddressByRank.of(order(place), List.of(interfaces));
    }

    @Test
    void next_alone_isTheLowestFree() {
        AddressByRank addresses = AddressByRank.of(LaunchOrder.alone(nodes.get(0)), List.of(strangers("10.0.4.4")));

        assertThat(next(addresses)).isEqualTo("10.0.4.5");
    }

    @Test
    void next_launchedTogether_differsByRank() {
        assertThat(next(seenBy(0, strangers("10.0.4.5")))).isEqualTo("10.0.4.4");
        assertThat(next(seenBy(1, strangers("10.0.4.5")))).isEqualTo("10.0.4.6");
        assertThat(next(seenBy(2, strangers("10.0.4.5")))).isEqualTo("10.0.4.7");
    }

    @Test
    void next_earlierNodesListedOrNot_isTheSame() {
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
    void next_laterNodeTookTheFirstAddress_isTheFreeAddressOfTheRank() {
        NetworkInterface hasty = of(nodes.get(2), "10.0.4.4");

        assertThat(next(seenBy(0, hasty))).isEqualTo("10.0.4.5");
        assertThat(next(seenBy(1, hasty))).isEqualTo("10.0.4.6");
        assertThat(next(seenBy(3, hasty))).as("behind it").isEqualTo("10.0.4.7");
        assertThat(next(seenBy(3))).as("without a look at it").isEqualTo("10.0.4.7");
    }

    @Test
    void next_claimOfAnotherRun_countsAsListed() {
        AddressByRank claimed = seenBy(1).claimed(Map.of(ip("10.0.4.4"), "i-0000"));

        assertThat(next(claimed)).isEqualTo("10.0.4.5");
        assertThat(next(seenBy(1).claimed(Map.of(ip("10.0.4.4"), "i-of-another-group"))))
                .as("of a node outside of the order")
                .isEqualTo("10.0.4.6");
    }

    /**
     * EC2 will refuse the claimed address, so its claimant needs another one, and keeps its rank.
     */
    @Test
    void next_claimOnAListedAddress_leavesItsClaimantInTheRanks() {
        AddressByRank claimed = seenBy(1, strangers("10.0.4.4")).claimed(Map.of(ip("10.0.4.4"), "i-0000"));

        assertThat(next(claimed)).isEqualTo("10.0.4.6");
    }

    @Test
    void next_claimOfTheOtherFamily_leavesItsClaimantInTheRanks() {
        AddressByRank claimed = seenBy(1).claimed(Map.of(ip("2001:db8::4"), "i-0000"));

        assertThat(next(claimed)).isEqualTo("10.0.4.5");
        assertThat(claimed.next(AddressAllocation.lowestFree(), IPV6, List.of()))
                .hasValue(ip("2001:db8::5"));
    }

    @Test
    void next_onlyClaimedAddressesLeft_isTheFirstOfThem() {
        Cidr small = Cidr.parse("10.0.4.0/28");
        List<String> listed =
                IntStream.range(6, 15).mapToObj(host -> "10.0.4." + host).toList();
        AddressByRank claimed = seenBy(0, strangers(listed.toArray(String[]::new)))
                .claimed(Map.of(ip("10.0.4.4"), "i-0001", ip("10.0.4.5"), "i-0002"));

        assertThat(claimed.next(AddressAllocation.lowestFree(), small, List.of()))
                .hasValue(ip("10.0.4.4"));
    }

    @Test
    void next_unexplainedRefusal_isBehindAllOthers() {
        AddressByRank refused = seenBy(0).refused(List.of(ip("10.0.4.4")));

        assertThat(refused.isExplained()).isFalse();
        assertThat(next(refused)).isEqualTo("10.0.4.44"); // The others would take .5 to .43.
    }

    /** Nodes 1 to 37 hold nothing and request .5 to .41 by their ranks. */
    @Test
    void next_unexplainedRefusalAndOthersHaveTheirs_isBehindTheRest() {
        AddressByRank refused = seenBy(0, of(nodes.get(39), "10.0.4.44"), of(nodes.get(38), "10.0.4.45"))
                .refused(List.of(ip("10.0.4.4")));

        assertThat(next(refused)).isEqualTo("10.0.4.42");
    }

    /** Addresses of other accounts: from .4 on, none of them listed. */
    @Test
    void next_incompleteListings_skipsTwiceAsFarAfterEachRefusal() {
        AddressByRank addresses = seenBy(3).refused(List.of(ip("10.0.4.7"))).incomplete();
        assertThat(next(addresses)).isEqualTo("10.0.4.48"); // 40 + 3 behind .4, without .7

        addresses = addresses.refused(List.of(ip("10.0.4.48")));
        assertThat(next(addresses)).isEqualTo("10.0.4.89"); // 80 + 3 behind .4, without .7 and .48
    }

    @Test
    void next_incompleteListings_goesOnAtTheStartOfTheBlock() {
        AddressByRank addresses = seenBy(0)
                .refused(List.of(ip("10.0.4.4"), ip("10.0.4.5"), ip("10.0.4.6"), ip("10.0.4.7")))
                .incomplete();

        assertThat(next(addresses)).isEqualTo("10.0.4.81"); // 320 places in 247 free addresses
    }

    @Test
    void next_incompleteListings_differsForNodesThatMetTheSameRefusals() {
        Set<String> all = new HashSet<>();
        for (int place = 0; place < nodes.size(); place++) {
            all.add(next(seenBy(place).refused(List.of(ip("10.0.4.7"))).incomplete()));
        }

        assertThat(all).hasSize(nodes.size());
    }

    @Test
    void isExplained_ownerOfTheRefusedAddressListed_isTrue() {
        AddressByRank refused = seenBy(0).refused(List.of(ip("10.0.4.4")));

        assertThat(refused.seenAgain(List.of(strangers("10.0.4.4"))).isExplained())
                .isTrue();
        assertThat(refused.seenAgain(List.of(of(nodes.get(7), "10.0.4.4"))).isExplained())
                .isTrue();
        assertThat(next(refused.seenAgain(List.of(of(nodes.get(7), "10.0.4.4")))))
                .isEqualTo("10.0.4.5");

        Instance unseen =
                new Instance("i-9", "m5.xlarge", VPC, ZONE, Instance.State.PENDING, LAUNCHED, List.of(), Map.of());
        AddressByRank unknown = refused.seenAgain(List.of(of(unseen, "10.0.4.4")));
        assertThat(unknown.isExplained()).isFalse();
        List<Instance> all = new ArrayList<>(nodes);
        all.add(unseen);
        assertThat(unknown.in(LaunchOrder.of(nodes.get(0), all)).isExplained()).isTrue();
    }

    @Test
    void next_refusedAddresses_areNeverTakenAgain() {
        AddressByRank addresses = AddressByRank.of(LaunchOrder.alone(nodes.get(0)), List.of());
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
    void next_fewerAddressesThanNodes_isTheFirstFree() {
        Cidr small = Cidr.parse("10.0.4.0/28"); // 11 addresses

        assertThat(seenBy(39).next(AddressAllocation.lowestFree(), small, List.of()))
                .hasValue(ip("10.0.4.4"));
        assertThat(seenBy(39, of(nodes.get(0), "10.0.4.4")).next(AddressAllocation.lowestFree(), small, List.of()))
                .hasValue(ip("10.0.4.5"));
    }

    @Test
    void next_reservationsAndPrefixes_areLeftOutForAllRanks() {
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
    void next_eachFamily_hasItsOwnRanks() {
        NetworkInterface hasty = of(nodes.get(2), "10.0.4.4", "2001:db8::6");
        AddressByRank addresses = seenBy(0, hasty);

        assertThat(next(addresses)).isEqualTo("10.0.4.5");
        assertThat(addresses.next(AddressAllocation.lowestFree(), IPV6, List.of()))
                .hasValue(ip("2001:db8::4"));
        AddressByRank behind = seenBy(3, of(nodes.get(0), "10.0.4.7"));
        assertThat(next(behind)).isEqualTo("10.0.4.6");
        assertThat(behind.next(AddressAllocation.lowestFree(), IPV6, List.of())).hasValue(ip("2001:db8::7"));
    }

    /** Any nodes may have taken any of the addresses, in any order. */
    @Test
    void next_nodesWithTheSameView_isDifferentAndDense() {
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
                String next = next(AddressByRank.of(order(place), taken));
                assertThat(all.add(next)).as("seed %d: %s for two", seed, next).isTrue();
            }
            assertThat(all).as("seed %d: dense", seed).hasSize(nodes.size()).contains("10.0.4.4", "10.0.4.43");
        }
    }

    /** Nodes take the addresses of their ranks, and each reader sees some of them only. */
    @Test
    void next_anyPartOfTheOthersListed_isTheSame() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<NetworkInterface> listed = new ArrayList<>();
            int host = 4;
            for (Instance node : nodes) {
                if (random.nextBoolean()) {
                    listed.add(of(node, "10.0.4." + host));
                }
                host++;
            }
            int place = random.nextInt(nodes.size());
            listed.removeIf(i -> nodes.get(place).id().equals(i.tags().get(OwnerTags.INSTANCE_ID)));
            assertThat(next(AddressByRank.of(order(place), listed)))
                    .as("seed %d", seed)
                    .isEqualTo("10.0.4." + (4 + place));
        }
    }

    /** A run that planned on an old view requests an address that another node may have by then. */
    @Test
    void next_nodesThatPlanOnOldViewsAndTryAgain_endDense() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<NetworkInterface> taken = new ArrayList<>();
            List<Integer> places =
                    new ArrayList<>(IntStream.range(0, nodes.size()).boxed().toList());
            Collections.shuffle(places, random);
            for (int place : places) {
                List<NetworkInterface> seen =
                        taken.stream().filter(i -> random.nextInt(3) > 0).toList();
                AddressByRank addresses = AddressByRank.of(order(place), seen);
                String next = next(addresses);
                while (isTaken(next, taken)) {
                    addresses = addresses.refused(List.of(ip(next))).seenAgain(taken);
                    next = next(addresses);
                }
                taken.add(of(nodes.get(place), next));
            }
            assertThat(taken)
                    .as("seed %d", seed)
                    .extracting(i -> i.ipv4Addresses().get(0).toString())
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(4, 44)
                            .mapToObj(host -> "10.0.4." + host)
                            .toList());
        }
    }

    private static boolean isTaken(String address, List<NetworkInterface> taken) {
        return taken.stream().anyMatch(i -> i.ipv4Addresses().contains(ip(address)));
    }

    @Test
    void next_ownAllocation_isAskedForEachRank() {
        AddressAllocation even = (block, used, reservations) -> IntStream.range(4, 255)
                .filter(host -> host % 2 == 0)
                .mapToObj(host -> ip("10.0.4." + host))
                .filter(address -> !used.contains(address))
                .findFirst();

        assertThat(seenBy(3).next(even, IPV4, List.of())).isEqualTo(Optional.of(ip("10.0.4.10")));
    }
}
