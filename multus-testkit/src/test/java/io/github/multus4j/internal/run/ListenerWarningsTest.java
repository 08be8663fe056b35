package io.github.multus4j.internal.run;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.result.AttachListener;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface.Slot;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each kind of outcome keeps its facts when a listener fails or hangs. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ListenerWarningsTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final AttachListener broken = new AttachListener() {
        @Override
        public void planned(String instanceId, Plan plan) {
            throw new IllegalStateException("a defect");
        }
    };

    /** The thread's handler gets the exceptions of listeners. */
    @BeforeEach
    void ignoreTheListenersExceptions() {
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setUncaughtExceptionHandler(null);
        Thread.interrupted();
    }

    private Outcome attach(AttachListener listener, String instanceId) {
        return world.multus(listener).attach(instanceId, world.spec().build(), world.in(Duration.ofMinutes(5)));
    }

    @Test
    void complete_listenerThrows_hasItsInterfacesAndAWarning() {
        assertThat(world.attach()).isAttached();

        Outcome outcome = attach(broken, world.node.id());

        assertThat(outcome).isComplete().hasAddresses("10.0.4.4", "10.0.6.4");
        assertThat(((Outcome.Complete) outcome).warnings())
                .singleElement()
                .asString()
                .contains("threw");
    }

    @Test
    void failed_listenerThrows_hasItsCauseAndAWarning() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        Outcome outcome = attach(broken, world.node.id());

        assertThat(outcome)
                .isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation")
                .leftNothingBehind();
        assertThat(((Outcome.Failed) outcome).removed()).isNotEmpty();
        assertThat(((Outcome.Failed) outcome).warnings())
                .singleElement()
                .asString()
                .contains("threw");
    }

    @Test
    void skipped_listenerThrows_isSkippedAllTheSame() {
        String other = world.vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of()).id();

        assertThat(attach(broken, other)).isSkippedBecause("multus-ng");
    }

    @Test
    void warnings_listenerThrowsAtEachCall_areOne() {
        Outcome outcome = attach(
                new AttachListener() {
                    @Override
                    public void created(Slot slot, String networkInterfaceId) {
                        throw new IllegalStateException(networkInterfaceId);
                    }
                },
                world.node.id());

        assertThat(((Outcome.Attached) outcome).warnings()).hasSize(1);
    }

    /** The listener's own interrupt handling decides whether its thread ends. */
    @Test
    void listener_hangs_isInterrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        AttachListener hanging = new AttachListener() {
            @Override
            public void planned(String instanceId, Plan plan) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
        };

        Outcome outcome =
                world.multus(hanging).attach(world.node.id(), world.spec().build(), world.in(Duration.ofSeconds(1)));

        assertThat(outcome).isAttached();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void run_interruptedWhileItsListenerHangs_endsAndKeepsTheInterrupt() {
        Thread caller = Thread.currentThread();
        AttachListener hanging = new AttachListener() {
            @Override
            public void planned(String instanceId, Plan plan) {
                caller.interrupt();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };

        Outcome outcome = attach(hanging, world.node.id());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isFailedBecause(Cause.Code.INTERRUPTED, "interrupted");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }
}
