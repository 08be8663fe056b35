package io.github.multus4j.pod;

import static io.github.multus4j.pod.Scene.NODE;
import static io.github.multus4j.pod.Scene.claim;
import static io.github.multus4j.pod.Scene.mac;
import static io.github.multus4j.pod.Scene.multus;
import static io.github.multus4j.pod.Scene.networkInterface;
import static io.github.multus4j.pod.Scene.ref;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.pod.AddressPlan.Refusal;
import io.github.multus4j.pod.AddressPlan.Refusal.Code;
import io.github.multus4j.pod.Claim.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPlannerTest {

    private static final NetworkInterface ELSEWHERE = multus("eni-9", "i-0b", 1, "10.0.4.20", "10.0.4.50");

    @Test
    void plan_freeAddress_isAssignedByMac() {
        AddressPlan plan = new Scene().claimed("amf-0", "10.0.4.50", "eni-2").plan();

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.assignments()).singleElement().satisfies(assignment -> {
            assertThat(assignment.to().id()).isEqualTo("eni-2");
            assertThat(assignment.isTakeover()).isFalse();
        });
    }

    @Test
    void plan_twoInterfacesInOneSubnet_areToldApart() {
        AddressPlan plan = new Scene()
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .claimed("amf-1", "10.0.4.51", "eni-2")
                .plan();

        assertThat(plan.assignments())
                .extracting(
                        each -> each.claims().get(0).address() + " " + each.to().id())
                .containsExactlyInAnyOrder("10.0.4.50 eni-1", "10.0.4.51 eni-2");
    }

    @Test
    void plan_addressThatIsThere_isKept() {
        AddressPlan plan = new Scene()
                .with(multus("eni-1", NODE, 1, "10.0.4.10", "10.0.4.50"))
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .plan();

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.kept()).extracting(Claim::address).containsExactly("10.0.4.50");
    }

    @Test
    void plan_addressInAPrefixOfTheInterface_isKept() {
        AddressPlan plan = new Scene()
                .with(multus("eni-1", NODE, 1, "10.0.4.10", "10.0.4.48/28"))
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .plan();

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.kept()).hasSize(1);
    }

    @Test
    void plan_prefixAndAddressInIt_isOneAssignment() {
        AddressPlan plan = new Scene()
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .claimed("amf-1", "10.0.4.48/28", "eni-1")
                .plan();

        assertThat(plan.assignments())
                .extracting(each -> each.claims().get(0).address())
                .containsExactly("10.0.4.48/28");
        assertThat(plan.refusals()).isEmpty();
    }

    @Test
    void plan_deviceIndex_findsTheInterface() {
        Claim claim = new Claim(
                ref("dpdk-0"),
                "node-a",
                "core/n3",
                Scene.block("2001:db8:0:4::50"),
                null,
                2,
                Standing.FIXED,
                Scene.START);

        assertThat(new Scene().claimed(claim).plan().assignments())
                .singleElement()
                .extracting(each -> each.to().id())
                .isEqualTo("eni-2");
    }

    @Test
    void plan_unknownMac_saysThatTheInterfaceMayNotBeAttachedYet() {
        Refusal refusal = refusal(new Scene().claimed("amf-0", "10.0.4.50", "eni-7"));

        assertThat(refusal.code()).isEqualTo(Code.NO_INTERFACE);
        assertThat(refusal.message()).contains(mac("eni-7"), NODE, "may not be attached yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"primary", "managed by the VPC CNI", "tag with another value"})
    void plan_interfaceThatIsNotForMultus_isNeverTouched(String kind) {
        Scene scene = new Scene();
        switch (kind) {
            case "primary" -> scene.with(multus("eni-1", NODE, 0, "10.0.4.10"));
            case "managed by the VPC CNI" -> scene.with(networkInterface("eni-1", NODE, 1, Map.of(), "10.0.4.10"));
            default ->
                scene.with(networkInterface(
                        "eni-1", NODE, 1, Map.of("node.k8s.amazonaws.com/no_manage", "false"), "10.0.4.10"));
        }

        assertThat(refusal(scene.claimed("amf-0", "10.0.4.50", "eni-1")).code()).isEqualTo(Code.NOT_A_MULTUS_INTERFACE);
    }

    @Test
    void plan_podOfTheHolderIsGone_isTakenOver() {
        AddressPlan plan = new Scene()
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .held(ELSEWHERE, List.of())
                .plan();

        assertThat(plan.assignments()).singleElement().satisfies(assignment -> {
            assertThat(assignment.isTakeover()).isTrue();
            assertThat(assignment.from()).isEqualTo(ELSEWHERE);
        });
    }

    @Test
    void plan_podOfTheHolderLives_isRefusedAndNamed() {
        Refusal refusal = refusal(new Scene()
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .held(ELSEWHERE, List.of(claim("amf-9", "node-b", "10.0.4.50", mac("eni-9"), Standing.FIXED))));

        assertThat(refusal.code()).isEqualTo(Code.HELD_BY_A_POD);
        assertThat(refusal.message()).contains("eni-9", "core/amf-9 (uid-amf-9)", "node-b");
    }

    @Test
    void plan_otherAddressOfALivingPod_doesNotMatter() {
        AddressPlan plan = new Scene()
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .held(ELSEWHERE, List.of(claim("amf-9", "node-b", "10.0.4.20", mac("eni-9"), Standing.FIXED)))
                .plan();

        assertThat(plan.assignments()).hasSize(1);
    }

    @Test
    void plan_podsOfTheHolderAreNotKnown_isRefused() {
        Refusal refusal =
                refusal(new Scene().claimed("amf-0", "10.0.4.50", "eni-1").held(ELSEWHERE, null));

        assertThat(refusal.code()).isEqualTo(Code.HOLDER_NOT_KNOWN);
        assertThat(refusal.code().mayHeal()).isTrue();
        assertThat(refusal.message()).contains("eni-9", "i-0b");
    }

    @Test
    void plan_floatingAddress_goesToTheSelectedPod() {
        Claim standby = claim("vip-1", "node-b", "10.0.4.50", mac("eni-9"), Standing.STANDBY);
        Claim selected = claim("vip-1", "node-b", "10.0.4.50", mac("eni-9"), Standing.SELECTED);

        assertThat(new Scene()
                        .claimed("vip-0", "10.0.4.50", "eni-1", Standing.SELECTED)
                        .held(ELSEWHERE, List.of(standby))
                        .plan()
                        .assignments())
                .hasSize(1);
        assertThat(refusal(new Scene()
                                .claimed("vip-0", "10.0.4.50", "eni-1", Standing.SELECTED)
                                .held(ELSEWHERE, List.of(selected)))
                        .message())
                .contains("alive and selected");
    }

    @Test
    void plan_standbyPod_asksForNothing() {
        AddressPlan plan = new Scene()
                .claimed("vip-0", "10.0.4.50", "eni-1", Standing.STANDBY)
                .held(ELSEWHERE, List.of())
                .plan();

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.refusals()).isEmpty();
    }

    @Test
    void plan_addressOnAnotherInterfaceOfTheNode_isMoved() {
        AddressPlan plan = new Scene()
                .with(multus("eni-2", NODE, 2, "10.0.4.11", "10.0.4.50"))
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .plan();

        assertThat(plan.assignments()).singleElement().satisfies(assignment -> {
            assertThat(assignment.to().id()).isEqualTo("eni-1");
            assertThat(assignment.from()).extracting(NetworkInterface::id).isEqualTo("eni-2");
        });
    }

    @Test
    void plan_twoPodsOfOneNodeOnTwoInterfaces_theHolderKeepsIt() {
        AddressPlan plan = new Scene()
                .with(multus("eni-2", NODE, 2, "10.0.4.11", "10.0.4.50"))
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .claimed("amf-1", "10.0.4.50", "eni-2")
                .plan();

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.kept()).extracting(each -> each.pod().name()).containsExactly("amf-1");
        assertThat(plan.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(Code.CLAIMED_TWICE);
            assertThat(refusal.message()).contains("core/amf-1", "eni-2", "eni-1");
        });
    }

    @Test
    void plan_twoLivingPodsOnOneInterface_isOneAddressAndAWarning() {
        AddressPlan plan = new Scene()
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .claimed("amf-1", "10.0.4.50", "eni-1")
                .plan();

        assertThat(plan.assignments()).hasSize(1);
        assertThat(plan.warnings()).singleElement().asString().contains("core/amf-0", "core/amf-1", "IPAM");
    }

    @Test
    void plan_primaryAddressOfAnotherNode_isNeverTaken() {
        Refusal refusal =
                refusal(new Scene().claimed("amf-0", "10.0.4.20", "eni-1").held(ELSEWHERE, List.of()));

        assertThat(refusal.code()).isEqualTo(Code.PRIMARY_ADDRESS);
    }

    @Test
    void plan_primaryAddressOfTheInterfaceItself_isKept() {
        assertThat(new Scene().claimed("amf-0", "10.0.4.10", "eni-1").plan().kept())
                .hasSize(1);
    }

    @Test
    void plan_holderOfAnotherTenant_isRefused() {
        NetworkInterface database = networkInterface("eni-8", "i-0c", 1, Map.of(), "10.0.4.30", "10.0.4.50");

        assertThat(refusal(new Scene().claimed("amf-0", "10.0.4.50", "eni-1").held(database, List.of()))
                        .code())
                .isEqualTo(Code.HELD_BY_OTHERS);
    }

    @Test
    void plan_addressInAPrefixElsewhere_isRefused() {
        NetworkInterface other = multus("eni-9", "i-0b", 1, "10.0.4.20", "10.0.4.48/28");

        assertThat(refusal(new Scene().claimed("amf-0", "10.0.4.50", "eni-1").held(other, List.of()))
                        .code())
                .isEqualTo(Code.IN_A_PREFIX);
    }

    @Test
    void plan_prefixWithUsedAddresses_isRefused() {
        assertThat(refusal(new Scene().claimed("amf-0", "10.0.4.48/28", "eni-1").held(ELSEWHERE, List.of()))
                        .code())
                .isEqualTo(Code.IN_A_PREFIX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.5.50", "2001:db8:0:5::50", "192.168.0.1"})
    void plan_addressOutsideOfTheSubnet_isRefused(String address) {
        Refusal refusal = refusal(new Scene().claimed("amf-0", address, "eni-1"));

        assertThat(refusal.code()).isEqualTo(Code.NOT_IN_SUBNET);
        assertThat(refusal.message()).contains("subnet-4", "10.0.4.0/24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.4.0", "10.0.4.3", "10.0.4.255", "10.0.4.0/28", "2001:db8:0:4::1"})
    void plan_addressThatEc2Reserves_isRefused(String address) {
        assertThat(refusal(new Scene().claimed("amf-0", address, "eni-1")).code())
                .isEqualTo(Code.RESERVED_BY_EC2);
    }

    @Test
    void plan_addressOutsideOfThePodsReservation_isAWarning() {
        AddressPlan plan = new Scene()
                .reserved("10.0.4.128/25")
                .claimed("amf-0", "10.0.4.50", "eni-1")
                .claimed("amf-1", "10.0.4.130", "eni-1")
                .claimed("amf-2", "2001:db8:0:4::50", "eni-1")
                .plan();

        assertThat(plan.assignments()).hasSize(3);
        assertThat(plan.warnings()).singleElement().asString().contains("10.0.4.50 of core/amf-0", "10.0.4.128/25");
    }

    @Test
    void plan_addressOutsideOfThePodsReservation_isRefusedIfTheUserSaysSo() {
        Scene scene = new Scene()
                .reserved("10.0.4.128/25")
                .rules(new PodAddressRules(List.of(), true, Duration.ofSeconds(30)))
                .claimed("amf-0", "10.0.4.50", "eni-1");

        assertThat(refusal(scene).code()).isEqualTo(Code.NOT_FOR_PODS);
    }

    @Test
    void plan_moreAddressesThanTheTypeAllows_theOldestPodsGetThem() {
        Scene scene = new Scene();
        for (int i = 0; i < 5; i++) {
            scene.claimed(new Claim(
                    ref("amf-" + i),
                    "node-a",
                    "core/n4",
                    Scene.block("10.0.4." + (50 + i)),
                    mac("eni-1"),
                    null,
                    Standing.FIXED,
                    Scene.START.minusSeconds(i)));
        }
        AddressPlan plan = scene.plan();

        // Four for each interface, the primary one included.
        assertThat(plan.assignments())
                .extracting(each -> each.claims().get(0).pod().name())
                .containsExactlyInAnyOrder("amf-4", "amf-3", "amf-2");
        assertThat(plan.refusals()).extracting(Refusal::code).containsExactly(Code.NO_ROOM, Code.NO_ROOM);
        assertThat(plan.refusals().get(0).message()).contains("m5.large allows, 4");
    }

    @Test
    void plan_claimsInAnyOrder_givesTheSamePlan() {
        Scene one = new Scene().claimed("amf-0", "10.0.4.50", "eni-1").claimed("amf-1", "10.0.4.50", "eni-2");
        Scene other = new Scene().claimed("amf-1", "10.0.4.50", "eni-2").claimed("amf-0", "10.0.4.50", "eni-1");

        assertThat(one.plan()).isEqualTo(other.plan());
    }

    private static Refusal refusal(Scene scene) {
        AddressPlan plan = scene.plan();
        assertThat(plan.assignments()).isEmpty();
        assertThat(plan.refusals()).hasSize(1);
        return plan.refusals().get(0);
    }
}
