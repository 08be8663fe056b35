package io.github.multus4j.internal.sweep;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.result.SweepReport.Fate;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a sweep: its cap, its time, and its cancellation. A repair without a change does
 * not count, or hopeless cases would keep a sweep from the others for ever.
 */
final class SweepBudget {

    private final Clock clock;
    private final Deadline work;
    private int left;
    private @Nullable String stopped;

    SweepBudget(int atMost, Clock clock, Deadline work) {
        this.left = atMost;
        this.clock = clock;
        this.work = work;
    }

    /**
     * The treatment of the next finding if the sweep must not repair it any more; null if it may.
     */
    @Nullable
    Treatment refusal() {
        if (left == 0) {
            return new Treatment(Fate.BEYOND_CAP, "");
        }
        if (stopped == null && Thread.currentThread().isInterrupted()) {
            stopped = "interrupted";
        }
        if (stopped == null && work.passed(clock)) {
            stopped = "the time ran out";
        }
        return stopped == null ? null : new Treatment(Fate.NOT_REACHED, stopped);
    }

    /** Counts a repair with that fate. */
    void count(Fate fate) {
        if (fate == Fate.FOUND || fate == Fate.DONE || fate == Fate.FAILED) {
            left--;
        }
    }

    /** Ends all further repairs. */
    void stop(String why) {
        stopped = why;
    }
}
