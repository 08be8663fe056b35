package io.github.multus4j.testkit.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.testkit.FakeEc2Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A web page in a developer's browser can neither read nor change the fake: neither by a request to
 * another host, nor by a name that leads here.
 */
class Ec2EndpointAccessTest {

    private static final List<String> REQUESTS = List.of(
            "POST /_multus/reset",
            "GET /_multus/journal",
            "GET /?Action=DescribeVpcs&Version=2016-11-15&AWSAccessKeyId=test");

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final Ec2Endpoint endpoint = Ec2Endpoint.start(
            ec2, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of("ec2.test.example"));

    @AfterEach
    void close() {
        endpoint.close();
    }

    private String answer(String request, String headers) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), endpoint.url().getPort())) {
            String text = request + " HTTP/1.1\r\n" + headers + "Content-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Stream<String> answers(String host, String origin) {
        String headers = "Host: " + host + "\r\n" + (origin == null ? "" : "Origin: " + origin + "\r\n");
        return REQUESTS.stream().map(request -> answer(request, headers));
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, ",
        "evil.example:4577, ",
        "127.0.0.1.evil.example, ",
        "127.evil.example, ",
        "203.0.113.7, ",
        "[2001:db8::7]:4577, ",
        "ec2.amazonaws.com.evil.example, ",
        "evil.s3.amazonaws.com, ",
        "'127.0.0.1:4577, evil.example', ",
        "127.0.0.1:4577, https://evil.example",
        "127.0.0.1:4577, https://203.0.113.7",
        "127.0.0.1:4577, http://grafana:3000",
        "127.0.0.1:4577, null",
        "127.0.0.1:4577, chrome-extension://abc",
        "127.0.0.1:4577, http://localhost@evil.example",
        "localhost:4577, http://localhost.evil.example",
    })
    void foreignHostOrOrigin_isRefused(String host, String origin) {
        assertThat(answers(host, origin))
                .allSatisfy(answer -> assertThat(answer)
                        .startsWith("HTTP/1.1 403")
                        .contains("is refused to web pages of other hosts"));
        assertThat(ec2.journal().entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:4577, ",
        "127.0.0.2, ",
        "[::1]:4577, ",
        "localhost, ",
        "ec2.localhost, ",
        "LOCALHOST:4577, http://localhost:3000",
        "127.0.0.1:4577, http://127.0.0.1:4577",
        "ec2, ",
        "ec2:4577, http://ec2:4577",
        "host.docker.internal:4577, ",
        "ec2.us-east-1.amazonaws.com, ",
        "autoscaling.eu-central-1.amazonaws.com:443, ",
        "ec2-fips.us-gov-west-1.amazonaws.com, ",
        "ec2.cn-north-1.amazonaws.com.cn, ",
        "ec2.us-east-1.api.aws, ",
        "ec2.amazonaws.com, ",
        "ec2.test.example:4577, https://ec2.test.example",
    })
    void ownHost_isServed(String host, String origin) {
        assertThat(answers(host, origin))
                .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 200"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost\r\nHost: evil.example\r\n", "Host: evil.example\r\nHost: localhost\r\n"})
    void secondHost_isCheckedToo(String hosts) {
        assertThat(answer("POST /_multus/reset", hosts)).startsWith("HTTP/1.1 403");
    }

    @Test
    void noHost_isNoBrowser_andServed() {
        assertThat(answer("GET /_multus/journal", "")).startsWith("HTTP/1.1 200");
    }

    @Test
    void refusal_hasTheFormOfTheService_andTheNextStep() {
        assertThat(answer(REQUESTS.get(2), "Host: ec2.lab.example:4577\r\n"))
                .contains("Content-type: text/xml", "<Code>InvalidHttpRequest</Code>", "--allow-host ec2.lab.example");
    }

    @Test
    void boundAddress_isServed_underItsName() {
        try (Ec2Endpoint any = Ec2Endpoint.start(ec2, new InetSocketAddress("0.0.0.0", 0))) {
            assertThat(any.url().getHost()).isEqualTo("127.0.0.1");
        }
    }
}
