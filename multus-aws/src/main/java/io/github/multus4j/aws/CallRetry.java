package io.github.multus4j.aws;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.ErrorTable.Unanswered;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where calls are repeated, for every adapter. resilience4j decides on the next
 * attempt and its interval; the policy's sleeper passes the time. (resilience4j's blocking context
 * sleeps through a static hook; its asynchronous one only returns the interval. See
 * {@code docs/adr/0008-one-retry-layer.md}.) Thread-safe.
 */
final class CallRetry {

    /**
     * Shorter trouble is normal. Longer trouble should be seen before the deadline, which may be
     * minutes away.
     */
    private static final Duration WARN_AFTER = Duration.ofSeconds(5);

    private final CallPolicy policy;
    private final Logger log;
    private final Retries retries;

    CallRetry(CallPolicy policy) {
        this(policy, LoggerFactory.getLogger(CallRetry.class));
    }

    CallRetry(CallPolicy policy, Logger log) {
        this.policy = policy;
        this.log = log;
        this.retries = new Retries(policy);
    }

    /**
     * Makes the call until it succeeds, fails for good, or the deadline is near. Throws the last
     * attempt's error; if an earlier attempt may have taken effect, its error is a suppressed one.
     *
     * @param attempt fails with an {@link Ec2Exception} only
     */
    <T> T call(String action, Effect effect, Deadline deadline, Supplier<T> attempt) {
        Retry.AsyncContext<Object> retry = retries.begin(action);
        boolean warned = false;
        boolean warnedOfTime = false;
        Instant began = policy.clock().instant();
        Ec2Exception unknown = null;
        for (int number = 1; ; number++) {
            try {
                T answer = attempt.get();
                retry.onComplete();
                log.debug("action={} attempts={}", action, number);
                return answer;
            } catch (Ec2Exception e) {
                if (unknown != null && unknown != e) { // a port may throw the same one again
                    e.addSuppressed(unknown);
                }
                keepInterrupt(e);
                long millis = retries.afterError(retry, effect, deadline, e);
                if (millis < 0) {
                    throw e;
                }
                if (e.kind() == Kind.THROTTLED && !warned) {
                    warned = true;
                    log.warn("action={} code={} throttled; repeating it until {}", action, e.code(), deadline.at());
                }
                if (e.kind() != Kind.THROTTLED && !warnedOfTime && isLong(began)) {
                    warnedOfTime = true;
                    log.warn(
                            "action={} code={} attempts={} fails for {} s; repeating it until {}: {}",
                            action,
                            e.code(),
                            number,
                            Duration.between(began, policy.clock().instant()).toSeconds(),
                            deadline.at(),
                            e.getMessage());
                }
                if (e.kind() == Kind.OUTCOME_UNKNOWN) {
                    unknown = e;
                }
                sleep(Duration.ofMillis(millis), e);
            }
        }
    }

    private boolean isLong(Instant began) {
        return Duration.between(began, policy.clock().instant()).compareTo(WARN_AFTER) >= 0;
    }

    private static void keepInterrupt(Ec2Exception e) {
        if (e.code().equals(Unanswered.INTERRUPTED)) {
            Thread.currentThread().interrupt();
        }
    }

    private void sleep(Duration wait, Ec2Exception e) {
        try {
            policy.sleeper().sleep(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            // Still of the last attempt's kind: the interrupt tells nothing new about its effect.
            throw new Ec2Exception(
                    e.kind(),
                    e.action(),
                    Unanswered.INTERRUPTED,
                    "interrupted before it could be made again after " + e.getMessage(),
                    e.requestId(),
                    e);
        }
    }
}
