package io.github.multus4j.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.nodegroup.Problem;
import io.github.multus4j.pod.Claim.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON is given as lists and maps; {@code ClaimTextTest} of multus-aws has it as text. */
class ClaimReaderTest {

    private static final String MAC = "0e:00:00:00:00:01";
    private static final Map<String, ?> N4 = Map.of(
            "name",
            "core/n4",
            "interface",
            "net1",
            "ips",
            List.of("10.0.4.50", "2001:db8:0:4::50"),
            "mac",
            "0E:00:00:00:00:01");
    private static final Map<String, ?> VPC_CNI =
            Map.of("name", "aws-cni", "interface", "eth0", "ips", List.of("10.0.0.7"), "mac", "0", "default", true);

    private boolean finished;
    private boolean ready = true;
    private Map<String, String> labels = Map.of();
    private final Map<String, Optional<String>> leases = new HashMap<>();

    @Test
    void read_networkStatus_isAClaimForEachAddress() {
        PodClaims read = status(VPC_CNI, N4);

        assertThat(read.problems()).isEmpty();
        assertThat(read.claims()).extracting(Claim::address).containsExactly("10.0.4.50", "2001:db8:0:4::50");
        assertThat(read.claims()).allSatisfy(claim -> {
            assertThat(claim.network()).isEqualTo("core/n4");
            assertThat(claim.macAddress()).isEqualTo(MAC);
            assertThat(claim.standing()).isEqualTo(Standing.FIXED);
        });
    }

