package io.github.multus4j.nodegroup;

import static io.github.multus4j.Nouns.ip;
import static io.github.multus4j.Nouns.reservation;
import static io.github.multus4j.Nouns.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Seeds;
import io.github.multus4j.ec2.ReservedAddresses;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressAllocationTest {

    private static final AddressAllocation LOWEST = AddressAllocation.lowestFree();

    @Test
    void next_valuesAlone_needsNoAws() {
        Subnet subnet = subnet("subnet-a1", "10.0.4.0/24");
        AddressSet used = AddressSet.of(ip("10.0.4.4"), ip("10.0.4.5"));
        List<CidrReservation> reservations = List.of();

        IpAddress next =
                AddressAllocation.lowestFree().next(subnet, used, reservations).orElseThrow();

        assertThat(next).hasToString("10.0.4.6");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.4.240/28, 10.0.4.244",
        "10.0.0.0/16, 10.0.0.4",
        "10.0.4.0/24, 10.0.4.4",
        "2001:db8::/64, 2001:db8::4",
        "2001:db8:10::/44, 2001:db8:10::4",
        "2001:db8:0:8000::/56, 2001:db8:0:8000::4"
    })
    void next_emptySubnet_isTheFifthAddress(String cidr, String expected) {
        assertThat(LOWEST.next(Cidr.parse(cidr), AddressSet.empty(), List.of())).contains(ip(expected));
    }

    @ParameterizedTest
    @CsvSource({"10.0.4.240/28, 11", "10.0.4.0/29, 3", "2001:db8::fff0/124, 11"})
    void next_untilTheSubnetIsFull_neverAReservedOrUsedOne(String cidr, int expected) {
        Cidr block = Cidr.parse(cidr);
        AddressSet reserved = ReservedAddresses.of(block);
        AddressSet used = AddressSet.empty();
        TreeSet<IpAddress> given = new TreeSet<>();
        Optional<IpAddress> next = LOWEST.next(block, used, List.of());
        while (next.isPresent()) {
            assertThat(block.contains(next.get())).isTrue();
            assertThat(reserved.contains(next.get())).isFalse();
            assertThat(given.add(next.get())).isTrue();
            used = used.plus(next.get());
            next = LOWEST.next(block, used, List.of());
        }

        assertThat(given).hasSize(expected);
    }

    @ParameterizedTest
    @CsvSource({"10.0.4.0/30", "10.0.4.0/31", "10.0.4.0/32", "255.255.255.255/32", "2001:db8::/126", "2001:db8::/128"})
    void next_blockOfReservedAddressesOnly_isEmpty(String cidr) {
        assertThat(LOWEST.next(Cidr.parse(cidr), AddressSet.empty(), List.of())).isEmpty();
    }

    @Test
    void next_lastAddressOfAnIpv6Block_isNeverHandedOut() {
        Cidr block = Cidr.parse("2001:db8::/64");
        AddressSet allButTheLastTwo = AddressSet.of(
                Cidr.parse("2001:db8::/65"),
                Cidr.parse("2001:db8::8000:0:0:0/66"),
                Cidr.parse("2001:db8::c000:0:0:0/66"));
        IpAddress last = block.last();

        assertThat(allButTheLastTwo.contains(last)).isTrue();
        assertThat(LOWEST.next(block, allButTheLastTwo, List.of())).isEmpty();

        AddressSet allButTheLast = lowest(block, last);
        assertThat(allButTheLast.contains(last)).isFalse();
        assertThat(allButTheLast.countAbsent(block)).isEqualTo(1);
        assertThat(LOWEST.next(block, allButTheLast, List.of())).isEmpty();
    }

    /** All addresses of the block below the given one. */
    private static AddressSet lowest(Cidr block, IpAddress end) {
        AddressSet.Builder below = AddressSet.builder();
        for (int length = block.prefixLength() + 1; length <= end.bits(); length++) {
            below.add(Cidr.containing(Cidr.containing(end, length).first().plus(-1), length));
        }
        return below.build();
    }

    @Test
    void next_delegatedPrefixInUse_isSkippedWhole() {
        AddressSet used = AddressSet.of(Cidr.parse("10.0.4.0/28"));

        assertThat(LOWEST.next(Cidr.parse("10.0.4.0/24"), used, List.of())).contains(ip("10.0.4.16"));
    }

    @Test
    void next_reservations_areSkippedInBothFamilies() {
        List<CidrReservation> reservations = List.of(
                reservation("scr-1", "subnet-1", "10.0.4.0/28", ""),
                reservation("scr-2", "subnet-1", "2001:db8::/80", ""));

        assertThat(LOWEST.next(Cidr.parse("10.0.4.0/24"), AddressSet.empty(), reservations))
                .contains(ip("10.0.4.16"));
        assertThat(LOWEST.next(Cidr.parse("2001:db8::/64"), AddressSet.empty(), reservations))
                .contains(ip("2001:db8:0:0:1::"));
    }

    @Test
    void next_subnet_usesItsIpv4BlockElseItsIpv6Block() {
        assertThat(LOWEST.next(subnet("s", "10.0.4.0/24", "2001:db8::/64"), AddressSet.empty(), List.of()))
                .contains(ip("10.0.4.4"));
        assertThat(LOWEST.next(subnet("s", "2001:db8::/64"), AddressSet.empty(), List.of()))
                .contains(ip("2001:db8::4"));
        assertThat(LOWEST.next(subnet("s"), AddressSet.empty(), List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"scr-1", "multus"})
    void fromReservation_byIdOrDescription_staysInside(String name) {
        Subnet subnet = subnet("subnet-1", "10.0.4.0/24");
        List<CidrReservation> reservations = List.of(
                reservation("scr-0", "subnet-1", "10.0.4.32/28", "others"),
                reservation("scr-1", "subnet-1", "10.0.4.64/30", "multus"));
        AddressAllocation allocation = AddressAllocation.fromReservation(name);
        AddressSet used = AddressSet.of(ip("10.0.4.64"));

        assertThat(allocation.next(subnet, used, reservations)).contains(ip("10.0.4.65"));
        assertThat(allocation.next(subnet, used.union(AddressSet.of(Cidr.parse("10.0.4.64/30"))), reservations))
                .as("exhausted: not an address outside of it")
                .isEmpty();
    }

    @Test
    void fromReservation_atTheSubnetsEnds_leavesOutEc2sFive() {
        AddressAllocation allocation = AddressAllocation.fromReservation("multus");

        assertThat(allocation.next(
                        subnet("s", "10.0.4.0/24"),
                        AddressSet.empty(),
                        List.of(reservation("scr-1", "s", "10.0.4.0/29", "multus"))))
                .contains(ip("10.0.4.4"));
        assertThat(allocation.next(
                        subnet("s", "10.0.4.0/24"),
                        AddressSet.of(ip("10.0.4.254")),
                        List.of(reservation("scr-1", "s", "10.0.4.254/31", "multus"))))
                .isEmpty();
    }

    @Test
    void fromReservation_severalOfThatDescription_goesThroughThemInOrder() {
        Subnet subnet = subnet("s", "10.0.4.0/24");
        List<CidrReservation> reservations = List.of(
                reservation("scr-2", "s", "10.0.4.128/30", "multus"),
                reservation("scr-1", "s", "10.0.4.64/30", "multus"));
        AddressAllocation allocation = AddressAllocation.fromReservation("multus");

        assertThat(allocation.next(subnet, AddressSet.empty(), reservations)).contains(ip("10.0.4.64"));
        assertThat(allocation.next(subnet, AddressSet.of(Cidr.parse("10.0.4.64/30")), reservations))
                .contains(ip("10.0.4.128"));
    }

    @Test
    void fromReservation_noneOfThatName_isEmpty() {
        List<CidrReservation> others = List.of(reservation("scr-0", "s", "10.0.4.32/28", ""));

        assertThat(AddressAllocation.fromReservation("multus")
                        .next(subnet("s", "10.0.4.0/24"), AddressSet.empty(), others))
                .isEmpty();
    }

    @Test
    void fromReservation_onlyInTheOtherFamily_isTheLowestOutsideOfAll() {
        List<CidrReservation> reservations = List.of(
                reservation("scr-1", "s", "10.0.4.64/28", "multus"),
                reservation("scr-2", "s", "2001:db8::/80", "pods"));

        assertThat(AddressAllocation.fromReservation("multus")
                        .next(Cidr.parse("2001:db8::/64"), AddressSet.empty(), reservations))
                .contains(ip("2001:db8:0:0:1::"));
    }

    @Test
    void next_randomSubnets_isTheLowestThatNothingKeeps() {
        Seeds.forEachOf(2_000, random -> {
            IpAddress base = ip(random.nextBoolean() ? "10.0.4.0" : "2001:db8::");
            Cidr block = Cidr.containing(base, base.bits() - 3 - random.nextInt(4));
            int size = block.size().intValueExact();
            AddressSet.Builder usedBuilder = AddressSet.builder();
            TreeSet<Integer> kept = new TreeSet<>(List.of(0, 1, 2, 3, size - 1));
            for (int n = random.nextInt(2 * size); n > 0; n--) {
                int at = random.nextInt(size);
                kept.add(at);
                usedBuilder.add(base.plus(at));
            }
            int from = random.nextInt(size) / 4 * 4;
            for (int i = from; i < from + 4; i++) {
                kept.add(i);
            }
            CidrReservation reserved = reservation(
                    "scr-1",
                    "s",
                    Cidr.containing(base.plus(from), base.bits() - 2).toString(),
                    "");
            Integer lowest = null;
            for (int i = size - 1; i >= 0; i--) {
                lowest = kept.contains(i) ? lowest : Integer.valueOf(i);
            }

            assertThat(LOWEST.next(block, usedBuilder.build(), List.of(reserved)))
                    .isEqualTo(Optional.ofNullable(lowest).map(base::plus));
        });
    }
}
