package io.github.multus4j.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.result.AttachListener;
import io.github.multus4j.result.Outcome.Cause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One run's pauses, tasks and cancellation, in time that passes only in pauses. */
class RunTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Cause CAUSE = new Cause(Cause.Code.EC2, "the other interface was refused", null);

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Instant> heartbeats = new ArrayList<>();
    private Instant now = START;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private void pass(Duration pause) {
        pauses.add(pause);
        now = now.plus(pause);
    }

    /** A test that fails must not interrupt the next one. */
    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private Run run(Executor executor, Sleeper sleeper) {
        return new Run(
                new RunEnvironment(clock, sleeper, executor, AttachListener.NONE, CallRates.ofDefaults()),
                new RateLimiter(CallRates.ofDefaults()),
                Deadline.in(Duration.ofMinutes(2), clock),
                () -> heartbeats.add(now));
    }

    private Run run() {
        return run(Runnable::run, this::pass);
    }

    @Test
    void pauses_runWasStopped_endBeforeTheyBegin() {
        Run run = run();
        run.stop(CAUSE);

        assertThatThrownBy(() -> run.pause(0, "eni-1"))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("eni-1")
                .hasMessageContaining("the other interface was refused");
        assertThatThrownBy(() -> run.pauseLonger(0, "eni-1")).isInstanceOf(RunStoppedException.class);
        assertThatThrownBy(() -> run.awaitTurn(START.plusSeconds(10), "2 launched before"))
                .isInstanceOf(RunStoppedException.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void pause_eachTry_isTwiceAsLongUpToTwoSeconds() {
        Run run = run();
        for (int tries = 0; tries < 7; tries++) {
            run.pause(tries, "eni-1");
        }

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 800L, 1600L, 2000L, 2000L);
        assertThat(heartbeats).hasSize(7);
    }

    /** The work's time is 90 seconds of the two minutes. */
    @Test
    void pause_nearTheDeadline_isHalfOfTheRemainingTimeAndThenEndsTheRun() {
        Run run = run();
        now = START.plusSeconds(89);

        run.pause(7, "eni-1");
        run.pause(7, "eni-1");
        assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofMillis(250));

        now = START.plusSeconds(90).minusMillis(20);
        run.pause(7, "eni-1");
        assertThat(pauses).last().isEqualTo(Duration.ofMillis(10));
        RunStoppedException stopped = catchThrowableOfType(RunStoppedException.class, () -> run.pause(7, "eni-1"));
        assertThat(stopped.because().code()).isEqualTo(Cause.Code.DEADLINE);
    }

    @Test
    void pause_interrupted_stopsTheRunAndKeepsTheInterrupt() {
        Run run = run(Runnable::run, duration -> {
            throw new InterruptedException();
        });

        RunStoppedException stopped = catchThrowableOfType(RunStoppedException.class, () -> run.pause(0, "eni-1"));

        assertThat(stopped.because().code()).isEqualTo(Cause.Code.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void awaitTurn_severalSeconds_sendsAHeartbeatEverySecond() {
        run().awaitTurn(START.plusMillis(3500), "2 launched before");

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(1000L, 1000L, 1000L, 500L);
        assertThat(heartbeats).hasSize(4);
    }

    @Test
    void awaitTurn_runIsStoppedMeanwhile_endsWithinASecond() {
        List<Run> stopping = new ArrayList<>();
        Run run = run(Runnable::run, pause -> {
            pass(pause);
            stopping.forEach(each -> each.stop(CAUSE));
        });
        stopping.add(run);

        assertThatThrownBy(() -> run.awaitTurn(START.plusSeconds(60), "2 launched before"))
                .isInstanceOf(RunStoppedException.class);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void sideBySide_twoTasksFail_throwsTheFirstWithTheOtherSuppressed() {
        List<String> ended = new ArrayList<>();

        assertThatThrownBy(() -> run().sideBySide(List.of(
                        () -> {
                            throw new IllegalStateException("first");
                        },
                        () -> ended.add("second"),
                        () -> {
                            throw new IllegalStateException("third");
                        })))
                .hasMessage("first")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .isEqualTo("third"));
        assertThat(ended).containsExactly("second");
    }

    @Test
    void start_executorRefuses_stopsTheRunAndFailsTheTask() {
        Run run = run(
                task -> {
                    throw new RejectedExecutionException("no room");
                },
                this::pass);

        Task<String> task = run.start(() -> "never");

        assertThat(run.firstCause()).isNotNull();
        assertThat(run.firstCause().message()).contains("no room");
        RunStoppedException stopped = catchThrowableOfType(RunStoppedException.class, () -> run.await(task));
        assertThat(stopped.because()).isEqualTo(run.firstCause());
        assertThat(heartbeats).isNotEmpty();
    }

    @Test
    void cleanUp_executorRefuses_runsTheTasksInTheCallingThread() {
        List<Runnable> given = new ArrayList<>();
        Run run = run(
                task -> {
                    given.add(task);
                    throw new RejectedExecutionException("no room");
                },
                this::pass);

        assertThat(run.cleanUp(List.of(() -> "first", () -> "second", () -> "third")))
                .containsExactly("first", "second", "third");
        assertThat(given).hasSize(1); // An executor that refused one task gets no other.
    }

    @Test
    void cleanUp_executorLosesATask_runsItInTheCallingThreadAfterFiveSeconds() {
        Sleeper virtual = new Sleeper() {
            @Override
            public void sleep(Duration duration) {
                pass(duration);
            }

            @Override
            public boolean await(Future<?> something, Duration atMost) {
                if (!something.isDone()) {
                    pass(atMost);
                }
                return something.isDone();
            }
        };
        Run run = run(task -> {}, virtual);

        assertThat(run.cleanUp(List.of(() -> "removed"))).containsExactly("removed");
        assertThat(Duration.between(START, now)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void await_executorLosesTheTask_endsAtTheWorksDeadlineAndStopsTheRun() {
        Sleeper virtual = new Sleeper() {
            @Override
            public void sleep(Duration duration) {
                pass(duration);
            }

            @Override
            public boolean await(Future<?> something, Duration atMost) {
                pass(atMost);
                return false;
            }
        };
        Run run = run(task -> {}, virtual);

        RunStoppedException stopped =
                catchThrowableOfType(RunStoppedException.class, () -> run.await(run.start(() -> "never")));

        assertThat(stopped.because().code()).isEqualTo(Cause.Code.DEADLINE);
        assertThat(run.firstCause()).isEqualTo(stopped.because());
        assertThat(Duration.between(START, now)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(91));
    }
}
