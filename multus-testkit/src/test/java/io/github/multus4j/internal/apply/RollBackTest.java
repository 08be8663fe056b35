package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.DELETE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.InterceptedEc2Network;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A roll-back: it is quick, repeats calls, and names each interface that it cannot remove. */
class RollBackTest {

    private static final Duration TIME = Duration.ofMinutes(5);

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final Instant start = ec2.time().instant();

    private Outcome attach() {
        return world.multus().attach(world.node.id(), world.spec().build(), world.in(TIME));
    }

    private Duration took() {
        return Duration.between(start, ec2.time().instant());
    }

    private List<JournalEntry> calls(Action action) {
        return ec2.journal().calls(action);
    }

    @Test
    void rollBack_deletionSucceeds_endsAtOnce() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        assertThat(attach()).leftNothingBehind();

        assertThat(calls(DELETE_NETWORK_INTERFACE)).hasSize(1);
        assertThat(took()).isZero();
    }

    /** The run has changed the interface, so it is not merely too new to be visible. */
    @Test
    void rollBack_interfaceIsKnownAndTheReadsLag_endsWithItsDeletion() {
        ec2.behaviour().readsLag(() -> Duration.ofSeconds(20));
        ec2.interfaces(); // The memory of earlier states begins here.
        ec2.time().advance(Duration.ofMinutes(1));
        Instant begin = ec2.time().instant();
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        assertThat(attach()).leftNothingBehind();

        assertThat(Duration.between(begin, ec2.time().instant())).isLessThan(Duration.ofSeconds(5));
        assertThat(world.ours()).isEmpty();
    }

    @Test
    void rollBack_deletionGetsNoAnswerFourTimes_isRepeatedAfterPauses() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");
        ec2.faults()
                .on(DELETE_NETWORK_INTERFACE)
                .nextCalls(4)
                .failWith("RequestTimeout", "no answer", Kind.OUTCOME_UNKNOWN);

        assertThat(attach()).leftNothingBehind();

        assertThat(calls(DELETE_NETWORK_INTERFACE)).hasSize(5);
        assertThat(took()).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(3));
        assertThat(world.ours()).isEmpty();
    }

    /** The creation has an effect, shows after five seconds, and no call is answered. */
    @Test
    void rollBack_creationWithoutAnswerShowsLate_isFoundAndRemoved() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(5));
        ec2.faults().on(CREATE_NETWORK_INTERFACE).loseResponse();
        ec2.faults().on(CREATE_NETWORK_INTERFACE).call(2).failWith("UnauthorizedOperation");

        assertThat(attach()).leftNothingBehind();

        assertThat(took()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(world.ours()).isEmpty();
    }

    /** A port whose deletions never return. */
    private Ec2Network withoutDeletions() {
        return new InterceptedEc2Network(ec2, new InterceptedEc2Network.Interceptor() {
            @Override
            public <T> T intercept(InterceptedEc2Network.Call<T> call) {
                return call.proceed();
            }
        }) {
            @Override
            public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void rollBack_portNeverReturns_endsAndNamesTheInterfaces() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        Outcome outcome = Multus.builder(withoutDeletions(), ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .build()
                .attach(
                        world.node.id(),
                        world.spec().subnets(world.signalling.id()).build(),
                        world.in(Duration.ofSeconds(1)));

        assertThat(outcome).isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation");
        NetworkInterface left = world.ours().get(0);
        assertThat(((Outcome.Failed) outcome).leftovers()).singleElement().satisfies(each -> {
            assertThat(each.networkInterfaceId()).isEqualTo(left.id());
            assertThat(each.toString()).contains("not removed", "has not ended by its deadline");
        });
    }
}
