package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallRetryTest {

    private final VirtualTime time = new VirtualTime();
    private final CallRetry retry = new CallRetry(time.policy());
    private final Deadline minute = time.in(Duration.ofMinutes(1));
    private final Script script = new Script();

    @AfterEach
    void clearInterruptFlag() {
        Thread.interrupted();
    }

    @Test
    void call_success_makesOneAttempt() {
        assertThat(retry.call("A", Effect.CHANGE, minute, script)).isEqualTo("done");
        assertThat(time.sleeps).isEmpty();
    }

    @Test
    void call_throttled_doublesTheWaitUpToTheCap() {
        script.fail(8, Kind.THROTTLED);

        assertThat(retry.call("A", Effect.CHANGE, time.in(Duration.ofMinutes(5)), script))
                .isEqualTo("done");
        assertThat(time.sleeps)
                .extracting(Duration::toMillis)
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 20000L, 20000L);
    }

    @Test
    void call_unavailable_startsWithAShorterWait() {
        script.fail(3, Kind.UNAVAILABLE);

        retry.call("A", Effect.CHANGE, minute, script);

        assertThat(time.sleeps).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L);
    }

    @Test
    void jitter_anyAttempt_isBetweenZeroAndTheBound() {
        List<Long> firsts = new ArrayList<>();
        CallRetry random =
                new CallRetry(time.policyBuilder().random(new Random(7)).build());
        for (int i = 0; i < 200; i++) {
            script.fail(1, Kind.UNAVAILABLE);
            random.call("A", Effect.READ, Deadline.in(Duration.ofMinutes(1), time), script);
            firsts.add(time.sleeps.get(time.sleeps.size() - 1).toMillis());
        }

        assertThat(firsts).allMatch(millis -> millis >= 0 && millis <= 100);
        assertThat(firsts).anyMatch(millis -> millis < 10).anyMatch(millis -> millis > 90);
    }

    @Test
    void jitter_byDefault_usesTheSystemsRandom() {
        assertThat(CallPolicy.ofDefaults().random()).isInstanceOf(SecureRandom.class);
    }

    @Test
    void call_sleepPastDeadline_throwsTheLastError() {
        script.fail(99, Kind.THROTTLED);

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> retry.call("A", Effect.CHANGE, time.in(Duration.ofMillis(3400)), script))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.THROTTLED));
        assertThat(time.sleeps).extracting(Duration::toMillis).containsExactly(500L, 1000L);
        assertThat(script.attempts()).isEqualTo(3);
    }

    @Test
    void call_clockSkewed_isRepeatedOnce() {
        script.fail(2, Kind.CLOCK_SKEWED);

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> retry.call("A", Effect.CHANGE, minute, script))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CLOCK_SKEWED));
        assertThat(script.attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"THROTTLED", "UNAVAILABLE", "OUTCOME_UNKNOWN", "CLOCK_SKEWED"})
    void call_conflictOrRefusal_isNotRepeated(Kind kind) {
        for (Effect effect : Effect.values()) {
            assertThat(effect.isRepeatedAfter(kind)).isFalse();
        }
    }

    @Test
    void call_interruptedWhileWaiting_endsWithTheFlagSetAndTheLastError() {
        script.fail(99, Kind.THROTTLED);
        CallRetry interrupted = new CallRetry(time.policyBuilder()
                .sleeper(duration -> {
                    throw new InterruptedException();
                })
                .build());

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> interrupted.call("A", Effect.CHANGE, minute, script))
                .withMessageContaining("A: THROTTLED")
                .satisfies(e -> {
                    assertThat(e.kind()).as("nothing happened").isEqualTo(Kind.THROTTLED);
                    assertThat(e.code()).isEqualTo("Interrupted");
                });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void call_outcomeUnknown_isRepeatedUnlessItIsAChange() {
        script.fail(2, Kind.OUTCOME_UNKNOWN);
        assertThat(retry.call("A", Effect.READ, minute, script)).isEqualTo("done");

        script.fail(1, Kind.OUTCOME_UNKNOWN);
        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> retry.call("A", Effect.CHANGE, minute, script))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN));
        assertThat(script.attempts()).isEqualTo(4);
    }

    @Test
    void call_errorAfterUnknownOutcome_suppressesTheEarlierOne() {
        script.fail(1, Kind.OUTCOME_UNKNOWN).fail(1, Kind.INVALID);

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> retry.call("A", Effect.REPEATABLE_CHANGE, minute, script))
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(earlier -> ((Ec2Exception) earlier).kind())
                        .containsExactly(Kind.OUTCOME_UNKNOWN));
    }

    @Test
    void call_sameExceptionTwice_isThrownUnchanged() {
        Ec2Exception same = new Ec2Exception(Kind.OUTCOME_UNKNOWN, "A", "Same", "m");

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> retry.call("A", Effect.READ, time.in(Duration.ofSeconds(1)), () -> {
                    throw same;
                }))
                .isSameAs(same);
    }

    @Test
    void call_longTrouble_logsOneWarningWithTheCause() {
        LogLines log = new LogLines();
        CallRetry logged = new CallRetry(time.policy(), log);

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> logged.call("A", Effect.READ, minute, () -> {
                    throw new Ec2Exception(Kind.UNAVAILABLE, "A", "ConnectFailed", "no connection to h");
                }));

        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("action=A code=ConnectFailed", "no connection to h", "repeating it until");
    }

    @Test
    void call_shortTrouble_logsNoWarning() {
        LogLines log = new LogLines();

        new CallRetry(time.policy(), log).call("A", Effect.READ, minute, script.fail(4, Kind.UNAVAILABLE));

        assertThat(log.warnings()).isEmpty();
    }

    /** Fails as set up, then succeeds. */
    private static final class Script implements Supplier<String> {

        private final Queue<Kind> failures = new ArrayDeque<>();
        private int attempts;

        Script fail(int times, Kind kind) {
            for (int i = 0; i < times; i++) {
                failures.add(kind);
            }
            return this;
        }

        int attempts() {
            return attempts;
        }

        @Override
        public String get() {
            attempts++;
            Kind failure = failures.poll();
            if (failure != null) {
                throw new Ec2Exception(failure, "A", failure.name(), "m");
            }
            return "done";
        }
    }
}
