package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.ErrorTable;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.fixtures.TlsFront;
import io.github.multus4j.fixtures.TlsKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * An operator's view of an error: host, action, cause and next step, in one line, with every HTTP
 * client.
 */
class ErrorMessagesTest {

    enum Http {
        URL_CONNECTION,
        APACHE;

        SdkHttpClient.Builder<?> builder() {
            return this == APACHE ? ApacheHttpClient.builder() : UrlConnectionHttpClient.builder();
        }
    }

    private static final String AUTH_FAILURE = "AWS was not able to validate the provided access credentials";

    private final CannedEndpoint endpoint = new CannedEndpoint();
    private final VirtualTime time = new VirtualTime();
    private final Deadline second = time.in(Duration.ofSeconds(1));

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @ParameterizedTest
    @EnumSource
    void authFailure_ofARead_keepsItsMessage(Http http) {
        endpoint.ec2Error(401, "AuthFailure", AUTH_FAILURE).ec2Error(401, "AuthFailure", AUTH_FAILURE);

        Ec2Exception e = readFails(http);

        assertThat(e.kind()).isEqualTo(Kind.DENIED);
        assertThat(e.code()).isEqualTo("AuthFailure");
        assertThat(e.requestId()).isEqualTo("r-2");
        assertThat(e).hasMessageStartingWith("DescribeSubnets: AuthFailure: " + AUTH_FAILURE);
        assertNamesHostAndNextStep(e, "access key", "clock", "(request id r-2)");
        assertThat(endpoint.requests()).hasSize(http == Http.APACHE ? 1 : 2);
        assertThat(time.sleeps).isEmpty();
    }

    @Test
    void authFailure_ofAChange_isRepeatedWithTheSameParameters() {
        endpoint.ec2Error(401, "AuthFailure", AUTH_FAILURE).ec2Error(401, "AuthFailure", AUTH_FAILURE);

        Ec2Exception e = fails(Http.URL_CONNECTION, ErrorMessagesTest::create);

        assertThat(e.code()).isEqualTo("AuthFailure");
        assertThat(endpoint.requests()).hasSize(2);
        assertThat(endpoint.requests().get(1)).isEqualTo(endpoint.requests().get(0));
    }

    @Test
    void authFailure_goneAtTheRepetition_succeeds() {
        endpoint.ec2Error(401, "AuthFailure", AUTH_FAILURE).ec2("DescribeSubnets", "<subnetSet/>");

        try (Ec2Client client = client(Http.URL_CONNECTION)) {
            assertThat(AwsEc2Network.over(client, time.policy()).describeSubnets(List.of(), second))
                    .isEmpty();
        }
    }

    /** The server of these tests writes the Date header itself. */
    @Test
    void pageOf401_wrongClock_isClockSkewed() {
        Exchange exchange = new Exchange(true);
        exchange.answered(SdkHttpResponse.builder()
                .statusCode(401)
                .putHeader("Date", "Thu, 01 Jan 2015 00:00:00 GMT")
                .build());

        Ec2Exception e = new FailedAttempt("DescribeSubnets", false, exchange, ErrorTable.standard())
                .refused(AwsServiceException.builder().statusCode(401).build());

        assertThat(e.kind()).isEqualTo(Kind.CLOCK_SKEWED);
        assertThat(e.getMessage()).contains("differ by", "; next: ", "clock");
    }

    @ParameterizedTest
    @EnumSource
    void unauthorizedOperation_ofAnyAction_namesThePermission(Http http) {
        endpoint.ec2Error(403, "UnauthorizedOperation", "You are not authorized to perform this operation.");

        Ec2Exception e = readFails(http);

        assertThat(e.kind()).isEqualTo(Kind.DENIED);
        assertNamesHostAndNextStep(e, "allow DescribeSubnets", "(request id r-2)");
    }

