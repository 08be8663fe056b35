package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpFullResponse;

class SdkCallsTest {

    private final VirtualTime time = new VirtualTime();
    private final SdkCalls calls = new SdkCalls(time.policy());
    private final Deadline minute = time.in(Duration.ofMinutes(1));
    private final Script script = new Script();

    @Test
    void attemptTimeout_nearDeadline_isTheRemainingTime() {
        script.fail(2, () -> service("RequestLimitExceeded", 503));

        calls.call("A", Effect.CHANGE, time.in(Duration.ofMillis(11_200)), script);

        assertThat(script.timeouts)
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(9_700));
    }

    @Test
    void outcomeUnknown_ofARead_isRepeated() {
        script.fail(1, () -> client(new SocketTimeoutException("Read timed out")))
                .fail(1, () -> service("InternalError", 500))
                .fail(1, () -> ApiCallTimeoutException.create(10));

        assertThat(calls.call("A", Effect.READ, minute, script)).isEqualTo("done");
        assertThat(script.attempts()).isEqualTo(4);
    }

    @Test
    void outcomeUnknown_ofAChange_isNotRepeated() {
        for (SdkException e : List.of(
                client(new SocketTimeoutException("Read timed out")),
                service("InternalError", 500),
                ApiCallTimeoutException.create(10),
                client(new IllegalStateException("?")))) {
            Script once = new Script().fail(1, () -> e);

            assertThatExceptionOfType(Ec2Exception.class)
                    .isThrownBy(() -> calls.call("A", Effect.CHANGE, minute, once))
                    .satisfies(it -> assertThat(it.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN))
                    .withCause(e);
            assertThat(once.attempts()).isEqualTo(1);
        }
    }

    @Test
    void nothingSent_ofAChange_isRepeated() {
        script.fail(1, () -> client(new ConnectException("Connection refused")))
                .fail(1, () -> client(new UnknownHostException("ec2.us-east-1.amazonaws.com")))
                .fail(1, () -> client(new SocketTimeoutException("Connect timed out")))
                .fail(1, () -> client(new java.io.IOException(new SSLHandshakeException("closed"))));

        assertThat(calls.call("A", Effect.CHANGE, minute, script)).isEqualTo("done");
    }

    @Test
    void repeatableChange_laterError_suppressesTheUnknownOutcome() {
        script.fail(1, () -> service("InternalError", 500)).fail(1, () -> service("ValidationError", 400));

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> calls.call("A", Effect.REPEATABLE_CHANGE, minute, script))
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("A: InternalError: m (request id r)"));
    }

    @Test
    void noCredentials_anyCall_isNotRepeated() {
        script.fail(
                1,
                () -> SdkClientException.create("Unable to load credentials from any of the providers in the chain"));

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> calls.call("A", Effect.READ, minute, script))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
        assertThat(time.sleeps).isEmpty();
    }

    @Test
    void authFailure_wrongDate_isClockSkewed() {
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

        assertThat(calls.call("A", Effect.CHANGE, minute, script)).isEqualTo("done");
    }

    @Test
    void answerWithoutErrorDetails_anyStatus_getsTheStatusKind() {
        script.fail(
                1,
                () -> AwsServiceException.builder().statusCode(403).message("m").build());

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> calls.call("A", Effect.CHANGE, minute, script))
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

    /** Fails as set up, then succeeds. */
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
