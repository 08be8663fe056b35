package io.github.multus4j.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Several runs of one process; what they start goes on when the test says so. */
class SharedReadsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Queue<Runnable> started = new ArrayDeque<>();
    private final Surroundings surroundings = new Surroundings(
            Clock.fixed(START, ZoneOffset.UTC),
            new Waiting(),
            this::start,
            AttachListener.NONE,
            CallRates.ofDefaults());
    private final SharedState shared = new SharedState(surroundings);
    private int asked;
    private final Queue<Runnable> late = new ArrayDeque<>();
    private boolean full;
    private boolean slow;

    private void start(Runnable task) {
        if (full) {
            throw new RejectedExecutionException("no room");
        }
        (slow ? late : started).add(task);
    }

    /** Who waits lets all go on that was started. */
    private final class Waiting implements Sleeper {

        @Override
        public void sleep(Duration duration) {
            throw new IllegalStateException("nobody sleeps here");
        }

        @Override
        public boolean await(Future<?> something, Duration atMost) {
            goOn();
            return something.isDone();
        }
    }

    private void goOn() {
        while (!started.isEmpty()) {
            started.remove().run();
        }
    }

    private Run run(int seconds) {
        return new Run(surroundings, shared, Deadline.in(Duration.ofSeconds(seconds), surroundings.clock()), () -> {});
    }

    private Supplier<Integer> ask(Run run) {
        return ask(run, "the same");
    }

    private Supplier<Integer> ask(Run run, String question) {
        return shared.reads().ask(run, question, () -> ++asked);
    }

    @Test
    void whoAsksAlone_isAnswered() {
        assertThat(ask(run(60)).get()).isEqualTo(1);
        assertThat(ask(run(60)).get()).as("nothing is kept").isEqualTo(2);
    }

    @Test
    void whoAsksWhileOthersAreAnswered_getsTheNextAnswer_togetherWithAllWhoDo() {
        Supplier<Integer> first = ask(run(60));
        Supplier<Integer> second = ask(run(60));
        Supplier<Integer> third = ask(run(60));

        assertThat(started).as("under way").hasSize(1);
        assertThat(first.get()).isEqualTo(1);
        assertThat(second.get()).isEqualTo(2);
        assertThat(third.get()).isEqualTo(2);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void whoAsksSomethingElse_waitsForNobody() {
        ask(run(60));
        ask(run(60), "something else");

        assertThat(started).hasSize(2);
    }

    @Test
    void whoHasLessTime_joinsNobodyWhoHasMore() {
        ask(run(60));
        Supplier<Integer> follows = ask(run(60));
        Supplier<Integer> hasty = ask(run(10));

        assertThat(started).hasSize(2);
        assertThat(hasty.get()).isEqualTo(2);
        assertThat(follows.get()).as("the others go on").isEqualTo(3);
    }

    @Test
    void whoseAnswerDoesNotCome_isToldSo() {
        Supplier<Integer> failing = shared.reads().ask(run(60), "the same", () -> {
            throw failure();
        });

        assertThatThrownBy(failing::get).isInstanceOf(Ec2Exception.class);
    }

    /** Their time may be over where one's own is not. */
    @Test
    void whoJoinedOthersWhoseAnswerDoesNotCome_asksAlone() {
        ask(run(60));
        Supplier<Integer> failing = shared.reads().ask(run(60), "the same", () -> {
            throw failure();
        });
        Supplier<Integer> joined = ask(run(70));

        assertThatThrownBy(failing::get).isInstanceOf(Ec2Exception.class);
        assertThat(joined.get()).isEqualTo(2);
    }

    /** Its run may have ended long ago, and go on repeating it in vain. */
    @Test
    void whoWaitsForAnAnswerThatTakesLong_asksAllTheSame() {
        slow = true;
        Supplier<Integer> first = ask(run(60));
        slow = false;

        assertThat(ask(run(60)).get()).isEqualTo(1);
        assertThat(ask(run(60)).get()).isEqualTo(2);
        late.remove().run();
        assertThat(first.get()).isEqualTo(3);
        assertThat(ask(run(60)).get()).isEqualTo(4);
    }

    /** It asked, failed elsewhere, and never came for the answer. */
    @Test
    void whoWasToAskAndDoesNot_isWaitedForByNobody() {
        Supplier<Integer> first = ask(run(60));
        ask(run(60));
        Supplier<Integer> third = ask(run(60));
        assertThat(first.get()).isEqualTo(1);
        Supplier<Integer> fourth = ask(run(60));

        assertThat(third.get()).isEqualTo(2);
        assertThat(fourth.get()).isEqualTo(2);
        assertThat(ask(run(60)).get()).isEqualTo(3);
    }

    @Test
    void whatNoThreadIsThereFor_fails_andNobodyWaitsForIt() {
        ask(run(60)); // under way
        Supplier<Integer> follows = ask(run(60));
        full = true;
        assertThatThrownBy(follows::get).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> ask(run(60)).get()).hasCauseInstanceOf(RejectedExecutionException.class);
        full = false;

        assertThat(ask(run(60)).get()).isEqualTo(2);
    }

    private static Ec2Exception failure() {
        return new Ec2Exception(Ec2Exception.Kind.UNAVAILABLE, "DescribeSubnets", "DeadlinePassed", "no time left");
    }
}
