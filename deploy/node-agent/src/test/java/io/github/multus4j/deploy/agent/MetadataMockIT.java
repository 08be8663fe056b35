package io.github.multus4j.deploy.agent;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.aws.Json;
import io.github.multus4j.deploy.agent.AgentStage.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent and <a href="https://github.com/aws/amazon-ec2-metadata-mock">AWS's own metadata
 * mock</a>, which gives the fake instance's id and runs as long as a test.
 * {@code -Dmultus.metadata.mock=PROGRAM} is its path.
 */
@EnabledIfSystemProperty(named = "multus.metadata.mock", matches = ".+")
class MetadataMockIT {

    private @TempDir Path folder;
    private final AgentStage stage = new AgentStage();
    private Process mock;

    @AfterEach
    void stop() throws InterruptedException {
        mock.destroy();
        assertThat(mock.waitFor(10, TimeUnit.SECONDS)).isTrue();
        stage.close();
    }

    private URI start(Map<String, Object> values) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // The mock lists the role without the slash at the end with which AWS's clients ask for it.
        Map<String, Object> paths =
                Map.of("iam-security-credentials-role", "/latest/meta-data/iam/security-credentials/");
        Path config = Files.writeString(
                folder.resolve("config.json"),
                Json.write(Map.of("metadata", Map.of("paths", paths, "values", values))));
        mock = new ProcessBuilder(
                        System.getProperty("multus.metadata.mock"),
                        "--imdsv2",
                        "--hostname",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--config-file",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mock.log").toFile())
                .start();
        awaitListening(port);
        return URI.create("http://127.0.0.1:" + port);
    }

    private void awaitListening(int port) throws InterruptedException {
        for (int tries = 0; tries < 200; tries++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                assertThat(mock.waitFor(50, TimeUnit.MILLISECONDS))
                        .as("the mock ended")
                        .isFalse();
            }
        }
        throw new AssertionError("the mock does not listen");
    }

    @Test
    void boot_firstAndNext_attachOnce() throws Exception {
        URI metadata = start(Map.of("instance-id", stage.node.id(), "placement-region", "us-east-1"));

        Run first = stage.runAt(metadata, Map.of(), stage.spec());
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(stage.node.id(), 2);
        stage.ec2.journal().clear();

        Run next = stage.runAt(metadata, Map.of(), stage.spec());
        assertThat(next.status()).isZero();
        assertThat(next.out()).startsWith("complete");
        assertThat(stage.ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void credentials_explicit_needNoRole() throws Exception {
        URI metadata = start(Map.of("instance-id", stage.node.id()));

        Run run = stage.runAt(metadata, Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"), stage.spec());

        assertThat(run.status()).as(run.err()).isZero();
    }
}