    @ParameterizedTest
    @EnumSource
    void proxyPage_ofAnyStatus_isReportedWithHostStatusAndBeginning(Http http) {
        Map<Integer, Kind> kinds =
                Map.of(401, Kind.DENIED, 403, Kind.DENIED, 404, Kind.INVALID, 407, Kind.DENIED, 302, Kind.UNAVAILABLE);

        kinds.forEach((status, kind) -> {
            String page = "<html>\r\n\t<title>Squid says " + status + "</title>\u0007 and more".repeat(20);
            Stream.generate(() -> status).limit(20).forEach(it -> endpoint.answer(it, page));

            Ec2Exception e = readFails(http);

            assertThat(e.kind()).as("%s", e).isEqualTo(kind);
            assertThat(e.code()).isEqualTo("HTTP " + status);
            assertNamesHostAndNextStep(e, "begins \"<html> <title>Squid says " + status + "</title> and");
            endpoint.forgetAnswers();
        });
    }

    @ParameterizedTest
    @EnumSource
    void pageOf5xx_isRepeatedForAReadAndUnknownForAChange(Http http) {
        for (int status : new int[] {500, 502, 503, 504}) {
            Stream.generate(() -> status).limit(20).forEach(it -> endpoint.answer(it, "<html>Bad Gateway</html>"));
            Ec2Exception read = readFails(http);
            assertThat(read.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertNamesHostAndNextStep(read, "HTTP " + status, "begins \"<html>Bad Gateway</html>\"");

            assertThat(fails(http, ErrorMessagesTest::create).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
            endpoint.forgetAnswers();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html><body>Welcome to the hotel</body></html>",
                "{\"status\":\"ok\"}",
                "plain text",
                "<DescribeSubnetsResponse><subnetSet><item>"
            })
    void success_notOfEc2_isNeverAnEmptyListing(String body) {
        for (Http http : Http.values()) {
            Stream.generate(() -> body).limit(20).forEach(it -> endpoint.answer(200, it));

            Ec2Exception read = readFails(http);
            assertThat(read.kind()).as("%s", read).isEqualTo(Kind.UNAVAILABLE);
            assertThat(read.code()).isEqualTo("UnreadableAnswer");
            assertNamesHostAndNextStep(read, "proxy");

            assertThat(fails(http, ErrorMessagesTest::create).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
            endpoint.forgetAnswers();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusedConnection_ofAnyCall_namesHostAndPort(Http http) {
        endpoint.close();

        Ec2Exception e = readFails(http);

        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(e.code()).isEqualTo("ConnectFailed");
        assertNamesHostAndNextStep(e, "Connection refused");
    }

    @ParameterizedTest
    @EnumSource
    void unknownHost_ofAnyCall_isNamed(Http http) {
        try (Ec2Client client = endpoint.ec2ClientBuilder()
                .endpointOverride(java.net.URI.create("http://ec2.nowhere.invalid"))
                .httpClientBuilder(http.builder())
                .build()) {
            Ec2Exception e = failure(client, ec2 -> ec2.describeSubnets(List.of(), second));

            assertThat(e.code()).isEqualTo("ConnectFailed");
            assertThat(e.getMessage()).contains("no connection to ec2.nowhere.invalid", "UnknownHost", "next: ", "DNS");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hangUp_duringTheCall_namesTheHost(Http http) {
        Stream.generate(() -> 1).limit(20).forEach(it -> endpoint.hangUp());

        Ec2Exception e = fails(http, ErrorMessagesTest::create);

        assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertNamesHostAndNextStep(e, "broke", "look before you repeat it");
    }

    @ParameterizedTest
    @EnumSource
    void silence_untilTheTimeOut_namesTheHost(Http http) {
        endpoint.silence();
        try (Ec2Client client = client(http)) {
            CallPolicy hasty =
                    time.policyBuilder().attemptLimit(Duration.ofMillis(300)).build();
            Ec2Exception e = catchThrowableOfType(
                    Ec2Exception.class,
                    () -> create(AwsEc2Network.over(client, hasty), time.in(Duration.ofMinutes(1))));

            assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
            assertThat(e.code()).isEqualTo("CallTimedOut");
            assertNamesHostAndNextStep(e, "in time");
        }
    }

    @Test
    void interceptor_throws_isNamedAndNothingIsSent() {
        try (Ec2Client client = endpoint.ec2ClientBuilder()
                .overrideConfiguration(o -> o.addExecutionInterceptor(new BrokenInterceptor()))
                .build()) {
            Ec2Exception e = failure(client, ec2 -> ec2.describeSubnets(List.of(), second));

            assertThat(e.kind()).isEqualTo(Kind.INVALID);
            assertThat(e.getMessage()).contains("NotSent", "tracing is off", "next: ", "interceptors");
            assertThat(endpoint.requests()).isEmpty();
        }
    }

    @Test
    void closedClient_anyCall_isNamedAndNothingIsSent() {
        Ec2Client client = client(Http.APACHE);
        client.close();

        Ec2Exception e = failure(client, ec2 -> create(ec2, second));

        assertThat(e.kind()).isEqualTo(Kind.INVALID);
        assertThat(e.getMessage()).contains("NotSent", "shut down", "next: ", "closed");
    }

    @ParameterizedTest
    @EnumSource
    void untrustedServer_anyCall_isNamedWithTheCause(Http http, @TempDir Path folder) {
        try (TlsFront front = TlsFront.start(endpoint.url(), TlsKeys.in(folder));
                Ec2Client client = endpoint.ec2ClientBuilder()
                        .endpointOverride(front.url())
                        .httpClientBuilder(http.builder())
                        .build()) {
            // A first handshake takes long on a busy machine.
            Deadline later = time.in(Duration.ofSeconds(30));

            Ec2Exception e = failure(client, ec2 -> create(ec2, later));

            assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(e.code()).isEqualTo("UntrustedServer");
            assertThat(e.getMessage())
                    .contains(
                            "no TLS connection to " + front.url().getAuthority(), "certification path", "trust store");
        }
    }

    @Test
    void proxyPage_withASecret_isReportedWithoutIt() {
        String page =
                "<p>Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/x, Signature=abcdef0123 token=s3cr3t";
        endpoint.answer(403, page);

        assertThat(readFails(Http.APACHE).getMessage()).contains("***").doesNotContain("AKIA", "abcdef0123", "s3cr3t");
    }

    private static void create(AwsEc2Network ec2, Deadline deadline) {
        ec2.createNetworkInterface(
                new NewNetworkInterface("subnet-1", null, List.of(), 0, List.of(), "", Map.of(), "token-1"), deadline);
    }

    private void assertNamesHostAndNextStep(Ec2Exception e, String... parts) {
        assertThat(e.getMessage())
                .contains(endpoint.url().getAuthority(), "; next: ")
                .contains(parts)
                .doesNotContain("\n", "\r", "\t", "\u0007", "SDK Attempt Count");
        assertThat(e.getMessage().length()).isLessThan(1000);
    }

    private Ec2Exception readFails(Http http) {
        return fails(http, (ec2, deadline) -> ec2.describeSubnets(List.of(), deadline));
    }

    private interface Call {
        void on(AwsEc2Network ec2, Deadline deadline);
    }

    private Ec2Exception fails(Http http, Call call) {
        try (Ec2Client client = client(http)) {
            return failure(client, ec2 -> call.on(ec2, time.in(Duration.ofSeconds(1))));
        }
    }

    private Ec2Exception failure(Ec2Client client, Consumer<AwsEc2Network> call) {
        AwsEc2Network ec2 = AwsEc2Network.over(client, time.policy());
        return catchThrowableOfType(Ec2Exception.class, () -> call.accept(ec2));
    }

    private Ec2Client client(Http http) {
        return endpoint.ec2ClientBuilder().httpClientBuilder(http.builder()).build();
    }
}
