package io.github.multus4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A web page in a developer's browser cannot empty the fake: neither by a request to another host,
 * nor by a name that leads here.
 */
class Ec2EndpointResetTest {

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final Ec2Endpoint endpoint = Ec2Endpoint.start(ec2);

    @AfterEach
    void close() {
        endpoint.close();
    }

    private String reset(String headers) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), endpoint.url().getPort())) {
            socket.getOutputStream()
                    .write(("POST /_multus/reset HTTP/1.1\r\n" + headers
                                    + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, ",
        "evil.example:4577, ",
        "127.0.0.1.evil.example, ",
        "127.0.0.1:4577, https://evil.example",
        "127.0.0.1:4577, null",
        "localhost:4577, http://localhost.evil.example",
    })
    void foreignNameOrOrigin_isRefused(String host, String origin) throws IOException {
        String answer = reset("Host: " + host + "\r\n" + (origin == null ? "" : "Origin: " + origin + "\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 403").contains("is refused to web pages of other hosts");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:4577, ",
        "[::1]:4577, ",
        "localhost, ",
        "LOCALHOST:4577, http://localhost:3000",
        "ec2, ",
        "host.docker.internal:4577, ",
    })
    void ownHost_isServed(String host, String origin) throws IOException {
        assertThat(reset("Host: " + host + "\r\n" + (origin == null ? "" : "Origin: " + origin + "\r\n")))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void halfRequests_haveALimit() {
        assertThat(Integer.getInteger("sun.net.httpserver.maxReqTime")).isPositive();
        assertThat(Integer.getInteger("sun.net.httpserver.maxRspTime")).isPositive();
    }
}
