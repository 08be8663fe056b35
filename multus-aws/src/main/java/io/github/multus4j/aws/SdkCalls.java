package io.github.multus4j.aws;

import io.github.multus4j.aws.CallRetry.Effect;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Calls of the SDK's clients: each attempt is one HTTP request within a time limit, and fails with an {@link Ec2Exception} only; attempts are
 * repeated by {@link CallRetry}. Thread-safe.
 */
final class SdkCalls {

    private final CallPolicy policy;
    private final CallRetry retry;
    private final CallTimer timer = new CallTimer();
    /** Applied to the client's configuration for one call: it leaves the client itself as it is. */
    private final SdkPlugin oneAttempt = config -> config.overrideConfiguration(
            o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).scheduledExecutorService(timer));

    SdkCalls(CallPolicy policy) {
        this.policy = policy;
        this.retry = new CallRetry(policy);
    }

    /**
     * Makes the call, again if need be, as {@link CallRetry#call}.
     *
     * @param request one HTTP request; is given what belongs into the SDK request
     */
    <T> T call(String action, Effect effect, Deadline deadline, Function<AwsRequestOverrideConfiguration, T> request) {
        return retry.call(action, effect, deadline, () -> attempt(action, effect, deadline, request));
    }

    private <T> T attempt(
            String action, Effect effect, Deadline deadline, Function<AwsRequestOverrideConfiguration, T> request) {
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
            return request.apply(AwsRequestOverrideConfiguration.builder()
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
}
