package io.github.multus4j.internal.launch;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.ManualTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node that launches behind sixty others, with two interfaces each: EC2's 100 tokens and 5 a
 * second let it change attributes after 29 seconds.
 */
class TurnTest {

    private static final Duration TURN = Duration.ofMillis(28_800);

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private String last = "";

    @BeforeEach
    void launchOthers() {
        last = IntStream.range(0, 60)
                .mapToObj(i -> world.launch().id())
                .reduce(world.node.id(), (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    private Outcome attach(Multus multus, Duration time) {
        return multus.attach(last, world.spec().build(), world.in(time));
    }

    @Test
    void attach_lastInOrder_waitsForTokens() {
        assertThat(attach(world.multus(), Duration.ofMinutes(5))).isAttached();

        Instant first = ec2.journal().mutatingCalls().get(0).time();
        assertThat(Duration.between(ManualTime.START, first)).isBetween(TURN, TURN.plusSeconds(1));
    }

    @Test
    void attach_turnAfterDeadline_failsImmediately() {
        Outcome outcome = attach(world.multus(), Duration.ofSeconds(20));

        assertThat(outcome).isFailedBecause(Cause.Code.DEADLINE, "60 launched before");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
        assertThat(ec2.time().instant()).isEqualTo(ManualTime.START);
    }

    @Test
    void attach_finishedNode_doesNotWait() {
        attach(
                Multus.builder(ec2, ec2.autoScaling())
                        .time(ec2.time(), ec2.time())
                        .callRates(CallRates.unlimited())
                        .executor(Runnable::run)
                        .build(),
                Duration.ofMinutes(5));
        Instant before = ec2.time().instant();

        assertThat(attach(world.multus(), Duration.ofMinutes(5))).isComplete();
        assertThat(ec2.time().instant()).isEqualTo(before);
    }

    /** A real clock may pass the turn between two readings. */
    @Test
    void attach_clockAdvancesBetweenReads_sleepsNoNegativeTime() {
        Sleeper strict = duration -> {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("a sleep of " + duration);
            }
            ec2.time().advance(duration);
        };
        Multus multus = Multus.builder(ec2, ec2.autoScaling())
                .time(new GoingOn(ec2.time()), strict)
                .executor(Runnable::run)
                .build();

        assertThat(attach(multus, Duration.ofMinutes(5))).isAttached();
    }

    /** Each reading takes a third of a second. */
    private static final class GoingOn extends Clock {

        private final ManualTime time;

        GoingOn(ManualTime time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            time.advance(Duration.ofMillis(333));
            return time.instant();
        }

        @Override
        public ZoneId getZone() {
            return time.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
