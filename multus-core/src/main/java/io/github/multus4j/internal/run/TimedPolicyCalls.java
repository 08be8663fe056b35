package io.github.multus4j.internal.run;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.policy.PolicyCalls;
import io.github.multus4j.internal.policy.PolicyException;
import io.github.multus4j.result.Outcome.Cause;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Calls custom policies on separate threads. A policy has ten seconds for a result, but not longer
 * than the work. Policies that were late three times are not called any more. Thread-safe; one for
 * each run or sweep.
 */
public final class TimedPolicyCalls implements PolicyCalls {

    private final Clock clock;
    private final Deadline work;
    private final Runnable heartbeat;
    private final AtomicInteger late = new AtomicInteger();

    /**
     * Calls until that deadline.
     *
     * @param work the deadline of the results
     * @param heartbeat called every second while a result is awaited
     */
    public TimedPolicyCalls(Clock clock, Deadline work, Runnable heartbeat) {
        this.clock = clock;
        this.work = work;
        this.heartbeat = heartbeat;
    }

    @Override
    public <T> T ask(Supplier<String> subject, Supplier<T> question) {
        if (late.get() >= Timing.LATE_POLICY_CALLS) {
            throw new PolicyException(
                    subject.get() + " was not asked: there were " + Timing.LATE_POLICY_CALLS
                            + " questions without an answer in time",
                    null);
        }
        Duration timeLimit = UserCode.timeLimit(Timing.POLICY_TIME, work.remaining(clock));
        try {
            return UserCode.call(question, timeLimit, heartbeat);
        } catch (UserCode.TooSlow e) {
            late.incrementAndGet();
            e.interruptCode();
            throw new PolicyException(
                    subject.get() + " gave no answer within " + timeLimit.toMillis() + " ms and was at " + e.place()
                            + "; a policy answers at once, without I/O and without waiting",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunStoppedException(Cause.Code.INTERRUPTED, subject.get() + ": interrupted");
        }
    }
}
