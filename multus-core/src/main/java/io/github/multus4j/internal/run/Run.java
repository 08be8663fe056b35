package io.github.multus4j.internal.run;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.policy.PolicyCalls;
import io.github.multus4j.internal.policy.PolicyException;
import io.github.multus4j.result.AttachListener;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run's time: its deadlines, its pauses, its concurrent tasks, and its cancellation.
 * Thread-safe.
 */
public final class Run {

    private final RunEnvironment environment;
    private final RateLimiter rateLimiter;
    private final Runnable heartbeat;
    private final Deadline end;
    private final Deadline work;
    private final PolicyCalls policies;
    private final ListenerCalls listener;
    private final TaskExecutor executor;
    private final AtomicReference<@Nullable Cause> firstCause = new AtomicReference<>();

    /**
     * @param rateLimiter the rate limiter of the process
     * @param end the end of the run, roll-back included
     * @param heartbeat called at least every second or two during the run
     */
    public Run(RunEnvironment environment, RateLimiter rateLimiter, Deadline end, Runnable heartbeat) {
        this.environment = environment;
        this.rateLimiter = rateLimiter;
        this.heartbeat = heartbeat;
        this.end = end;
        this.work = end.minus(Timing.rollBackReserve(end.remaining(environment.clock())));
        this.executor = new TaskExecutor(environment.executor(), environment.clock(), work);
        this.policies = new TimedPolicyCalls(environment.clock(), work, heartbeat);
        this.listener = new ListenerCalls(environment.listener(), () -> end.remaining(environment.clock()), heartbeat);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    public Clock clock() {
        return environment.clock();
    }

    /**
     * The end of the work. The rest of the time, a quarter of it and at most 30 seconds, is
     * reserved for a roll-back.
     */
    public Deadline workDeadline() {
        return work;
    }

    /** The end of the run. */
    public Deadline end() {
        return end;
    }

    public boolean hasPassed(Instant instant) {
        return !clock().instant().isBefore(instant);
    }

    /** The way to call the policies of the spec. */
    public PolicyCalls policies() {
        return policies;
    }

    public void notifyListener(Consumer<AttachListener> notification) {
        listener.notifyListener(notification);
    }

    /** The outcome with warnings about the listener. */
    public Outcome warned(Outcome outcome) {
        return listener.warned(outcome);
    }

    /** Records the first failure, and makes all concurrent tasks stop at their next step. */
    public void stop(Cause cause) {
        firstCause.compareAndSet(null, cause);
    }

    /** The first failure; null if there is none. */
    @Nullable
    public Cause firstCause() {
        return firstCause.get();
    }

    /** Throws if the run was stopped or its time is over. */
    public void checkGoesOn(Object what) {
        if (Thread.currentThread().isInterrupted()) {
            throw new RunStoppedException(Cause.Code.INTERRUPTED, what + ": interrupted");
        }
        Cause first = firstCause.get();
        if (first != null) {
            throw new RunStoppedException(first.code(), what + ": stopped, because " + first);
        }
        if (work.passed(clock())) {
            throw new RunStoppedException(Cause.Code.DEADLINE, what + ": the time ran out");
        }
    }

    /**
     * Waits before another read or attempt at the work: 0.1 s at first, doubled each time, at most
     * 2 s.
     */
    public void pause(int triesSoFar, Object what) {
        checkGoesOn(what);
        sleep(triesSoFar, Timing.LONGEST_PAUSE, work, what);
    }

    /** As {@link #pause}, up to 8 s: for a state that may never come. */
    public void pauseLonger(int triesSoFar, Object what) {
        checkGoesOn(what);
        sleep(triesSoFar, Timing.LONGEST_PAUSE_IN_DOUBT, work, what);
    }

    /**
     * Waits until it is this run's turn to make calls.
     *
     * @throws RunStoppedException at once if that is after the work's deadline
     */
    public void awaitTurn(Instant turn, String because) {
        if (!turn.isBefore(work.at())) {
            throw new RunStoppedException(
                    Cause.Code.DEADLINE,
                    because + ": EC2 has room for its calls from " + turn + " on, and the work must have ended by "
                            + work.at() + "; give it more time, or deliver the event again");
        }
        Duration left = Duration.between(clock().instant(), turn);
        // One clock read per iteration: a second one could make the remaining time negative.
        while (left.compareTo(Duration.ZERO) > 0) {
            checkGoesOn(because);
            rest(shorter(Timing.POLL_INTERVAL, left), because);
            left = Duration.between(clock().instant(), turn);
        }
    }

    /**
     * Waits until EC2 should have a token for the call, after those that this process has made.
     *
     * @throws RunStoppedException at once if that is after the work's deadline
     */
    public void awaitToken(RateLimiter.Call call, Object what) {
        Instant now = clock().instant();
        Instant token = rateLimiter.take(call, now);
        if (token.isAfter(now)) {
            awaitTurn(token, what + ": this process makes more calls than EC2 lets the account make");
        }
    }

    /** As {@link #pause}, in a roll-back. */
    public void pauseInRollBack(int triesSoFar, Object what) {
        sleep(triesSoFar, Timing.LONGEST_PAUSE, end, what);
    }

    /** Near the end it reads more often, not less: never longer than half of the remaining time. */
    private void sleep(int triesSoFar, Duration longest, Deadline deadline, Object what) {
        Duration half = deadline.remaining(clock()).dividedBy(2);
        if (half.compareTo(Timing.SHORTEST_PAUSE) < 0) {
            throw new RunStoppedException(Cause.Code.DEADLINE, what + ": the time ran out");
        }
        Duration pause =
                shorter(shorter(Timing.FIRST_PAUSE.multipliedBy(1L << Math.min(triesSoFar, 7)), longest), half);
        rest(pause, what);
    }

    private void rest(Duration pause, Object what) {
        heartbeat.run();
        try {
            environment.sleeper().sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunStoppedException(Cause.Code.INTERRUPTED, what + ": interrupted");
        }
    }

    /**
     * Runs tasks side by side and waits until all have ended.
     *
     * @throws RuntimeException the first failure in their order, the others suppressed in it
     */
    public void sideBySide(List<? extends Runnable> tasks) {
        awaitAll(tasks.stream().map(task -> start(Executors.callable(task))).toList(), false);
    }

    /**
     * As {@link #sideBySide}, for a roll-back: a task that the executor refuses, or does not begin
     * soon, runs in the calling thread.
     */
    public <T> List<T> cleanUp(List<? extends Callable<T>> tasks) {
        List<Task<T>> started = tasks.stream().map(task -> new Task<T>(task)).toList();
        started.stream().takeWhile(task -> !executor.isBroken()).forEach(executor::execute);
        return awaitAll(started, true);
    }

    private <T> List<T> awaitAll(List<Task<T>> tasks, boolean cleaningUp) {
        List<T> results = new ArrayList<>();
        RuntimeException first = null;
        for (Task<T> task : tasks) {
            try {
                results.add(await(task, cleaningUp));
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
        return results;
    }

    /**
     * Starts a task beside the calling thread. Sequential calls of the calling thread use it too: a
     * call can take long, and the waiting thread sends the heartbeats.
     */
    public <T> Task<T> start(Callable<? extends T> task) {
        Task<T> started = new Task<>(task::call);
        execute(started);
        return started;
    }

    /** Starts a read beside the others of its round. The supplier waits for the answer. */
    public <T> Supplier<T> read(Callable<? extends T> call) {
        Task<T> started = start(call);
        return () -> await(started);
    }

    private void execute(Task<?> task) {
        Cause refusal = executor.execute(task);
        if (refusal != null) {
            stop(refusal);
            task.fail(RunStoppedException.by(refusal));
        }
    }

    /**
     * Waits for a task, with heartbeats. An interrupt stops the run, and its tasks then end soon;
     * it is kept for the caller.
     *
     * @throws RuntimeException the exception of the task
     * @throws RunStoppedException if the executor has not begun the task by the work's deadline, or
     *     the task has not ended by the run's
     */
    public <T> T await(Task<T> task) {
        return await(task, false);
    }

    private <T> T await(Task<T> task, boolean cleaningUp) {
        boolean interrupted = false;
        Wait wait = new Wait();
        try {
            if (cleaningUp && executor.isBroken() && !task.hasBegun()) {
                task.run();
            }
            while (true) {
                heartbeat.run();
                try {
                    if (environment.sleeper().await(task, wait.next(task))) {
                        return task.get();
                    }
                    wait.checkGoesOn(task, cleaningUp);
                } catch (InterruptedException e) {
                    interrupted = true;
                    stop(new Cause(Cause.Code.INTERRUPTED, "interrupted", null));
                }
            }
        } catch (ExecutionException e) {
            throw asFailure(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * The time for which one task has been waited for. If the clock stands still meanwhile, as in a
     * test, the wait does not get longer.
     */
    private final class Wait {

        private final Duration untilWorkEnds = work.remaining(clock());
        private final Duration untilEnd = end.remaining(clock());
        private Duration waited = Duration.ZERO;

        /** The time until the next heartbeat. */
        Duration next(Task<?> task) {
            Duration left = work.remaining(clock());
            Duration next = task.hasBegun() || left.compareTo(Timing.POLL_INTERVAL) > 0
                    ? Timing.POLL_INTERVAL
                    : shorter(Timing.POLL_INTERVAL, left.plus(Timing.SHORTEST_PAUSE));
            waited = waited.plus(next);
            return next;
        }

        void checkGoesOn(Task<?> task, boolean cleaningUp) {
            if (task.hasBegun()) {
                if (end.passed(clock()) || waited.compareTo(untilEnd.plus(Timing.POLL_INTERVAL)) > 0) {
                    throw new RunStoppedException(
                            Cause.Code.DEADLINE,
                            "a call has not ended by its deadline, " + end.at()
                                    + "; it may yet succeed: look for interfaces of this instance, or sweep later");
                }
            } else if (cleaningUp) {
                if (waited.compareTo(shorter(Timing.CLEAN_UP_START, untilEnd.dividedBy(2))) >= 0) {
                    task.run();
                }
            } else if (executor.isBroken() || work.passed(clock()) || waited.compareTo(untilWorkEnds) >= 0) {
                Cause cause = executor.notBegun();
                stop(cause); // If it begins the task later, the task ends at its first step.
                throw RunStoppedException.by(cause);
            }
        }
    }

    private static RuntimeException asFailure(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    /**
     * The cause of a failed run for an exception. After the deadline or an interrupt, the cause is
     * that, and not the failed call.
     */
    public Cause causeOf(RuntimeException failure, Object what) {
        if (failure instanceof RunStoppedException stopped) {
            return stopped.because();
        }
        if (failure instanceof PolicyException policy) {
            return new Cause(Cause.Code.FINDINGS, what + ": " + policy.getMessage(), policy.thrown());
        }
        if (!(failure instanceof Ec2Exception refusal)) {
            return new Cause(Cause.Code.UNEXPECTED, what + ": " + failure, failure);
        }
        String message = what + ": " + refusal.getMessage();
        return switch (refusal.kind()) {
            case THROTTLED, UNAVAILABLE, OUTCOME_UNKNOWN -> {
                if (Thread.currentThread().isInterrupted()) {
                    yield new Cause(Cause.Code.INTERRUPTED, message, refusal);
                }
                yield work.passed(clock())
                        ? new Cause(Cause.Code.DEADLINE, "the time ran out: " + message, refusal)
                        : new Cause(Cause.Code.EC2, message, refusal);
            }
            default -> new Cause(Cause.Code.EC2, message, refusal);
        };
    }
}
