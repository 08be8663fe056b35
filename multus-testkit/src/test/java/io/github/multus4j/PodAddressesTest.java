package io.github.multus4j;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.InterceptedEc2Addresses;
import io.github.multus4j.ec2.InterceptedEc2Network;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.pod.AddressPlan.Refusal.Code;
import io.github.multus4j.pod.AddressReport;
import io.github.multus4j.pod.Claim;
import io.github.multus4j.pod.Claim.Standing;
import io.github.multus4j.pod.ClusterPods;
import io.github.multus4j.pod.NodePods;
import io.github.multus4j.pod.Pod;
import io.github.multus4j.pod.PodClaims;
import io.github.multus4j.pod.ReleasePlan.Memory;
import io.github.multus4j.pod.ReleaseReport;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.JournalEntry;
import io.github.multus4j.testkit.ManualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PodAddressesTest {

    private final OneZone zone = new OneZone();
    private final Instance other = zone.launch();
    private final Map<String, List<Claim>> clusters = new HashMap<>();
    private final PodAddresses addresses = PodAddresses.builder(zone.ec2, zone.ec2)
            .time(zone.ec2.time(), zone.ec2.time())
            .executor(Runnable::run)
            .build();

    PodAddressesTest() {
        zone.multus().attach(zone.node.id(), zone.spec().build());
        zone.multus().attach(other.id(), zone.spec().build());
        zone.ec2.journal().clear();
    }

    @Test
    void assign_freeAddresses_isOneCallForEachInterface() {
        AddressReport report = assign(
                zone.node,
                claim(zone.node, 1, "10.0.4.50"),
                claim(zone.node, 1, "10.0.4.51"),
                claim(zone.node, 2, "10.0.6.50"));

        assertThat(report.isComplete()).isTrue();
        assertThat(report.present()).hasSize(3);
        assertThat(holder("10.0.4.51").id())
                .isEqualTo(networkInterface(zone.node, 1).id());
        assertThat(zone.ec2.journal().calls(Action.ASSIGN_PRIVATE_IP_ADDRESSES)).hasSize(2);
    }

    @Test
    void assign_again_makesNoChangingCall() {
        Claim claim = claim(zone.node, 1, "10.0.4.50");
        assign(zone.node, claim);
        zone.ec2.journal().clear();

        assertThat(assign(zone.node, claim).present()).containsExactly(claim);
        assertThat(zone.ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void assign_podMovedToAnotherNode_takesTheAddressInOneCall() {
        assign(other, claim(other, 1, "10.0.4.50"));
        clusters.put(other.id(), List.of());
        zone.ec2.journal().clear();

        AddressReport report = assign(zone.node, claim(zone.node, 1, "10.0.4.50"));

        assertThat(report.isComplete()).isTrue();
        assertThat(holder("10.0.4.50").id())
                .isEqualTo(networkInterface(zone.node, 1).id());
        assertThat(zone.ec2.journal().mutatingCalls())
                .extracting(JournalEntry::action)
                .containsExactly(Action.ASSIGN_PRIVATE_IP_ADDRESSES);
    }

    /** The samples never saw the return of an address. */
    @Test
    void assign_addressThatGoesToAnotherNodeAndReturns_convergesEachTime() {
        for (int i = 0; i < 3; i++) {
            for (Instance node : List.of(zone.node, other)) {
                clusters.clear();
                clusters.put(zone.node.id(), List.of());
                clusters.put(other.id(), List.of());
                assign(node, claim(node, 1, "10.0.4.50"));
                assertThat(holder("10.0.4.50").id())
                        .isEqualTo(networkInterface(node, 1).id());
            }
        }
    }

    @Test
    void assign_addressOfALivingPod_isRefusedAndNothingChanges() {
        Claim living = claim(other, 1, "10.0.4.50");
        assign(other, living);
        clusters.put(other.id(), List.of(living));
        zone.ec2.journal().clear();

        AddressReport report = assign(zone.node, claim(zone.node, 1, "10.0.4.50"), claim(zone.node, 1, "10.0.4.51"));

        assertThat(report.refused()).singleElement().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(Code.HELD_BY_A_POD);
            assertThat(refusal.message()).contains(other.id() + "-10.0.4.50");
        });
        assertThat(holder("10.0.4.50").id())
                .isEqualTo(networkInterface(other, 1).id());
        assertThat(report.present()).extracting(Claim::address).containsExactly("10.0.4.51");
    }

    @Test
    void assign_addressOfANodeThatKubernetesDoesNotKnow_isRefused() {
        assign(other, claim(other, 1, "10.0.4.50"));

        AddressReport report = assign(zone.node, claim(zone.node, 1, "10.0.4.50"));

        assertThat(report.refused())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.HOLDER_NOT_KNOWN));
    }

    @Test
    void assign_addressTakenAfterTheRead_isLookedAtAgain() {
        Claim living = claim(other, 1, "10.0.4.50");
        zone.ec2.faults().on(Action.ASSIGN_PRIVATE_IP_ADDRESSES).call(1).meanwhile(() -> {
            assign(other, living);
            clusters.put(other.id(), List.of(living));
        });

        AddressReport report = assign(zone.node, claim(zone.node, 1, "10.0.4.50"), claim(zone.node, 1, "10.0.4.51"));

        assertThat(holder("10.0.4.50").id())
                .isEqualTo(networkInterface(other, 1).id());
        assertThat(report.refused())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.HELD_BY_A_POD));
        assertThat(report.present()).extracting(Claim::address).containsExactly("10.0.4.51");
        assertThat(report.failed()).isEmpty();
    }

    @Test
    void assign_outcomeUnknown_isFollowedByARead() {
        zone.ec2.faults().on(Action.ASSIGN_PRIVATE_IP_ADDRESSES).call(1).loseResponse();

        AddressReport report = assign(zone.node, claim(zone.node, 1, "10.0.4.50"));

        assertThat(report.isComplete()).isTrue();
        assertThat(report.present()).hasSize(1);
        assertThat(zone.ec2.journal().calls(Action.ASSIGN_PRIVATE_IP_ADDRESSES)).hasSize(1);
    }

    @Test
    void assign_refusedByEc2_isNeverPresent() {
        zone.ec2.faults().on(Action.ASSIGN_PRIVATE_IP_ADDRESSES).everyCall().failWith("UnauthorizedOperation");

        AddressReport report = assign(zone.node, claim(zone.node, 1, "10.0.4.50"));

        assertThat(report.present()).isEmpty();
        assertThat(report.isComplete()).isFalse();
        assertThat(report.failed()).singleElement().satisfies(failure -> {
            assertThat(failure.claim().address()).isEqualTo("10.0.4.50");
            assertThat(failure.cause()).isInstanceOf(Ec2Exception.class);
        });
    }

    @Test
    void assign_oneBadAddressAmongMany_doesNotDisturbTheOthers() {
        zone.ec2.occupy(zone.signalling, "10.0.4.60");

        AddressReport report = assign(
                zone.node,
                claim(zone.node, 1, "10.0.4.50"),
                claim(zone.node, 1, "10.0.4.60"),
                claim(zone.node, 1, "10.0.4.3"),
                claim(zone.node, 1, "10.9.9.9"),
                claim(zone.node, 1, "10.0.4.51"));

        assertThat(report.present()).extracting(Claim::address).containsExactlyInAnyOrder("10.0.4.50", "10.0.4.51");
        assertThat(report.refused())
                .extracting(refusal -> refusal.claim().address() + " " + refusal.code())
                .containsExactlyInAnyOrder(
                        "10.0.4.60 PRIMARY_ADDRESS", "10.0.4.3 RESERVED_BY_EC2", "10.9.9.9 NOT_IN_SUBNET");
    }

    /** The limit of the type is not known, so that EC2 decides. */
    @Test
    void assign_moreAddressesThanFit_makesFewCallsAndFillsTheInterface() {
        Ec2Network withoutLimits = new InterceptedEc2Network(zone.ec2, new Unchanged()) {
            @Override
            public Optional<InstanceType> describeInstanceType(String name, Deadline deadline) {
                return Optional.empty();
            }
        };
        PodAddresses unlimited = PodAddresses.builder(withoutLimits, zone.ec2)
                .time(zone.ec2.time(), zone.ec2.time())
                .executor(Runnable::run)
                .build();
        Claim[] claims = IntStream.range(0, 64)
                .mapToObj(i -> claim(zone.node, 1, "10.0.4." + (100 + i)))
                .toArray(Claim[]::new);

        AddressReport report = unlimited.assign(
                new NodePods(zone.node.id(), pods(claims), clusters::get),
                Deadline.in(Duration.ofSeconds(60), zone.ec2.clock()));

        assertThat(report.present()).hasSize(29); // Of 30, the primary address is one.
        assertThat(report.failed())
                .hasSize(35)
                .allSatisfy(failure -> assertThat(failure.cause().kind()).isEqualTo(Ec2Exception.Kind.LIMIT_REACHED));
        assertThat(zone.ec2.journal().calls(Action.ASSIGN_PRIVATE_IP_ADDRESSES)).hasSizeLessThan(16);
    }

    @Test
    void assign_readFails_throwsEc2ExceptionAndChangesNothing() {
        Claim claim = claim(zone.node, 1, "10.0.4.50");
        zone.ec2.faults().on(Action.DESCRIBE_NETWORK_INTERFACES).everyCall().failWith("UnauthorizedOperation");

        assertThatThrownBy(() -> assign(zone.node, claim))
                .isInstanceOfSatisfying(
                        Ec2Exception.class, e -> assertThat(e.kind()).isEqualTo(Ec2Exception.Kind.DENIED));
        assertThat(zone.ec2.journal().mutatingCalls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GET_SUBNET_CIDR_RESERVATIONS", "DESCRIBE_INSTANCES", "DESCRIBE_INSTANCE_TYPES"})
    void assign_precautionDenied_goesOnWithout(Action action) {
        zone.ec2.faults().on(action).everyCall().failWith("UnauthorizedOperation");

        assertThat(assign(zone.node, claim(zone.node, 1, "10.0.4.50")).isComplete())
                .isTrue();
        assertThat(zone.ec2.journal().calls(action)).isNotEmpty();
    }

    @Test
    void assign_timeRunsOutBeforeTheNextRound_reportsTheFailure() {
        Claim claim = claim(zone.node, 1, "10.0.4.50");
        zone.ec2.faults().on(Action.ASSIGN_PRIVATE_IP_ADDRESSES).call(1).loseResponse();

        AddressReport report = addresses.assign(
                new NodePods(zone.node.id(), pods(claim), clusters::get),
                Deadline.in(Duration.ofMillis(20), zone.ec2.clock()));

        assertThat(report.present()).isEmpty();
        assertThat(report.failed()).hasSize(1);
    }

    @Test
    void assign_portThrowsAnythingElse_isReportedAsAFailure() {
        Claim claim = claim(zone.node, 1, "10.0.4.50");
        Ec2Addresses defective = new InterceptedEc2Addresses(zone.ec2, new Unchanged()) {
            @Override
            public AddressList assignPrivateIpAddresses(
                    String id, AddressList ipv4, boolean allowReassignment, Deadline deadline) {
                throw new IllegalStateException("a defect");
            }
        };
        PodAddresses withDefect = PodAddresses.builder(zone.ec2, defective)
                .time(zone.ec2.time(), zone.ec2.time())
                .executor(Runnable::run)
                .build();

        AddressReport report = withDefect.assign(
                new NodePods(zone.node.id(), pods(claim), clusters::get),
                Deadline.in(Duration.ofSeconds(60), zone.ec2.clock()));

        assertThat(report.failed())
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause()).hasMessageContaining("a defect"));
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void assign_floatingAddress_followsTheSelection(Standing standing) {
        Claim selected = claim(other, 1, "10.0.4.50", Standing.SELECTED);
        assign(other, selected);
        clusters.put(other.id(), List.of(claim(other, 1, "10.0.4.50", standing)));

        assign(zone.node, claim(zone.node, 1, "10.0.4.50", Standing.SELECTED));

        Instance holder = standing == Standing.STANDBY ? zone.node : other;
        assertThat(holder("10.0.4.50").id())
                .isEqualTo(networkInterface(holder, 1).id());
    }

    @Test
    void release_podIsGone_takesItsAddressOffAfterTheCoolingTime() {
        assign(zone.node, claim(zone.node, 1, "10.0.4.50"), claim(zone.node, 1, "10.0.4.51"));
        Claim living = claim(zone.node, 1, "10.0.4.51");
        Memory before = release(Memory.empty(), living, claim(zone.node, 1, "10.0.4.50"))
                .memory();

        ReleaseReport first = release(before, living);
        zone.ec2.time().advance(Duration.ofSeconds(30));
        ReleaseReport second = release(first.memory(), living);

        assertThat(first.released()).isEmpty();
        assertThat(second.released()).singleElement().asString().contains("10.0.4.50");
        assertThat(networkInterface(zone.node, 1).ipv4Addresses())
                .extracting(IpAddress::toString)
                .contains("10.0.4.51")
                .doesNotContain("10.0.4.50");
    }

    @Test
    void release_addressThatANodeTookOverMeanwhile_doesNotKeepTheOthers() {
        Claim moved = claim(zone.node, 1, "10.0.4.50");
        Claim gone = claim(zone.node, 1, "10.0.4.51");
        Claim living = claim(other, 1, "10.0.4.60");
        assign(zone.node, moved, gone);
        Memory first = release(release(Memory.empty(), moved, gone, living).memory(), living)
                .memory();
        zone.ec2.time().advance(Duration.ofSeconds(30));
        clusters.put(zone.node.id(), List.of());
        zone.ec2
                .faults()
                .on(Action.UNASSIGN_PRIVATE_IP_ADDRESSES)
                .call(1)
                .meanwhile(() -> assign(other, claim(other, 1, "10.0.4.50")));

        ReleaseReport report = release(first, living);

        assertThat(report.failed()).isEmpty();
        assertThat(holder("10.0.4.50").id())
                .isEqualTo(networkInterface(other, 1).id());
        assertThat(networkInterface(zone.node, 1).ipv4Addresses()).hasSize(1);
    }

    @Test
    void release_refusedByEc2_isTriedAgainAtTheNextLook() {
        Claim gone = claim(zone.node, 1, "10.0.4.50");
        Claim living = claim(other, 1, "10.0.4.60");
        assign(zone.node, gone);
        Memory first =
                release(release(Memory.empty(), gone, living).memory(), living).memory();
        zone.ec2.time().advance(Duration.ofSeconds(30));
        zone.ec2.faults().on(Action.UNASSIGN_PRIVATE_IP_ADDRESSES).call(1).failWith("UnauthorizedOperation");

        ReleaseReport refused = release(first, living);
        ReleaseReport again = release(refused.memory(), living);

        assertThat(refused.released()).isEmpty();
        assertThat(refused.failed()).hasSize(1);
        assertThat(again.released()).hasSize(1);
    }

    private ReleaseReport release(Memory memory, Claim... claims) {
        ClusterPods cluster =
                new ClusterPods(Map.of(zone.node.id(), zone.node.id(), other.id(), other.id()), pods(claims));
        return addresses.release(cluster, memory, Deadline.in(Duration.ofSeconds(60), zone.ec2.clock()));
    }

    private static final class Unchanged implements InterceptedEc2Network.Interceptor {

        @Override
        public <T> T intercept(InterceptedEc2Network.Call<T> call) {
            return call.proceed();
        }
    }

    private AddressReport assign(Instance node, Claim... claims) {
        return addresses.assign(
                new NodePods(node.id(), pods(claims), clusters::get),
                Deadline.in(Duration.ofSeconds(60), zone.ec2.clock()));
    }

    private static List<PodClaims> pods(Claim... claims) {
        return Stream.of(claims)
                .map(claim -> new PodClaims(claim.pod(), claim.node(), List.of(claim), List.of()))
                .toList();
    }

    private Claim claim(Instance node, int deviceIndex, String address) {
        return claim(node, deviceIndex, address, Standing.FIXED);
    }

    private Claim claim(Instance node, int deviceIndex, String address, Standing standing) {
        return new Claim(
                new Pod.Ref("uid-" + node.id() + address, "core", node.id() + "-" + address),
                node.id(),
                "core/n4",
                Cidr.of(IpAddress.parse(address)),
                networkInterface(node, deviceIndex).macAddress(),
                null,
                standing,
                ManualTime.START);
    }

    private NetworkInterface networkInterface(Instance node, int deviceIndex) {
        return zone.ec2.interfaces().stream()
                .filter(each -> each.isAttachedTo(node.id()))
                .filter(each -> each.attachment() != null && each.attachment().deviceIndex() == deviceIndex)
                .findFirst()
                .orElseThrow();
    }

    private NetworkInterface holder(String address) {
        return zone.ec2.interfaces().stream()
                .filter(each -> each.addresses().contains(IpAddress.parse(address)))
                .findFirst()
                .orElseThrow();
    }
}
