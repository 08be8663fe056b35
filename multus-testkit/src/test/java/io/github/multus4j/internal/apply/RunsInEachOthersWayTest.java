package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Concurrent runs, lagging reads, lost answers: findings of the search, each as a test. */
class RunsInEachOthersWayTest {

    private static final Duration TIME = Duration.ofMinutes(3);

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;

    private Outcome run(NodeGroupSpec.Builder spec) {
        return world.multus().attach(world.node.id(), spec.build(), world.in(TIME));
    }

    private Outcome run() {
        return run(world.spec());
    }

    @Test
    void twoRuns_thatSeeDifferentFreeAddresses_endWithOneSet() {
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).meanwhile(() -> {
            ec2.occupy(world.signalling, "10.0.4.4"); // The first run will take this address.
            ec2.faults().clear();
            assertThat(run()).hasAddresses("10.0.4.5", "10.0.6.4");
        });

        Outcome first = run();

        assertThat(first.isReady()).as(first.toString()).isTrue();
        assertThat(world.ours()).hasSize(2);
        assertThat(ec2).hasMultusInterfaces(world.node.id(), 2).holdsInvariants();
    }

    @Test
    void run_interfaceRolledBackByAnother_makesItAgain() {
        ec2.faults()
                .on(Action.DESCRIBE_NETWORK_INTERFACES)
                .call(2) // The final read, when all is attached.
                .meanwhile(() -> takeAway(world.ours().get(0)));

        Outcome outcome = run();

        assertThat(outcome).isAttached();
        assertThat(ec2).hasMultusInterfaces(world.node.id(), 2).holdsInvariants();
    }

    private void takeAway(NetworkInterface taken) {
        Attachment attachment = Objects.requireNonNull(ec2.interfaces().stream()
                .filter(i -> i.id().equals(taken.id()))
                .findFirst()
                .orElseThrow()
                .attachment());
        ec2.detachNetworkInterface(attachment.id(), world.in(TIME));
        ec2.deleteNetworkInterface(taken.id(), world.in(TIME));
    }

    @Test
    void run_interfaceDeletedBeforeAttachment_makesItAgainWithinSeconds() {
        ec2.faults()
                .on(Action.ATTACH_NETWORK_INTERFACE)
                .meanwhile(() -> ec2.deleteNetworkInterface(world.ours().get(0).id(), world.in(TIME)));
        var start = ec2.time().instant();

        Outcome outcome = run();

        assertThat(outcome).isAttached();
        assertThat(Duration.between(start, ec2.time().instant())).isLessThan(Duration.ofSeconds(20));
        assertThat(ec2).hasMultusInterfaces(world.node.id(), 2).holdsInvariants();
    }

    @Test
    void run_afterARollBack_findsAnotherTokenWithinSeconds() {
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).failWith("UnauthorizedOperation");
        assertThat(run()).isNotNull();
        assertThat(world.ours()).isEmpty();
        var start = ec2.time().instant();

        Outcome outcome = run();

        assertThat(outcome).isAttached();
        assertThat(Duration.between(start, ec2.time().instant())).isLessThan(Duration.ofSeconds(40));
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void rollBack_deletionThrottledAfterATooEarlyOne_isRepeated() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(3));
        ec2.faults().on(Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE).failWith("UnauthorizedOperation");
        Fault throttled = ec2.faults().on(Action.DELETE_NETWORK_INTERFACE);
        throttled.call(6).failWith("RequestLimitExceeded"); // The first one that could succeed.

        Outcome outcome = run();

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(world.ours()).as(outcome.toString() + ec2.journal()).isEmpty();
        assertThat(ec2.journal().calls(Action.DELETE_NETWORK_INTERFACE))
                .anyMatch(call -> call.errorCode().equals("RequestLimitExceeded"));
    }

    @Test
    void rollBack_laggingRead_isNoProofOfDeletion() {
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).failWith("UnauthorizedOperation");
        ec2.faults().on(Action.DELETE_NETWORK_INTERFACE).nextCalls(2).failWith("RequestLimitExceeded");
        Deque<Duration> lags = new ArrayDeque<>(List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO));
        ec2.behaviour().readsLag(() -> lags.isEmpty() ? Duration.ofMinutes(1) : lags.poll());

        Outcome outcome = run();

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(world.ours()).as(outcome.toString()).isEmpty();
    }

    @Test
    void creation_withoutAnAnswerAndThenRefused_isNotForgotten() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(2));
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).loseResponse();
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).call(2).failWith("UnauthorizedOperation");

        Outcome.Failed failed = (Outcome.Failed) run();

        assertThat(failed.cause().code()).isEqualTo(Cause.Code.EC2);
        assertThat(failed.removed()).hasSize(1);
        assertThat(world.ours()).isEmpty();
    }

    @Test
    void creation_withoutAnAnswerAndKeep_namesThePossibleInterface() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(2));
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).loseResponse();
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).call(2).failWith("UnauthorizedOperation");

        Outcome.Failed failed = (Outcome.Failed) run(world.spec().onFailure(OnFailure.KEEP));

        assertThat(world.ours()).hasSize(1);
        assertThat(failed.leftovers())
                .singleElement()
                .satisfies(left -> assertThat(left.networkInterfaceId()).contains(world.signalling.id()));
    }

    @Test
    void run_outOfTime_reportsTheDeadlineAsCause() {
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().delay(Duration.ofMinutes(2));

        Outcome.Failed failed = (Outcome.Failed) run();

        assertThat(failed.cause().code()).isEqualTo(Cause.Code.DEADLINE);
        assertThat(failed.cause().message()).contains("time");
    }

    @Test
    void blockedNode_leftoversOfAnEarlierRun_areNamed() {
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).failWith("UnauthorizedOperation");
        run(world.spec().onFailure(OnFailure.KEEP));
        for (int index = 1; index < 8; index++) {
            ec2.attachStranger(world.node.id(), index);
        }

        Outcome.Failed failed = (Outcome.Failed) run();

        assertThat(failed.cause().code()).isEqualTo(Cause.Code.FINDINGS);
        assertThat(failed.leftovers())
                .extracting(left -> left.networkInterfaceId())
                .containsExactlyInAnyOrderElementsOf(
                        world.ours().stream().map(NetworkInterface::id).toList());
    }
}
