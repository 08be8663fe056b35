package io.github.multus4j.internal.run;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An interrupt ends a run soon, with nothing left behind, and stays set for the caller. */
class InterruptedRunTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;

    /** A test that fails must not interrupt the next one. */
    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private Outcome attach() {
        return attach(OnFailure.ROLL_BACK);
    }

    private Outcome attach(OnFailure onFailure) {
        return world.multus()
                .attach(world.node.id(), world.spec().onFailure(onFailure).build(), world.in(Duration.ofMinutes(5)));
    }

    @Test
    void interrupt_beforeTheRun_makesNothing() {
        Thread.currentThread().interrupt();

        assertThat(attach()).isFailedBecause(Cause.Code.INTERRUPTED, world.node.id());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE_NETWORK_INTERFACE, 1",
        "CREATE_NETWORK_INTERFACE, 2",
        "MODIFY_NETWORK_INTERFACE_ATTRIBUTE, 1",
        "MODIFY_NETWORK_INTERFACE_ATTRIBUTE, 4",
        "ATTACH_NETWORK_INTERFACE, 1",
        "ATTACH_NETWORK_INTERFACE, 2"
    })
    void interrupt_amongTheChanges_rollsBackAll(Action action, int call) {
        ec2.behaviour().attachingTakes(Duration.ofSeconds(10));
        ec2.faults().on(action).call(call).meanwhile(Thread.currentThread()::interrupt);

        assertThat(attach())
                .isFailedBecause(Cause.Code.INTERRUPTED, "interrupted")
                .leftNothingBehind();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(world.ours()).isEmpty();
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void interrupt_whileAttaching_rollsBackAfterTheAttachments() {
        ec2.behaviour().attachingTakes(Duration.ofMinutes(3));
        ec2.faults().on(Action.DESCRIBE_NETWORK_INTERFACES).call(3).meanwhile(Thread.currentThread()::interrupt);

        assertThat(attach())
                .isFailedBecause(Cause.Code.INTERRUPTED, "interrupted")
                .leftNothingBehind();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(world.ours()).isEmpty();
        assertThat(ec2.time().instant()).isBefore(ManualTime.START.plus(Duration.ofMinutes(4)));
    }

    @Test
    void interrupt_failureKeepsInterfaces_reportsThemForTheNextRun() {
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).call(2).meanwhile(Thread.currentThread()::interrupt);

        Outcome outcome = attach(OnFailure.KEEP);

        assertThat(outcome).isFailedBecause(Cause.Code.INTERRUPTED, "interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(((Outcome.Failed) outcome).leftovers())
                .extracting(Leftover::networkInterfaceId)
                .containsExactlyInAnyOrderElementsOf(
                        world.ours().stream().map(NetworkInterface::id).toList());
        assertThat(attach(OnFailure.KEEP)).isAttached();
        assertThat(world.ours()).hasSize(2);
    }

    @Test
    void interrupt_ofTheCaller_reachesItsCallsInOtherThreads() {
        Thread caller = Thread.currentThread();
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).meanwhile(() -> {
            caller.interrupt();
            while (caller.isInterrupted()) { // Until the run has noticed it.
                Thread.onSpinWait();
            }
        });

        assertThat(world.multusInThreads()
                        .attach(world.node.id(), world.spec().build(), world.in(Duration.ofMinutes(5))))
                .isFailedBecause(Cause.Code.INTERRUPTED, "interrupted")
                .leftNothingBehind();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(world.ours()).isEmpty();
    }
}
