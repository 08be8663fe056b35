package io.github.multus4j.aws;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one place where calls are repeated. resilience4j decides whether and after how long; time passes through the policy's sleeper.
 * (resilience4j's blocking context sleeps through a static hook; its asynchronous one only answers with the interval. See
 * {@code docs/adr/0008-one-retry-layer.md}.) Thread-safe.
 */
final class CallRetry {

    /** What a call does, and so when it may be made again. */
    enum Effect {
        /** Nothing: it may always be made again. */
        READ,
        /** A change: it is made again only after it certainly had no effect. */
        CHANGE,
        /** A change that twice is the same as once, so that it may be made again like a read. */
        REPEATABLE_CHANGE;

        boolean isRepeatedAfter(Kind kind) {
            return switch (kind) {
                case THROTTLED, UNAVAILABLE, CLOCK_SKEWED -> true;
                case OUTCOME_UNKNOWN -> this != CHANGE;
                default -> false;
            };
        }
    }

    private static final Logger log = LoggerFactory.getLogger(CallRetry.class);

    private static final long BASE_MILLIS = 100;
    private static final long THROTTLED_BASE_MILLIS = 500;
    private static final long CAP_MILLIS = 20_000;
    private static final long NEVER = -1;

    private final CallPolicy policy;
    private final CallTimer timer = new CallTimer();
    /** Applied to the client's configuration for one call: it leaves the client itself as it is. */
    private final SdkPlugin oneAttempt = config -> config.overrideConfiguration(
            o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).scheduledExecutorService(timer));

    private final Map<Effect, Retry> retries = new EnumMap<>(Effect.class);

    CallRetry(CallPolicy policy) {
        this.policy = policy;
        for (Effect effect : Effect.values()) {
            retries.put(effect, retry(effect));
        }
    }

    /**
     * Makes the call until it succeeds, fails for good, or the deadline is near. What is thrown is the last attempt's error; if an earlier
     * attempt may have taken effect, its error is a suppressed one.
     *
     * @param attempt one HTTP request; is given what belongs into the SDK request
     */
    <T> T call(String action, Effect effect, Deadline deadline, Function<AwsRequestOverrideConfiguration, T> attempt) {
        Retry.AsyncContext<Object> retry =
                Objects.requireNonNull(retries.get(effect)).asyncContext();
        boolean warned = false;
        Ec2Exception unknown = null;
        for (int number = 1; ; number++) {
            try {
                T answer = once(action, effect, deadline, attempt);
                retry.onComplete();
                log.debug("action={} attempts={}", action, number);
                return answer;
            } catch (Ec2Exception e) {
                if (unknown != null) {
                    e.addSuppressed(unknown);
                }
                long millis = isInterrupted(e) ? NEVER : retry.onError(e);
                Duration wait = Duration.ofMillis(millis);
                if (millis < 0 || wait.compareTo(deadline.remaining(policy.clock())) >= 0) {
                    throw e;
                }
                if (e.kind() == Kind.THROTTLED && !warned) {
                    warned = true;
                    log.warn("action={} code={} throttled; repeating it until {}", action, e.code(), deadline.at());
                }
                if (e.kind() == Kind.OUTCOME_UNKNOWN) {
                    unknown = e;
                }
                sleep(wait, e);
            }
        }
    }

    private <T> T once(
            String action, Effect effect, Deadline deadline, Function<AwsRequestOverrideConfiguration, T> attempt) {
        Duration left = deadline.remaining(policy.clock());
        if (left.toMillis() == 0) {
            throw failed(
                    action,
                    effect,
                    ClientFailure.DEADLINE_PASSED,
                    "not sent: the deadline " + deadline.at() + " has passed",
                    null);
        }
        Duration limit = left.compareTo(policy.attemptLimit()) < 0 ? left : policy.attemptLimit();
        timer.forget();
        try {
            return attempt.apply(AwsRequestOverrideConfiguration.builder()
                    .apiCallTimeout(limit)
                    .addPlugin(oneAttempt)
                    .build());
        } catch (AwsServiceException e) {
            throw refused(action, effect, e);
        } catch (SdkException e) {
            String code = timer.wasInterrupted() ? ClientFailure.INTERRUPTED : ClientFailure.codeOf(e);
            throw failed(action, effect, code, String.valueOf(e.getMessage()), e);
        } finally {
            timer.forget();
        }
    }

    private Ec2Exception refused(String action, Effect effect, AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "HTTP " + e.statusCode() : details.errorCode();
        String message = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        Kind kind = e.isClockSkewException() // The SDK compares the answer's Date header with the clock.
                ? Kind.CLOCK_SKEWED
                : policy.errors().kind(action, effect != Effect.READ, code, message, e.statusCode());
        return new Ec2Exception(kind, action, code, message, e.requestId(), e);
    }

    private Ec2Exception failed(String action, Effect effect, String code, String message, @Nullable SdkException e) {
        Kind kind = policy.errors().kind(action, effect != Effect.READ, code, message, 0);
        return new Ec2Exception(kind, action, code, message, null, e);
    }

    private static boolean isInterrupted(Ec2Exception e) {
        if (e.code().equals(ClientFailure.INTERRUPTED)) {
            Thread.currentThread().interrupt();
        }
        return Thread.currentThread().isInterrupted();
    }

    private void sleep(Duration wait, Ec2Exception e) {
        try {
            policy.sleeper().sleep(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            // Still of the last attempt's kind: what is known about its effect has not changed.
            throw new Ec2Exception(
                    e.kind(),
                    e.action(),
                    ClientFailure.INTERRUPTED,
                    "interrupted before it could be made again after " + e.getMessage(),
                    e.requestId(),
                    e);
        }
    }

    private Retry retry(Effect effect) {
        return Retry.of(
                "multus4j-" + effect.name().toLowerCase(Locale.ROOT),
                RetryConfig.custom()
                        .maxAttempts(Integer.MAX_VALUE)
                        .retryOnException(
                                e -> e instanceof Ec2Exception failure && effect.isRepeatedAfter(failure.kind()))
                        .intervalBiFunction((attempt, outcome) -> interval(attempt, (Ec2Exception) outcome.getLeft()))
                        .build());
    }

    /** Full jitter: anything from nothing to a bound that doubles with each attempt. */
    private long interval(int attempt, Ec2Exception failure) {
        if (failure.kind() == Kind.CLOCK_SKEWED && attempt > 1) {
            return NEVER; // The SDK has corrected its offset by the first such answer; a second one is not helped by a
            // third try.
        }
        long base = failure.kind() == Kind.THROTTLED ? THROTTLED_BASE_MILLIS : BASE_MILLIS;
        long bound = Math.min(CAP_MILLIS, base << Math.min(attempt - 1, 20));
        return policy.random().nextLong(bound + 1);
    }
}
