package io.github.multus4j.internal.run;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.result.Outcome.Cause;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives one run's tasks to the user's executor, which may throw or block. An executor that blocks
 * beyond the work's deadline, without having begun the task, is interrupted. Thread-safe.
 */
final class TaskExecutor {

    private static final String ADVICE =
            "; give it room for the reads and the interfaces of a node, or let it run tasks in the calling thread";

    private final Executor executor;
    private final Clock clock;
    private final Deadline work;
    private volatile boolean broken;

    TaskExecutor(Executor executor, Clock clock, Deadline work) {
        this.executor = executor;
        this.clock = clock;
        this.work = work;
    }

    /** Whether it has refused a task, or has not begun one in time. */
    boolean isBroken() {
        return broken;
    }

    /** Passes the task to the executor. Returns the failure; null if there is none. */
    @Nullable
    Cause execute(Task<?> task) {
        Handover handover = new Handover(task, Thread.currentThread());
        CompletableFuture<Boolean> returned =
                new CompletableFuture<Boolean>().orTimeout(timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Boolean> blocked = returned.exceptionally(timeout -> handover.interrupt());
        Throwable thrown = null;
        try {
            executor.execute(task);
        } catch (RuntimeException | Error e) {
            thrown = e;
        }
        handover.end();
        returned.complete(false); // Ends the timer.
        if (blocked.join()) {
            return failed(Cause.Code.DEADLINE, "has not taken a task by " + work.at(), thrown);
        }
        return thrown == null ? null : failed(Cause.Code.UNEXPECTED, "refused a task: " + thrown, thrown);
    }

    /** The cause of a failure, because a task was not begun in time. */
    Cause notBegun() {
        return failed(Cause.Code.DEADLINE, "has not begun a task by " + work.at(), null);
    }

    private Cause failed(Cause.Code code, String what, @Nullable Throwable thrown) {
        broken = true;
        RuntimeException exception = thrown == null || thrown instanceof RuntimeException
                ? (RuntimeException) thrown
                : new IllegalStateException(thrown);
        return new Cause(code, "executor " + executor.getClass().getName() + " " + what + ADVICE, exception);
    }

    private Duration timeLimit() {
        Duration left = work.remaining(clock);
        return left.compareTo(Timing.LEAST_TASK_START) < 0 ? Timing.LEAST_TASK_START : left;
    }

    /** One thread inside of the executor. */
    private static final class Handover {

        private final Task<?> task;
        private final Thread thread;
        private boolean over;
        private boolean interrupted;

        Handover(Task<?> task, Thread thread) {
            this.task = task;
            this.thread = thread;
        }

        /** Interrupts the thread if the executor holds it and does not run the task in it. */
        synchronized boolean interrupt() {
            if (!over && !task.hasBegun()) {
                interrupted = true;
                thread.interrupt();
            }
            return interrupted;
        }

        /** The executor has returned. An interrupt was for it alone. */
        synchronized void end() {
            over = true;
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }
}
