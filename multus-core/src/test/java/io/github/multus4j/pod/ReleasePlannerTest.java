package io.github.multus4j.pod;

import static io.github.multus4j.pod.Scene.block;
import static io.github.multus4j.pod.Scene.claim;
import static io.github.multus4j.pod.Scene.mac;
import static io.github.multus4j.pod.Scene.multus;
import static io.github.multus4j.pod.Scene.networkInterface;
import static io.github.multus4j.pod.Scene.ref;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.nodegroup.Problem;
import io.github.multus4j.pod.Claim.Standing;
import io.github.multus4j.pod.ReleasePlan.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasePlannerTest {

    private static final PodAddressRules RULES =
            new PodAddressRules(List.of(Cidr.parse("10.0.4.128/25")), false, Duration.ofSeconds(30));
    private static final NetworkInterface HOLDER = multus("eni-1", "i-0a", 1, "10.0.4.10", "10.0.4.130");
    private static final PodClaims BYSTANDER = claims("other", "node-b", "10.0.4.200", "eni-9");

    @Test
    void plan_addressWithoutAClaim_isReleasedAfterTwoLooksAndTheCoolingTime() {
        Memory first = look(Memory.empty(), 0, HOLDER, BYSTANDER).memory();
        Memory second = look(first, 29, HOLDER, BYSTANDER).memory();

        assertThat(look(Memory.empty(), 0, HOLDER, BYSTANDER).releases()).isEmpty();
        assertThat(look(first, 29, HOLDER, BYSTANDER).releases()).isEmpty();
        assertThat(look(second, 30, HOLDER, BYSTANDER).releases())
                .singleElement()
                .satisfies(release -> {
                    assertThat(release.networkInterface()).isEqualTo(HOLDER);
                    assertThat(release.block()).isEqualTo(block("10.0.4.130"));
                });
    }

    @Test
    void plan_claimThatReturnsInBetween_beginsTheTimeAnew() {
        Memory first = look(Memory.empty(), 0, HOLDER, BYSTANDER).memory();
        Memory claimed = look(first, 20, HOLDER, claims("amf-0", "node-a", "10.0.4.130", "eni-1"))
                .memory();
        Memory gone = look(claimed, 40, HOLDER, BYSTANDER).memory();

        assertThat(look(gone, 69, HOLDER, BYSTANDER).releases()).isEmpty();
        assertThat(look(gone, 70, HOLDER, BYSTANDER).releases()).hasSize(1);
    }

    @Test
    void plan_noPodAtAll_releasesNothingAndDoesNotCountAsALook() {
        Memory first = look(Memory.empty(), 0, HOLDER, BYSTANDER).memory();
        ReleasePlan empty = look(first, 60, HOLDER);

        assertThat(empty.releases()).isEmpty();
        assertThat(empty.memory()).isEqualTo(first);
        assertThat(empty.reasons()).singleElement().asString().contains("no release");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-a", "node-b"})
    void plan_claimOnAnyNode_keepsTheAddress(String node) {
        PodClaims claim = claims("amf-0", node, "10.0.4.130", "eni-9");
        Memory first = look(Memory.empty(), 0, HOLDER, claim).memory();

        assertThat(look(first, 3600, HOLDER, claim).releases()).isEmpty();
    }

    @Test
    void plan_standbyClaim_keepsTheAddress() {
        Claim standby = claim("vip-0", "node-b", "10.0.4.130", mac("eni-9"), Standing.STANDBY);
        PodClaims pod = new PodClaims(standby.pod(), "node-b", List.of(standby), List.of());
        Memory first = look(Memory.empty(), 0, HOLDER, pod).memory();

        assertThat(look(first, 3600, HOLDER, pod).releases()).isEmpty();
    }

    @Test
    void plan_unreadableAnnotationOnTheNode_keepsAllAddressesOfTheNode() {
        PodClaims unreadable =
                new PodClaims(ref("amf-0"), "node-a", List.of(), List.of(new Problem("status", "{", "an array")));
        Memory first = look(Memory.empty(), 0, HOLDER, BYSTANDER).memory();
        ReleasePlan plan = look(first, 60, HOLDER, BYSTANDER, unreadable);

        assertThat(plan.releases()).isEmpty();
        assertThat(plan.reasons()).singleElement().asString().contains("node-a", "eni-1");
    }

    @Test
    void plan_addressThatNoPodEverClaimed_staysOutsideOfThePodsRanges() {
        NetworkInterface byHand = multus("eni-1", "i-0a", 1, "10.0.4.10", "10.0.4.50");
        Memory first = look(Memory.empty(), 0, byHand, BYSTANDER).memory();
        ReleasePlan plan = look(first, 60, byHand, BYSTANDER);

        assertThat(plan.releases()).isEmpty();
        assertThat(plan.reasons()).singleElement().asString().contains("10.0.4.50", "it stays");
    }

    @Test
    void plan_addressThatAPodClaimedOnce_isReleasedOutsideOfThePodsRanges() {
        NetworkInterface holder = multus("eni-1", "i-0a", 1, "10.0.4.10", "10.0.4.50");
        Memory claimed = look(Memory.empty(), 0, holder, claims("amf-0", "node-a", "10.0.4.50", "eni-1"))
                .memory();
        Memory gone = look(claimed, 10, holder, BYSTANDER).memory();

        assertThat(look(gone, 40, holder, BYSTANDER).releases()).hasSize(1);
    }

    @Test
    void plan_explicitReservation_isARangeForPods() {
        ClusterState state = new ClusterState(
                Map.of("i-0a", "node-a"),
                List.of(HOLDER),
                List.of(new Subnet.CidrReservation("scr-1", "subnet-4", Cidr.parse("10.0.4.128/25"), "explicit", "")),
                List.of(BYSTANDER));
        Memory first =
                plan(state, PodAddressRules.ofDefaults(), Memory.empty(), 0).memory();

        assertThat(plan(state, PodAddressRules.ofDefaults(), first, 30).releases())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"primary interface", "managed by the VPC CNI", "another cluster's"})
    void plan_interfaceThatIsNotOurs_isNeverTouched(String kind) {
        NetworkInterface holder = switch (kind) {
            case "primary interface" -> multus("eni-1", "i-0a", 0, "10.0.4.10", "10.0.4.130");
            case "managed by the VPC CNI" -> networkInterface("eni-1", "i-0a", 1, Map.of(), "10.0.4.10", "10.0.4.130");
            default -> multus("eni-1", "i-0f", 1, "10.0.4.10", "10.0.4.130");
        };
        Memory first = look(Memory.empty(), 0, holder, BYSTANDER).memory();

        assertThat(look(first, 3600, holder, BYSTANDER).releases()).isEmpty();
    }

    @Test
    void plan_primaryAddressInThePodsRange_isNeverReleased() {
        NetworkInterface holder = multus("eni-1", "i-0a", 1, "10.0.4.131", "10.0.4.130");
        Memory first = look(Memory.empty(), 0, holder, BYSTANDER).memory();

        assertThat(look(first, 60, holder, BYSTANDER).releases())
                .extracting(ReleasePlan.Release::block)
                .containsExactly(block("10.0.4.130"));
    }

    @Test
    void plan_prefixWithOneClaimedAddress_isKept() {
        NetworkInterface holder = multus("eni-1", "i-0a", 1, "10.0.4.10", "10.0.4.128/28");
        PodClaims claim = claims("amf-0", "node-a", "10.0.4.130", "eni-1");
        Memory first = look(Memory.empty(), 0, holder, claim).memory();

        assertThat(look(first, 60, holder, claim).releases()).isEmpty();
    }

    private static PodClaims claims(String pod, String node, String address, String interfaceId) {
        Claim claim = claim(pod, node, address, mac(interfaceId), Standing.FIXED);
        return new PodClaims(claim.pod(), node, List.of(claim), List.of());
    }

    private static ReleasePlan look(Memory memory, int second, NetworkInterface holder, PodClaims... pods) {
        ClusterState state =
                new ClusterState(Map.of("i-0a", "node-a", "i-0b", "node-b"), List.of(holder), List.of(), List.of(pods));
        return plan(state, RULES, memory, second);
    }

    private static ReleasePlan plan(ClusterState state, PodAddressRules rules, Memory memory, int second) {
        Instant now = Scene.START.plusSeconds(second);
        return ReleasePlanner.plan(state, rules, memory, now);
    }
}
