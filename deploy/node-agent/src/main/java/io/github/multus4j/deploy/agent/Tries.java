package io.github.multus4j.deploy.agent;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Repeats attempts that may succeed later, with growing pauses, and logs each one. */
final class Tries {

    /**
     * A metadata service that starts slowly, or a role that has not arrived yet, is there well
     * within that time.
     */
    static final Duration BOOT = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(15);

    private final Clock clock;
    private final Sleeper sleeper;
    private final Deadline deadline;
    private final Journal journal;

    Tries(Clock clock, Sleeper sleeper, Deadline deadline, Journal journal) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.deadline = deadline;
        this.journal = journal;
    }

    /** The first final answer, or the last one within the time. */
    Answer untilSettled(Supplier<Answer> attempt) {
        Instant start = clock.instant();
        Duration pause = FIRST_PAUSE;
        for (int number = 1; ; number++) {
            Answer answer = attempt.get();
            if (!isTimeFor(pause, answer.patience(), start)) {
                return answer;
            }
            journal.warn("try " + number + ": " + answer.line() + "; trying again in " + pause.toSeconds() + " s");
            try {
                sleeper.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Answer.interrupted();
            }
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
        }
    }

    private boolean isTimeFor(Duration pause, Answer.Patience patience, Instant start) {
        boolean beforeDeadline = pause.compareTo(deadline.remaining(clock)) < 0;
        return switch (patience) {
            case NONE -> false;
            case BOOT -> beforeDeadline && !clock.instant().plus(pause).isAfter(start.plus(BOOT));
            case DEADLINE -> beforeDeadline;
        };
    }
}
