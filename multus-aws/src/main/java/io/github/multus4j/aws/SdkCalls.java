package io.github.multus4j.aws;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.ErrorTable.Unanswered;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;

/**
 * Calls of the SDK's clients: each attempt is one HTTP request within a time limit, and fails with
 * an {@link Ec2Exception} only; attempts are repeated by {@link CallRetry}. Thread-safe.
 */
final class SdkCalls {

    private static final ExchangeRecorder RECORDER = new ExchangeRecorder();

    private final CallPolicy policy;
    private final CallRetry retry;
    private final CallTimer timer = new CallTimer();
    private final ExecutorService credentialsThreads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), SdkCalls::credentialsThread);

    SdkCalls(CallPolicy policy) {
        this.policy = policy;
        this.retry = new CallRetry(policy);
    }

    /**
     * Makes the call, again if need be, as {@link CallRetry#call}.
     *
     * @param request sends one HTTP request with the configuration that it is given
     */
    <T> T call(String action, Effect effect, Deadline deadline, Function<AwsRequestOverrideConfiguration, T> request) {
        return retry.call(action, effect, deadline, () -> attempt(action, effect, deadline, request));
    }

    private <T> T attempt(
            String action, Effect effect, Deadline deadline, Function<AwsRequestOverrideConfiguration, T> request) {
        Exchange exchange = new Exchange(false);
        try {
            return send(action, effect, deadline, request, exchange);
        } catch (Ec2Exception e) {
            if (exchange.isBodyHidden() && deadline.remaining(policy.clock()).toMillis() > 0) {
                // EC2 refused the request, so that it may be sent again. See ADR 51.
                return send(action, effect, deadline, request, new Exchange(true));
            }
            throw e;
        }
    }

    private <T> T send(
            String action,
            Effect effect,
            Deadline deadline,
            Function<AwsRequestOverrideConfiguration, T> request,
            Exchange exchange) {
        Duration left = deadline.remaining(policy.clock());
        FailedAttempt failed = new FailedAttempt(action, effect != Effect.READ, exchange, policy.errors());
        if (left.toMillis() == 0) {
            throw failed.because(
                    Unanswered.DEADLINE_PASSED, "not sent: the deadline " + deadline.at() + " has passed", null);
        }
        Duration limit = left.compareTo(policy.attemptLimit()) < 0 ? left : policy.attemptLimit();
        timer.begin();
        try {
            T answer = request.apply(AwsRequestOverrideConfiguration.builder()
                    .apiCallTimeout(limit)
                    .putExecutionAttribute(Exchange.ATTRIBUTE, exchange)
                    .addPlugin(config -> oneAttempt(config, exchange, limit))
                    .build());
            if (exchange.isStrange()) {
                throw failed.strange(null);
            }
            return answer;
        } catch (AwsServiceException e) {
            throw failed.refused(e);
        } catch (Ec2Exception e) {
            throw e;
        } catch (RuntimeException e) {
            throw timer.wasInterrupted()
                    ? failed.because(Unanswered.INTERRUPTED, "interrupted: " + OneLine.rootOf(e), e)
                    : failed.unanswered(e);
        } finally {
            timer.forget();
        }
    }

    /** Changes the client's configuration for one call: the client itself stays as it is. */
    private void oneAttempt(SdkServiceClientConfiguration.Builder config, Exchange exchange, Duration limit) {
        exchange.began();
        config.overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.doNotRetry())
                .scheduledExecutorService(timer)
                .addExecutionInterceptor(RECORDER));
        if (config instanceof AwsServiceClientConfiguration.Builder aws && aws.credentialsProvider() != null) {
            aws.credentialsProvider(new GuardedCredentials(aws.credentialsProvider(), limit, credentialsThreads));
        }
    }

    private static Thread credentialsThread(Runnable task) {
        Thread thread = new Thread(task, "multus4j-credentials");
        thread.setDaemon(true);
        return thread;
    }
}