    static List<Arguments> noClaims() {
        return List.of(
                Arguments.of(
                        "the dummy entry of the VPC CNI", Map.of("name", "aws-cni", "interface", "dummy0", "mac", "0")),
                Arguments.of(
                        "a dummy entry with the number of a route table as MAC",
                        Map.of("name", "aws-cni", "interface", "dummy0", "mac", "0", "sandbox", "2")),
                Arguments.of("DPDK without addresses", Map.of("name", "core/n3", "interface", "net2", "mac", MAC)),
                Arguments.of("no MAC", Map.of("name", "core/n3", "ips", List.of("10.0.4.50"))),
                Arguments.of(
                        "the default network",
                        Map.of("name", "core/n3", "ips", List.of("10.0.4.50"), "mac", MAC, "default", true)),
                Arguments.of("no name", Map.of("ips", List.of("10.0.4.50"), "mac", MAC)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noClaims")
    void read_entryThatIsNoClaim_doesNotDisturbOthers(String kind, Map<String, ?> entry) {
        PodClaims read = status(entry, N4);

        assertThat(read.problems()).isEmpty();
        assertThat(read.claims()).hasSize(2);
    }

    @Test
    void read_finishedPod_hasNoClaim() {
        finished = true;

        assertThat(status(N4).claims()).isEmpty();
    }

    @Test
    void read_podWithoutAnnotations_hasNoClaimAndNoProblem() {
        PodClaims read = read(Map.of());

        assertThat(read.claims()).isEmpty();
        assertThat(read.isComplete()).isTrue();
    }

    static List<Arguments> badStatus() {
        return List.of(
                Arguments.of("network-status[0]", "text"),
                Arguments.of(
                        "network-status[0].ips", Map.of("name", "core/n4", "mac", MAC, "ips", List.of("10.0.4.300"))),
                Arguments.of("network-status[0].ips", Map.of("name", "core/n4", "mac", MAC, "ips", "10.0.4.5")),
                Arguments.of("network-status[0].ips", Map.of("name", "core/n4", "mac", MAC, "ips", List.of(5))));
    }

    @ParameterizedTest
    @MethodSource("badStatus")
    void read_badEntry_isAProblemAndTheOthersStay(String field, Object entry) {
        PodClaims read = status(entry, N4);

        assertThat(read.problems())
                .singleElement()
                .extracting(Problem::field)
                .asString()
                .contains(field);
        assertThat(read.isComplete()).isFalse();
        assertThat(read.claims()).hasSize(2);
    }

    @Test
    void read_textThatIsNoJson_isAProblem() {
        PodClaims read = read(Map.of(ClaimReader.NETWORK_STATUS, "{"));

        assertThat(read.claims()).isEmpty();
        assertThat(read.problems()).singleElement().asString().contains("network-status", "'{'", "JSON array");
    }

    @Test
    void read_ownAnnotation_takesTheInterfaceOfTheNetwork() {
        PodClaims read =
                both(List.of(N4), List.of(Map.of("network", "n4", "addresses", List.of("10.0.4.60", "10.0.4.64/28"))));

        assertThat(read.problems()).isEmpty();
        assertThat(read.claims()).extracting(Claim::address).contains("10.0.4.60", "10.0.4.64/28");
        assertThat(read.claims()).extracting(Claim::macAddress).containsOnly(MAC);
    }

    @Test
    void read_ownAnnotationWithoutMultusMac_needsADeviceIndex() {
        PodClaims without = own(Map.of("network", "core/n3", "addresses", List.of("10.0.3.60")));
        PodClaims with = own(Map.of("network", "core/n3", "addresses", List.of("10.0.3.60"), "deviceIndex", 2));

        assertThat(without.problems()).singleElement().asString().contains("core/n3", "deviceIndex");
        assertThat(with.claims()).singleElement().extracting(Claim::deviceIndex).isEqualTo(2);
    }

    static List<Arguments> badOwn() {
        return List.of(
                Arguments.of("network", Map.of("addresses", List.of("10.0.4.60"), "deviceIndex", 1)),
                Arguments.of(
                        "network", Map.of("network", "Core/N4", "addresses", List.of("10.0.4.60"), "deviceIndex", 1)),
                Arguments.of("addresses", Map.of("network", "n4", "deviceIndex", 1)),
                Arguments.of("addresses", Map.of("network", "n4", "addresses", List.of(), "deviceIndex", 1)),
                Arguments.of(
                        "addresses", Map.of("network", "n4", "addresses", List.of("10.0.4.64/27"), "deviceIndex", 1)),
                Arguments.of(
                        "addresses", Map.of("network", "n4", "addresses", List.of("10.0.4.65/28"), "deviceIndex", 1)),
                Arguments.of(
                        "addresses", Map.of("network", "n4", "addresses", List.of("2001:db8::/64"), "deviceIndex", 1)),
                Arguments.of(
                        "deviceIndex", Map.of("network", "n4", "addresses", List.of("10.0.4.60"), "deviceIndex", 0)),
                Arguments.of(
                        "deviceIndex", Map.of("network", "n4", "addresses", List.of("10.0.4.60"), "deviceIndex", "1")),
                Arguments.of("mac", Map.of("network", "n4", "addresses", List.of("10.0.4.60"), "mac", "0")),
                Arguments.of(
                        "adresses",
                        Map.of(
                                "network",
                                "n4",
                                "adresses",
                                List.of("1"),
                                "addresses",
                                List.of("10.0.4.60"),
                                "deviceIndex",
                                1)),
                Arguments.of(
                        "holder",
                        Map.of(
                                "network",
                                "n4",
                                "addresses",
                                List.of("10.0.4.60"),
                                "deviceIndex",
                                1,
                                "holder",
                                "leader")),
                Arguments.of(
                        "holder",
                        Map.of(
                                "network",
                                "n4",
                                "addresses",
                                List.of("10.0.4.60"),
                                "deviceIndex",
                                1,
                                "holder",
                                Map.of("label", "active"))),
                Arguments.of(
                        "holder",
                        Map.of(
                                "network",
                                "n4",
                                "addresses",
                                List.of("10.0.4.60"),
                                "deviceIndex",
                                1,
                                "holder",
                                Map.of("lease", "other/lease"))));
    }

    @ParameterizedTest
    @MethodSource("badOwn")
    void read_badOwnEntry_isAProblemThatNamesTheMember(String member, Map<String, ?> entry) {
        PodClaims read = own(entry);

        assertThat(read.claims()).isEmpty();
        assertThat(read.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.field()).isEqualTo("multus4j/addresses[0]." + member));
    }

    @Test
    void read_addressOfBothAnnotations_isOneClaimWithTheStandingOfOurs() {
        PodClaims read = both(
                List.of(N4),
                List.of(Map.of("network", "core/n4", "addresses", List.of("10.0.4.50"), "holder", "ready")));

        assertThat(read.claims())
                .filteredOn(claim -> claim.address().equals("10.0.4.50"))
                .singleElement()
                .extracting(Claim::standing)
                .isEqualTo(Standing.SELECTED);
    }

    @Test
    void read_floatingAddressOfAPodThatIsNotReady_isOnStandby() {
        ready = false;

        assertThat(floating("ready")).isEqualTo(Standing.STANDBY);
    }

    @Test
    void read_label_selectsTheHolder() {
        labels = Map.of("role", "active");

        assertThat(floating(Map.of("label", "role=active"))).isEqualTo(Standing.SELECTED);
        assertThat(floating(Map.of("label", "role=standby"))).isEqualTo(Standing.STANDBY);
        assertThat(floating(Map.of("label", "other=active"))).isEqualTo(Standing.STANDBY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amf-0", "uid-amf-0", "amf-0_5f1b", "uid-amf-0_5f1b"})
    void read_lease_selectsThePodThatItNames(String holder) {
        leases.put("core/vip", Optional.of(holder));

        assertThat(floating(Map.of("lease", "vip"))).isEqualTo(Standing.SELECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amf-00", "amf", "amf-1_amf-0", ""})
    void read_leaseOfAnother_isStandby(String holder) {
        leases.put("core/vip", Optional.of(holder));

        assertThat(floating(Map.of("lease", "vip"))).isEqualTo(Standing.STANDBY);
    }

    @Test
    void read_leaseThatNobodyHolds_isStandby() {
        assertThat(floating(Map.of("lease", "vip"))).isEqualTo(Standing.STANDBY);
    }

    @Test
    void read_moreAddressesThanTheLimit_givesNoClaimAndOneProblem() {
        List<String> many = IntStream.range(0, 10_000)
                .mapToObj(i -> "10.1." + i / 250 + "." + i % 250)
                .toList();
        PodClaims read = own(Map.of("network", "n4", "addresses", many, "deviceIndex", 1));

        assertThat(read.claims()).isEmpty();
        assertThat(read.problems()).singleElement().asString().contains("10000", "256");
    }

    private Standing floating(Object holder) {
        PodClaims read =
                own(Map.of("network", "n4", "addresses", List.of("10.0.4.60"), "deviceIndex", 1, "holder", holder));
        assertThat(read.problems()).isEmpty();
        return read.claims().get(0).standing();
    }

    private PodClaims status(Object... entries) {
        return both(List.of(entries), List.of());
    }

    private PodClaims own(Map<String, ?> entry) {
        return both(List.of(), List.of(entry));
    }

    private PodClaims both(List<?> status, List<?> own) {
        return read(
                Map.of(ClaimReader.NETWORK_STATUS, "status", ClaimReader.ADDRESSES, "own"),
                Map.of("status", status, "own", own));
    }

    private PodClaims read(Map<String, String> annotations) {
        return read(annotations, Map.of());
    }

    private PodClaims read(Map<String, String> annotations, Map<String, List<?>> json) {
        ClaimReader reader = new ClaimReader(
                text -> {
                    List<?> value = json.get(text);
                    if (value == null) {
                        throw new IllegalArgumentException("no JSON");
                    }
                    return value;
                },
                lease -> leases.getOrDefault(lease, Optional.empty()));
        return reader.read(new Pod(
                new Pod.Ref("uid-amf-0", "core", "amf-0"),
                "node-a",
                Instant.EPOCH,
                finished,
                ready,
                labels,
                annotations));
    }
}
