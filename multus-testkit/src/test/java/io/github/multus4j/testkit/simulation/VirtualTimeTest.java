package io.github.multus4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private final FiberThreads threads = new FiberThreads();
    private final VirtualTime time = new VirtualTime(threads);
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void close() {
        threads.close();
    }

    private void say(String what) {
        said.add(time.elapsed().toMillis() + " " + what);
    }

    private void sleep(int millis) {
        try {
            time.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            say("interrupted");
        }
    }

    @Test
    void fibers_thatSleep_takeTurnsInTheOrderOfTheirTimes() {
        time.start(null, () -> {
            sleep(10);
            say("a");
            sleep(20);
            say("a again");
        });
        time.start(null, () -> {
            sleep(20);
            say("b");
        });
        time.in(Duration.ofMillis(25), () -> say("event"));

        time.runAll();

        assertThat(said).containsExactly("10 a", "20 b", "25 event", "30 a again");
        assertThat(time.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00.030Z"));
    }

    @Test
    void in_cancelled_doesNotHappen() {
        Runnable cancel = time.in(Duration.ofMillis(5), () -> say("never"));
        cancel.run();

        time.runAll();

        assertThat(said).isEmpty();
    }

    @Test
    void await_taskThatEnds_returnsThen() {
        time.start(null, () -> {
            FutureTask<String> task = new FutureTask<>(() -> {
                sleep(50);
                return "done";
            });
            time.start(null, task);
            sleep(1);
            PendingAnswer<String> answer = new PendingAnswer<>();
            time.in(Duration.ofMillis(30), () -> answer.arrive("here", null));
            time.await(answer, Duration.ofSeconds(1));
            say(answer.get());
        });

        time.runAll();

        assertThat(said).containsExactly("31 here");
    }

    @Test
    void await_answerThatDoesNotCome_returnsAtItsLimit() {
        time.start(null, () -> {
            PendingAnswer<String> answer = new PendingAnswer<>();
            time.await(answer, Duration.ofMillis(70));
            say("come: " + answer.hasArrived());
        });

        time.runAll();

        assertThat(said).containsExactly("70 come: false");
    }

    @Test
    void interrupt_sleepingFiber_wakesIt() {
        Fiber fiber = time.start(null, () -> {
            sleep(1000);
            say("over");
        });
        time.in(Duration.ofMillis(100), () -> time.interrupt(fiber));

        time.runAll();

        assertThat(said).containsExactly("100 interrupted", "100 over");
    }

    @Test
    void runAll_fiberThatThrows_throwsIt() {
        time.start(null, () -> {
            sleep(5);
            throw new IllegalStateException("as a bug would");
        });

        assertThatThrownBy(time::runAll).hasMessage("as a bug would");
    }

    @Test
    void runAll_endlessFiber_isReported() {
        time.start(null, () -> {
            while (true) {
                sleep(1);
            }
        });

        assertThatThrownBy(time::runAll).hasMessageContaining("it does not end");
    }

    @Test
    void await_taskThatIsExecutedLater_returnsWhenItHasEnded() {
        FutureTask<String> task = new FutureTask<>(() -> {
            sleep(50);
            return "done";
        });
        time.start(null, () -> sayWhetherItEnds(task, Duration.ofMillis(10)));
        time.start(null, () -> sayWhetherItEnds(task, Duration.ofSeconds(1)));
        time.in(Duration.ofMillis(20), () -> time.executor(null, false).execute(task));

        time.runAll();

        assertThat(said).containsExactly("10 false", "70 true");
    }

    private void sayWhetherItEnds(FutureTask<String> task, Duration atMost) {
        try {
            say(String.valueOf(time.await(task, atMost)));
        } catch (InterruptedException e) {
            say("interrupted");
        }
    }
}
