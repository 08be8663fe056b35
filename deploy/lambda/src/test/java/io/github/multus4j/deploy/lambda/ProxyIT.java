package io.github.multus4j.deploy.lambda;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.fixtures.ProxyFront;
import io.github.multus4j.fixtures.TlsFront;
import io.github.multus4j.fixtures.TlsKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar that is deployed, from a shell, and EC2 behind TLS that is reached by a proxy which
 * requires a login.
 */
class ProxyIT {

    private @TempDir Path folder;
    private final FakeStage stage = new FakeStage();
    private TlsKeys keys;
    private TlsFront front;
    private ProxyFront proxy;

    @BeforeEach
    void start() {
        keys = TlsKeys.in(folder);
        front = TlsFront.start(stage.endpoint(), keys);
        proxy = ProxyFront.start(front.url()).requireLogin("node", "p@ss");
    }

    @AfterEach
    void close() {
        proxy.close();
        front.close();
        stage.close();
    }

    private record Ended(int status, String printed) {}

    private Ended run(Instance node, String login) throws Exception {
        Path event = Files.writeString(folder.resolve("event.json"), stage.launchEvent(stage.waiting(node)));
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(List.of(keys.javaOptions().split(" ")));
        command.addAll(List.of("-jar", System.getProperty("multus.lambda.jar"), event.toString()));
        command.addAll(List.of("--endpoint", front.url().toString(), "--timeout", "15s"));
        ProcessBuilder program =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        program.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("AWS_") || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        program.environment().putAll(stage.variables);
        String url = proxy.url().toString().replace("http://", "http://" + login);
        program.environment().putAll(Map.of("HTTPS_PROXY", url, "NO_PROXY", "localhost,10.0.0.0/8"));
        int status = program.start().waitFor();
        return new Ended(status, Files.readString(output));
    }

    @Test
    void login_correct_opensTheTunnel() throws Exception {
        Instance node = stage.node();

        Ended ended = run(node, "node:p%40ss@");

        assertThat(ended.status()).as(ended.printed()).isZero();
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(node.id(), 2);
        assertThat(proxy.requests()).allMatch(line -> line.startsWith("CONNECT 127.0.0.1:"));
        assertThat(proxy.logins()).contains("node:p@ss");
    }

    @Test
    void login_wrong_isOneLineWithTheProxyAndTheNextStep() throws Exception {
        Ended ended = run(stage.node(), "node:wrong@");

        assertThat(ended.status()).isEqualTo(Main.FAILED);
        assertThat(ended.printed().lines())
                .last()
                .asString()
                .contains(
                        "proxy " + proxy.url() + " of HTTPS_PROXY", "407", "next: check the proxy's address, user and")
                .doesNotContain("wrong");
        assertThat(stage.ec2.journal().entries()).isEmpty();
    }
}
