package io.github.multus4j.deploy.agent;

import io.github.multus4j.testkit.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The stage as a process, for an agent that systemd starts. It writes the agent's files into the
 * folder that it is given, and runs until it is killed. EC2 denies the first call, so that a first
 * start fails.
 */
final class StageProgram {

    private StageProgram() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        try (AgentStage stage = new AgentStage()) {
            stage.ec2.faults().on(Action.DESCRIBE_INSTANCES).call(1).failWith("UnauthorizedOperation");
            Files.writeString(
                    folder.resolve("environment"),
                    "AWS_ENDPOINT_URL=" + stage.endpoint() + "\nAWS_EC2_METADATA_SERVICE_ENDPOINT="
                            + stage.metadata.url() + "\n");
            Files.writeString(
                    folder.resolve("agent.conf"),
                    "SubnetIds=" + stage.signalling.id() + "," + stage.media.id() + "\nSecGroupIds=" + stage.group
                            + "\nuseStaticIPs=true\n");
            new CountDownLatch(1).await();
        }
    }
}
