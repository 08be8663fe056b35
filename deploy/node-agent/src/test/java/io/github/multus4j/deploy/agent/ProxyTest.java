package io.github.multus4j.deploy.agent;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.deploy.agent.AgentStage.Run;
import io.github.multus4j.fixtures.ProxyFront;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A node that reaches EC2 through a proxy. The stage's EC2 speaks plain HTTP, so its proxy is that
 * for http.
 */
class ProxyTest {

    private final AgentStage stage = new AgentStage();
    private final ProxyFront proxy = ProxyFront.start(stage.endpoint());

    @AfterEach
    void close() {
        proxy.close();
        stage.close();
    }

    private Run attach(Map<String, String> environment) {
        return stage.runAt(stage.metadata.url(), environment, stage.spec());
    }

    @Test
    void proxy_anyBoot_isUsedForEc2Only() {
        Run run = attach(Map.of("http_proxy", proxy.url().toString()));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(stage.ec2).hasMultusInterfaces(stage.node.id(), 2);
        assertThat(proxy.requests())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("POST " + stage.endpoint()))
                .noneMatch(line -> line.contains("/latest/"));
    }

    @Test
    void noProxy_listedHost_isReachedDirectly() {
        Run run = attach(Map.of("http_proxy", proxy.url().toString(), "no_proxy", "127.0.0.0/8"));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void proxy_down_isNamedAndRepeated() throws IOException {
        String down;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            down = "http://127.0.0.1:" + socket.getLocalPort();
        }

        Run run = attach(Map.of("http_proxy", down));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .last()
                .asString()
                .contains(
                        "failed " + stage.node.id(), "proxy " + down + " of http_proxy: Connection refused", "next: ");
    }

    @Test
    void proxy_badValue_isBadInputWithoutThePassword() {
        Run run = attach(Map.of("HTTPS_PROXY", "socks5://node:secret@proxy:1080"));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("HTTPS_PROXY: 'socks5://***@proxy:1080': a proxy is spoken to by http only")
                .doesNotContain("secret");
    }
}
