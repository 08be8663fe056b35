package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.DELETE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.DETACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.DeviceIndexPolicy;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.result.AttachListener;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.result.Plan;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run with failing calls, lost answers, concurrent changes, and too little time. */
class AttachUnderFaultsTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;

    @Test
    void create_addressTakenMeanwhile_looksAgainAndTakesTheNext() {
        ec2.faults().on(CREATE_NETWORK_INTERFACE).meanwhile(() -> ec2.occupy(world.signalling, "10.0.4.4"));
        ec2.faults().on(CREATE_NETWORK_INTERFACE).meanwhile(() -> ec2.occupy(world.signalling, "10.0.4.5"));

        Outcome outcome = world.attach();

        assertThat(outcome).isAttached().hasAddresses("10.0.4.6", "10.0.6.4");
        assertThat(ec2).holdsInvariants();
    }

    /** In a subnet that is nearly full, a node without the last address is left as it was. */
    @Test
    void attach_subnetIsNearlyFull_makesAllInterfacesBeforeItAttachesTheFirst() {
        Subnet full = world.vpc.subnet("10.0.9.0/28", OneZone.ZONE);
        IntStream.range(4, 14).forEach(i -> ec2.occupy(full, "10.0.9." + i));

        assertThat(world.multus()
                        .attach(
                                world.node.id(),
                                world.spec()
                                        .subnets(world.signalling.id(), full.id())
                                        .build(),
                                world.in(Duration.ofMinutes(5))))
                .isAttached();

        assertThat(ec2.journal().entries().stream()
                        .map(JournalEntry::action)
                        .filter(action -> action == CREATE_NETWORK_INTERFACE || action == ATTACH_NETWORK_INTERFACE))
                .containsExactly(
                        CREATE_NETWORK_INTERFACE,
                        CREATE_NETWORK_INTERFACE,
                        ATTACH_NETWORK_INTERFACE,
                        ATTACH_NETWORK_INTERFACE);
    }

    @Test
    void create_moreConflictsThanTheReferenceTries_goesOnWhileTheSubnetHasRoom() {
        for (int i = 4; i < 4 + 40; i++) {
            String address = "10.0.4." + i;
            ec2.faults().on(CREATE_NETWORK_INTERFACE).call(i - 3).meanwhile(() -> {
                if (ec2.interfaces().stream()
                        .noneMatch(n -> n.ipv4Addresses().toString().contains(address))) {
                    ec2.occupy(world.signalling, address);
                }
            });
        }

        assertThat(world.attach()).isAttached();
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void attach_indexTakenMeanwhile_movesToTheNextFreeIndexAndKeepsTheOrder() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).meanwhile(() -> ec2.attachStranger(world.node.id(), 1));

        Outcome outcome = world.attach();

        assertThat(outcome).isAttached().hasDeviceIndexes(2, 3);
        assertThat(((Outcome.Attached) outcome).warnings())
                .singleElement()
                .asString()
                .contains(
                        " in " + world.signalling.id() + ": device index 2 instead of 1",
                        " in " + world.media.id() + ": device index 3 instead of 2");
    }

    @Test
    void attach_ownIndexRequiredAndTakenMeanwhile_failsForGoodAndRollsBack() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).meanwhile(() -> ec2.attachStranger(world.node.id(), 1));

        Outcome outcome = world.attach(world.spec().deviceIndexes(DeviceIndexPolicy.OWN));

        assertThat(outcome)
                .isFailedBecause(Cause.Code.EC2, "AttachNetworkInterface")
                .leftNothingBehind();
        assertThat(((Outcome.Failed) outcome).cause().mayHeal()).isFalse();
        assertThat(world.ours()).isEmpty();
        assertThat(world.attach(world.spec().deviceIndexes(DeviceIndexPolicy.OWN)))
                .isFailedBecause(Cause.Code.FINDINGS, "device index 2 instead of 1");
    }

    @Test
    void attach_bothIndexesTakenWhileBothCallsAreUnderWay_keepsTheOrder() {
        CyclicBarrier both = new CyclicBarrier(2, () -> {
            ec2.attachStranger(world.node.id(), 1);
            ec2.attachStranger(world.node.id(), 2);
        });
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).nextCalls(2).meanwhile(() -> await(both));

        assertThat(attachInThreads()).isAttached().hasDeviceIndexes(3, 4);
    }

    @Test
    void attach_indexTakenWhenALaterOneIsAttached_reportsTheLostOrder() {
        CyclicBarrier both = new CyclicBarrier(2, () -> ec2.attachStranger(world.node.id(), 1));
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).nextCalls(2).meanwhile(() -> await(both));

        Outcome outcome = attachInThreads();

        assertThat(outcome).isAttached().hasDeviceIndexes(3, 2);
        assertThat(((Outcome.Attached) outcome).warnings())
                .singleElement()
                .asString()
                .contains("not in the order of the subnets");
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CREATE_NETWORK_INTERFACE", "MODIFY_NETWORK_INTERFACE_ATTRIBUTE", "ATTACH_NETWORK_INTERFACE"})
    void anyChange_answerLost_isLookedAtAndNotDoubled(Action action) {
        ec2.faults().on(action).loseResponse();

        assertThat(world.attach()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");
        assertThat(world.ours()).hasSize(2);
        assertThat(ec2).holdsInvariants();
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CREATE_NETWORK_INTERFACE", "MODIFY_NETWORK_INTERFACE_ATTRIBUTE", "ATTACH_NETWORK_INTERFACE"})
    void anyChange_answerLostAndReadsLag_isNotDoubled(Action action) {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(3));
        ec2.faults().on(action).loseResponse();

        assertThat(world.attach()).isAttached();
        assertThat(world.ours()).hasSize(2);
        assertThat(ec2).holdsInvariants();
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CREATE_NETWORK_INTERFACE", "MODIFY_NETWORK_INTERFACE_ATTRIBUTE", "ATTACH_NETWORK_INTERFACE"})
    void anyChange_denied_rollsBackAndNamesTheCause(Action action) {
        ec2.faults()
                .on(action)
                .call(2)
                .failWith("UnauthorizedOperation", "You are not authorized to perform this operation.");

        assertThat(world.attach())
                .isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation")
                .leftNothingBehind();
        assertThat(world.ours()).isEmpty();
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void modifyAfterAttach_denied_detachesBeforeItDeletes() {
        ec2.faults().on(MODIFY_NETWORK_INTERFACE_ATTRIBUTE).call(4).failWith("UnauthorizedOperation");
        ec2.behaviour().detachingTakes(Duration.ofSeconds(8));

        Outcome outcome = world.attach();

        assertThat(outcome)
                .isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation")
                .leftNothingBehind();
        assertThat(world.ours()).isEmpty();
        assertThat(ec2.journal().calls(DELETE_NETWORK_INTERFACE)).noneMatch(JournalEntry::isFailed);
        assertThat(ec2.journal().calls(DETACH_NETWORK_INTERFACE))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.parameters()).doesNotContainKey("Force"));
    }

    @Test
    void rollBack_deleteDenied_keepsTheFirstCauseAndNamesTheLeftovers() {
        ec2.faults()
                .on(ATTACH_NETWORK_INTERFACE)
                .everyCall()
                .failWith("AttachmentLimitExceeded", "Interface count 9 exceeds the limit");
        ec2.faults().on(DELETE_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        Outcome outcome = world.attach();

        assertThat(outcome).isFailedBecause(Cause.Code.EC2, "AttachmentLimitExceeded");
        Set<String> left = leftovers(outcome);
        assertThat(left).isNotEmpty().isEqualTo(idsOfOurs());
        assertThat(outcome.toString())
                .contains("UnauthorizedOperation")
                .contains(left.iterator().next());
    }

    @Test
    void nextRun_afterAFailureThatKept_continuesWithTheInterfaces() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");
        Outcome first = world.attach(world.spec().onFailure(OnFailure.KEEP));
        assertThat(first).isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation");
        Set<String> kept = leftovers(first);
        assertThat(kept).isNotEmpty().isEqualTo(idsOfOurs());
        ec2.faults().clear();

        assertThat(world.attach()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");
        assertThat(world.ours()).hasSize(2).extracting(NetworkInterface::id).containsAll(kept);
    }

    @Test
    void nextRun_failsToo_rollsBackTheEarlierInterfaces() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");
        Set<String> kept = leftovers(world.attach(world.spec().onFailure(OnFailure.KEEP)));

        Outcome second = world.attach();

        assertThat(second)
                .isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation")
                .leftNothingBehind();
        assertThat(((Outcome.Failed) second).removed()).containsAll(kept);
        assertThat(world.ours()).isEmpty();
    }

    @Test
    void nextRun_afterARollBack_usesANewClientToken() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");
        assertThat(world.attach())
                .isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation")
                .leftNothingBehind();
        ec2.faults().clear();

        assertThat(world.attach()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void instance_notVisibleYet_isWaitedFor() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(20));
        String late = world.launch().id();

        Outcome outcome = world.multus().attach(late, world.spec().build(), world.in(Duration.ofMinutes(5)));

        assertThat(outcome).isAttached();
        assertThat(ec2).hasMultusInterfaces(late, 2).holdsInvariants();
    }

    @Test
    void instance_pending_isWaitedFor() {
        ec2.behaviour().instancesPendingFor(Duration.ofSeconds(30));
        String pending = world.launch().id();

        Outcome outcome = world.multus().attach(pending, world.spec().build(), world.in(Duration.ofMinutes(5)));

        assertThat(outcome).isAttached();
    }

    @Test
    void instance_unknown_isSkippedByItsId() {
        Outcome outcome =
                world.multus().attach("i-0123456789abcdef0", world.spec().build(), world.in(Duration.ofMinutes(5)));

        assertThat(outcome).isSkippedBecause("i-0123456789abcdef0");
    }

    @Test
    void instance_terminatedMidway_stopsAndLeavesNothing() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).meanwhile(() -> ec2.terminate(world.node.id()));

        Outcome outcome = world.attach();

        assertThat(outcome).isSkippedBecause(world.node.id());
        assertThat(world.ours()).isEmpty();
    }

    @Test
    void newThings_invisibleForAWhile_areWaitedFor() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(5));

        assertThat(world.attach()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void attaching_takesTime_isReportedOnlyWhenSeen() {
        ec2.behaviour().attachingTakes(Duration.ofSeconds(12));

        assertThat(world.attach()).isAttached();
    }

    @Test
    void twoRunsAtOnce_thatPlannedTheSame_endWithOneSet() throws Exception {
        CyclicBarrier bothHavePlanned = new CyclicBarrier(2);
        Multus multus = world.multusInThreads(new AttachListener() {
            @Override
            public void planned(String instanceId, Plan plan) {
                AttachUnderFaultsTest.await(bothHavePlanned);
            }
        });
        List<FutureTask<Outcome>> runs = Stream.generate(() -> new FutureTask<>(
                        () -> multus.attach(world.node.id(), world.spec().build(), world.in(Duration.ofMinutes(5)))))
                .limit(2)
                .toList();

        runs.forEach(run -> new Thread(run).start());

        for (FutureTask<Outcome> run : runs) {
            assertThat(run.get()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");
        }
        assertThat(world.ours()).hasSize(2);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void listing_cannotBeRead_isAnErrorAndNotAnEmptyList() {
        ec2.faults().on(Action.GET_SUBNET_CIDR_RESERVATIONS).failWith("InvalidParameterValue");

        assertThat(world.attach()).isFailedBecause(Cause.Code.EC2, "GetSubnetCidrReservations");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void typeLimits_mayNotBeRead_isAWarning() {
        ec2.faults().on(Action.DESCRIBE_INSTANCE_TYPES).failWith("UnauthorizedOperation");

        Outcome outcome = world.attach();

        assertThat(outcome).isAttached();
        assertThat(((Outcome.Attached) outcome).warnings())
                .singleElement()
                .asString()
                .contains("m5.4xlarge");
    }

    private Outcome attachInThreads() {
        return world.multusInThreads().attach(world.node.id(), world.spec().build(), world.in(Duration.ofMinutes(5)));
    }

    private Set<String> idsOfOurs() {
        return world.ours().stream().map(NetworkInterface::id).collect(Collectors.toSet());
    }

    private static Set<String> leftovers(Outcome outcome) {
        return ((Outcome.Failed) outcome)
                .leftovers().stream().map(Leftover::networkInterfaceId).collect(Collectors.toSet());
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
