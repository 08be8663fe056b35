package io.github.multus4j.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.fixtures.ProxyFront;
import io.github.multus4j.nodegroup.Problem;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The proxy and the login for each variable, and the message about a proxy that fails. No name is
 * resolved.
 */
class ProxiesTest {

    private static final String EC2 = "https://ec2.example.invalid/";
    private static final String PLAIN = "http://ec2.example.invalid/";

    private final Ec2Endpoint endpoint = Ec2Endpoint.start(
            FakeEc2Network.strict(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            List.of("ec2.example.invalid"));
    private final ProxyFront proxy = ProxyFront.start(endpoint.url());
    private final ProxyFront other = ProxyFront.start(endpoint.url());

    @AfterEach
    void close() {
        proxy.close();
        other.close();
        endpoint.close();
    }

    private static HttpExecuteResponse send(Map<String, String> environment, String url) throws IOException {
        List<Problem> problems = new ArrayList<>();
        try (SdkHttpClient client =
                Proxies.fromEnvironment(environment, problems::add).client()) {
            assertThat(problems).isEmpty();
            return client.prepareRequest(HttpExecuteRequest.builder()
                            .request(SdkHttpRequest.builder()
                                    .uri(URI.create(url))
                                    .method(SdkHttpMethod.POST)
                                    .build())
                            .build())
                    .call();
        }
    }

    /** The address of a closed port. */
    private static String closed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private String withLogin(String login) {
        return "http://" + login + "@127.0.0.1:" + proxy.url().getPort();
    }

    @ParameterizedTest
    @CsvSource({"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"})
    void tlsHost_anyRequest_isReachedByATunnel(String variable) {
        proxy.refuse("502 Bad Gateway");

        assertThatThrownBy(() -> send(Map.of(variable, proxy.url().toString()), EC2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("proxy " + proxy.url() + " of " + variable)
                .hasMessageContaining("502");
        assertThat(proxy.requests()).containsExactly("CONNECT ec2.example.invalid:443 HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource({"HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"})
    void plainHost_anyRequest_isReachedByTheProxyForHttp(String variable) throws IOException {
        String address = proxy.url().toString().replace("http://", "");

        assertThat(send(Map.of(variable, address), PLAIN).httpResponse().statusCode())
                .isEqualTo(400);
        assertThat(proxy.requests()).containsExactly("POST " + PLAIN + " HTTP/1.1");
    }

    @Test
    void proxyForHttp_tlsHost_isNotUsed() {
        assertThatThrownBy(() -> send(Map.of("HTTP_PROXY", proxy.url().toString()), "https://" + closed()))
                .isInstanceOf(ConnectException.class)
                .hasMessageNotContaining("proxy");
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void variables_ownAndLowerCase_havePrecedence() {
        other.refuse("502 Bad Gateway");
        Map<String, String> environment = Map.of(
                "https_proxy", other.url().toString(),
                "HTTPS_PROXY", proxy.url().toString(),
                "ALL_PROXY", proxy.url().toString(),
                "HTTP_PROXY", proxy.url().toString());

        assertThatThrownBy(() -> send(environment, EC2)).hasMessageContaining("of https_proxy");
        assertThat(proxy.requests()).isEmpty();
        assertThat(other.requests()).hasSize(1);
    }

    @Test
    void variable_empty_isNoProxy() {
        Map<String, String> environment =
                Map.of("HTTPS_PROXY", "", "ALL_PROXY", proxy.url().toString());

        assertThatThrownBy(() -> send(environment, "https://" + closed()))
                .isInstanceOf(ConnectException.class)
                .hasMessageNotContaining("proxy");
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void noProxy_listedHost_isReachedDirectly() throws IOException {
        Map<String, String> environment =
                Map.of("http_proxy", proxy.url().toString(), "NO_PROXY", "localhost, 127.0.0.0/8");

        assertThat(send(environment, endpoint.url().toString()).httpResponse().statusCode())
                .isEqualTo(400);
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void login_plainRequest_isSent() throws IOException {
        proxy.requireLogin("node", "p@ss+:word");

        assertThat(send(Map.of("HTTP_PROXY", withLogin("node:p%40ss+%3Aword")), PLAIN)
                        .httpResponse()
                        .statusCode())
                .isEqualTo(400);
        assertThat(proxy.logins()).containsExactly("node:p@ss+:word");
    }

    @Test
    void login_tunnel_isSent() {
        proxy.requireLogin("node", "p@ss+:word").refuse("502 Bad Gateway");

        assertThatThrownBy(() -> send(Map.of("HTTPS_PROXY", withLogin("node:p%40ss+%3Aword")), EC2))
                .hasMessageContaining("502");
        assertThat(proxy.logins()).containsExactly("node:p@ss+:word");
    }

    @Test
    void login_wrong_isSentOnceAndNotInTheError() {
        proxy.requireLogin("node", "right");

        assertThatThrownBy(() -> send(Map.of("HTTPS_PROXY", withLogin("node:wrong")), EC2))
                .hasMessageContaining("proxy " + proxy.url() + " of HTTPS_PROXY")
                .hasMessageContaining("407")
                .hasMessageNotContaining("wrong");
        assertThat(proxy.logins()).containsExactly("node:wrong");
    }

    @ParameterizedTest
    @CsvSource({"HTTPS_PROXY, " + EC2, "HTTP_PROXY, " + PLAIN})
    void login_missing_namesTheProxy(String variable, String url) {
        proxy.requireLogin("node", "right");

        assertThatThrownBy(() -> send(Map.of(variable, proxy.url().toString()), url))
                .hasMessageContaining("proxy " + proxy.url() + " of " + variable)
                .hasMessageContaining("407");
    }

    @ParameterizedTest
    @CsvSource({"HTTPS_PROXY, " + EC2, "HTTP_PROXY, " + PLAIN})
    void proxy_unreachable_isNamed(String variable, String url) throws IOException {
        String nobody = "http://" + closed();

        assertThatThrownBy(() -> send(Map.of(variable, nobody), url))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("proxy " + nobody + " of " + variable + ": ");
    }

    @Test
    void proxy_unknownHost_isNamed() {
        String impossible = "x".repeat(64); // No name service is asked for such a label.

        assertThatThrownBy(() -> send(Map.of("HTTPS_PROXY", impossible + ":3128"), EC2))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("proxy http://" + impossible + ":3128 of HTTPS_PROXY: unknown host");
    }

    @ParameterizedTest
    @CsvSource({
        "https://u:secret@proxy:443, not by https",
        "socks5://u:secret@proxy:1080, not by socks5",
        "http://u:secret@:3128, expected http://HOST:PORT",
        "http://u:secret@proxy:99999, expected http://HOST:PORT",
        "http://u:sec%zzret@proxy:1, expected http://HOST:PORT",
        "u:secret@proxy name:3128, expected http://HOST:PORT",
    })
    void value_wrong_isAProblemWithoutThePassword(String value, String problem) {
        List<Problem> problems = new ArrayList<>();

        Proxies.fromEnvironment(Map.of("HTTPS_PROXY", value), problems::add);

        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("HTTPS_PROXY: ")
                .contains(problem)
                .doesNotContain("secret", "sec%");
    }

    @ParameterizedTest
    @CsvSource({
        "proxy:3128, proxy http://proxy:3128",
        "HTTP://proxy, proxy http://proxy:80",
        "http://[fd12::1]:3128/, proxy http://[fd12::1]:3128",
        "http://node@proxy:3128, proxy http://proxy:3128",
    })
    void value_wellFormed_isRead(String value, String text) {
        assertThat(HttpProxy.parse("HTTPS_PROXY", value)).hasToString(text + " of HTTPS_PROXY");
    }
}
