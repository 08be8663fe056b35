package io.github.multus4j.aws;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * resilience4j's retries, one for each action: they count the attempts, choose the intervals, and
 * publish the events. With a registry of the user they are its retries, under the names that {@link
 * CallPolicy.Builder#retries} gives. Thread-safe.
 */
final class Retries {

    private static final long NEVER = -1;

    /** Full jitter, as {@link CallPolicy} describes it. */
    private static final long BASE_MILLIS = 100;

    private static final long THROTTLED_BASE_MILLIS = 500;
    private static final long CAP_MILLIS = 20_000;

    /**
     * A failed attempt while resilience4j decides about it. Its functions get the exception only.
     */
    private record FailedCall(CallPolicy policy, Effect effect, Deadline deadline) {}

    /** Static, since the adapters of one registry share its retries. */
    private static final ThreadLocal<@Nullable FailedCall> FAILED = new ThreadLocal<>();

    private final CallPolicy policy;
    private final Map<String, Retry> byAction = new ConcurrentHashMap<>();

    Retries(CallPolicy policy) {
        this.policy = policy;
    }

    /** A call that begins. */
    Retry.AsyncContext<Object> begin(String action) {
        return byAction.computeIfAbsent(action, this::retry).asyncContext();
    }

    /**
     * The time to wait before the next attempt; negative if there is none: the error lasts, the
     * attempts are used up, the thread is interrupted, or the wait does not end before the
     * deadline.
     */
    long afterError(Retry.AsyncContext<Object> retry, Effect effect, Deadline deadline, Ec2Exception failure) {
        FAILED.set(new FailedCall(policy, effect, deadline));
        try {
            long millis = retry.onError(failure);
            return isRepeated(failure) && isBeforeTheDeadline(millis) ? millis : NEVER;
        } finally {
            FAILED.remove();
        }
    }

    private Retry retry(String action) {
        RetryRegistry registry = policy.retries();
        String name = CallPolicy.RETRY_NAME + "." + action;
        return registry == null ? Retry.of(name, config(null)) : registry.retry(name, () -> config(registry));
    }

    /** The user may choose attempts and intervals. Unsafe repetitions stay impossible. */
    private static RetryConfig config(@Nullable RetryRegistry registry) {
        RetryConfig ours = RetryConfig.custom()
                .maxAttempts(Integer.MAX_VALUE)
                .intervalBiFunction((attempt, outcome) -> interval(attempt, (Ec2Exception) outcome.getLeft()))
                .build();
        RetryConfig given = registry == null
                ? ours
                : registry.getConfiguration(CallPolicy.RETRY_NAME).orElse(ours);
        IntervalBiFunction<Object> intervals = given.getIntervalBiFunction();
        return RetryConfig.custom()
                .maxAttempts(given.getMaxAttempts())
                .retryOnException(
                        e -> isRepeated(e) && given.getExceptionPredicate().test(e))
                .intervalBiFunction((attempt, outcome) -> {
                    long millis = intervals.apply(attempt, outcome);
                    return isBeforeTheDeadline(millis) ? millis : NEVER;
                })
                .build();
    }

    private static boolean isRepeated(Throwable e) {
        FailedCall failed = FAILED.get();
        return failed != null && e instanceof Ec2Exception failure && failed.effect.isRepeatedAfter(failure.kind());
    }

    private static boolean isBeforeTheDeadline(long millis) {
        FailedCall failed = FAILED.get();
        return failed != null
                && millis >= 0
                && !Thread.currentThread().isInterrupted()
                && Duration.ofMillis(millis).compareTo(failed.deadline.remaining(failed.policy.clock())) < 0;
    }

    /** Full jitter: between zero and a bound that doubles with each attempt. */
    private static long interval(int attempt, Ec2Exception failure) {
        FailedCall failed = FAILED.get();
        if (failed == null || (failure.kind() == Kind.CLOCK_SKEWED && attempt > 1)) {
            // The SDK corrects its offset by the first such answer, so a third attempt is of no
            // use.
            return NEVER;
        }
        long base = failure.kind() == Kind.THROTTLED ? THROTTLED_BASE_MILLIS : BASE_MILLIS;
        long bound = Math.min(CAP_MILLIS, base << Math.min(attempt - 1, 20));
        return failed.policy.random().nextLong(bound + 1);
    }
}
