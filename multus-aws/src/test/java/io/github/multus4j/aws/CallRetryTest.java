package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multus4j.aws.CallRetry.Effect;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpFullResponse;

class CallRetryTest {

    private final VirtualTime time = new VirtualTime();
    private final CallRetry retry = new CallRetry(time.policy());
    private final Deadline minute = time.in(Duration.ofMinutes(1));
    private final Script script = new Script();

    @AfterEach
    void clearInterruptFlag() {
        Thread.interrupted();
    }

    @Test
    void success_needsOneAttempt() {
        assertThat(retry.call("A", Effect.CHANGE, minute, script)).isEqualTo("done");
        assertThat(time.sleeps).isEmpty();
    }

    @Test
    void throttled_waitsLongerEachTime_upToTheCap() {
        script.fail(8, () -> service("RequestLimitExceeded", 503));

        assertThat(retry.call("A", Effect.CHANGE, time.in(Duration.ofMinutes(5)), script))
                .isEqualTo("done");
        assertThat(time.sleeps)
                .extracting(Duration::toMillis)
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 20000L, 20000L);
    }

    @Test
    void unavailable_startsShorterThanThrottled() {
        script.fail(3, () -> client(new ConnectException("refused")));

        retry.call("A", Effect.CHANGE, minute, script);

        assertThat(time.sleeps).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L);
    }

    @Test
    void jitter_isAnythingFromNothingToTheBound() {
        List<Long> firsts = new ArrayList<>();
        CallRetry random =
                new CallRetry(time.policyBuilder().random(new Random(7)).build());
        for (int i = 0; i < 200; i++) {
            script.fail(1, () -> client(new ConnectException("refused")));
            random.call("A", Effect.READ, Deadline.in(Duration.ofMinutes(1), time), script);
            firsts.add(time.sleeps.get(time.sleeps.size() - 1).toMillis());
        }

        assertThat(firsts).allMatch(millis -> millis >= 0 && millis <= 100);
        assertThat(firsts).anyMatch(millis -> millis < 10).anyMatch(millis -> millis > 90);
    }

    @Test
    void deadline_isNeverSleptPast_andTheLastErrorIsThrown() {
        script.fail(99, () -> service("RequestLimitExceeded", 503));

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> retry.call("A", Effect.CHANGE, time.in(Duration.ofMillis(3400)), script))
                .satisfies(e -> assertThat(e.code()).isEqualTo("RequestLimitExceeded"));
        assertThat(time.sleeps).extracting(Duration::toMillis).containsExactly(500L, 1000L);
        assertThat(script.attempts()).isEqualTo(3);
    }

    @Test
    void attemptTimeout_isTheLimit_orWhatIsLeft() {
        script.fail(2, () -> service("RequestLimitExceeded", 503));

        retry.call("A", Effect.CHANGE, time.in(Duration.ofMillis(11_200)), script);

        assertThat(script.timeouts)
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(9_700));
    }

    @Test
    void outcomeUnknown_ofARead_goesAgain() {
        script.fail(1, () -> client(new SocketTimeoutException("Read timed out")))
                .fail(1, () -> service("InternalError", 500))
                .fail(1, () -> ApiCallTimeoutException.create(10));

        assertThat(retry.call("A", Effect.READ, minute, script)).isEqualTo("done");
        assertThat(script.attempts()).isEqualTo(4);
    }

    @Test
    void outcomeUnknown_ofAChange_isTheCallersAtOnce() {
        for (SdkException e : List.of(
                client(new SocketTimeoutException("Read timed out")),
                service("InternalError", 500),
                ApiCallTimeoutException.create(10),
                client(new IllegalStateException("?")))) {
            Script once = new Script().fail(1, () -> e);

            assertThatExceptionOfType(Ec2Exception.class)
                    .isThrownBy(() -> retry.call("A", Effect.CHANGE, minute, once))
                    .satisfies(it -> assertThat(it.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN))
                    .withCause(e);
            assertThat(once.attempts()).isEqualTo(1);
        }
    }

    @Test
    void nothingWasSent_goesAgain_forAChangeAsWell() {
        script.fail(1, () -> client(new ConnectException("Connection refused")))
                .fail(1, () -> client(new UnknownHostException("ec2.us-east-1.amazonaws.com")))
                .fail(1, () -> client(new SocketTimeoutException("Connect timed out")))
                .fail(1, () -> client(new java.io.IOException(new SSLHandshakeException("closed"))));

        assertThat(retry.call("A", Effect.CHANGE, minute, script)).isEqualTo("done");
    }

    @Test
    void repeatableChange_keepsTheUnknownOutcome_withWhatCameAfter() {
        script.fail(1, () -> service("InternalError", 500)).fail(1, () -> service("ValidationError", 400));

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> retry.call("A", Effect.REPEATABLE_CHANGE, minute, script))
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("A: InternalError: m (request id r)"));
    }

    @Test
    void noCredentials_isNotRepeated() {
        script.fail(
                1,
                () -> SdkClientException.create("Unable to load credentials from any of the providers in the chain"));

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> retry.call("A", Effect.READ, minute, script))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
        assertThat(time.sleeps).isEmpty();
    }

    @Test
    void clockSkewed_goesAgainOnce() {
        script.fail(2, () -> service("RequestExpired", 400));

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> retry.call("A", Effect.CHANGE, minute, script))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CLOCK_SKEWED));
        assertThat(script.attempts()).isEqualTo(2);
    }

    @Test
    void authFailure_withADateThatIsFarOff_isTheClocks() {
        SdkHttpFullResponse answer = SdkHttpFullResponse.builder()
                .statusCode(401)
                .putHeader("Date", "Thu, 01 Jan 2026 00:00:00 GMT")
                .build();
        script.fail(
                1,
                () -> AwsServiceException.builder()
                        .statusCode(401)
                        .clockSkew(Duration.ZERO)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AuthFailure")
                                .errorMessage("m")
                                .sdkHttpResponse(answer)
                                .build())
                        .build());

        assertThat(retry.call("A", Effect.CHANGE, minute, script)).isEqualTo("done");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"THROTTLED", "UNAVAILABLE", "OUTCOME_UNKNOWN", "CLOCK_SKEWED"})
    void conflictsAndRefusals_areNeverRepeated(Kind kind) {
        for (Effect effect : Effect.values()) {
            assertThat(effect.isRepeatedAfter(kind)).isFalse();
        }
    }

    @Test
    void interruptedWhileWaiting_endsWithTheFlagSet_andSaysAfterWhat() {
        script.fail(99, () -> service("RequestLimitExceeded", 503));
        CallRetry interrupted = new CallRetry(time.policyBuilder()
                .sleeper(duration -> {
                    throw new InterruptedException();
                })
                .build());

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> interrupted.call("A", Effect.CHANGE, minute, script))
                .withMessageContaining("RequestLimitExceeded")
                .satisfies(e -> {
                    assertThat(e.kind()).as("nothing happened").isEqualTo(Kind.THROTTLED);
                    assertThat(e.code()).isEqualTo("Interrupted");
                });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void answerWithoutErrorDetails_isKnownByItsStatus() {
        script.fail(
                1,
                () -> AwsServiceException.builder().statusCode(403).message("m").build());

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> retry.call("A", Effect.CHANGE, minute, script))
                .satisfies(e -> assertThat(e.code()).isEqualTo("HTTP 403"));
    }

    private static AwsServiceException service(String code, int status) {
        return AwsServiceException.builder()
                .statusCode(status)
                .requestId("r")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("m")
                        .build())
                .build();
    }

    private static SdkClientException client(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }

    private interface Failure {
        SdkException make();
    }

    /** Fails as told, then succeeds. */
    private static final class Script implements Function<AwsRequestOverrideConfiguration, String> {

        private final Queue<Failure> failures = new ArrayDeque<>();
        private final List<Duration> timeouts = new ArrayList<>();

        Script fail(int times, Failure failure) {
            for (int i = 0; i < times; i++) {
                failures.add(failure);
            }
            return this;
        }

        int attempts() {
            return timeouts.size();
        }

        @Override
        public String apply(AwsRequestOverrideConfiguration options) {
            timeouts.add(options.apiCallTimeout().orElseThrow());
            Failure failure = failures.poll();
            if (failure != null) {
                throw failure.make();
            }
            return "done";
        }
    }
}
