package io.github.multus4j.examples.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.lifecycle.LifecycleAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The handler in a process of its own, started as Lambda starts it: by its runtime interface client, which is a program for Linux. */
@EnabledOnOs(OS.LINUX)
class RuntimeInterfaceTest {

    private final FakeStage stage = new FakeStage();
    private final RuntimeApi lambda = new RuntimeApi();

    @AfterEach
    void close() {
        lambda.close();
        stage.close();
    }

    @Test
    void events_areAnsweredOneAfterTheOther_byOneProcess(@TempDir Path folder) throws Exception {
        Instance node = stage.node();
        LifecycleAction action = stage.waiting(node);
        Path log = folder.resolve("log");
        Process function = start(stage.variables, log);
        try {
            lambda.send(stage.launchEvent(action));
            RuntimeApi.Reply launch = lambda.reply();
            assertThat(launch.kind()).as(launch.body()).isEqualTo("response");
            assertThat(Json.read(launch.body()))
                    .containsEntry("outcome", "attached")
                    .containsEntry("instanceId", node.id());
            assertThat(stage.ec2.autoScaling().result(action)).contains(LifecycleAction.Result.CONTINUE);
            stage.ec2.journal().clear();

            lambda.send(stage.launchEvent(action));
            assertThat(Json.read(lambda.reply().body())).containsEntry("outcome", "complete");

            lambda.send("{\"detail-type\":7}");
            RuntimeApi.Reply refused = lambda.reply();
            assertThat(refused.kind()).isEqualTo("error");
            assertThat(Json.read(refused.body()))
                    .containsEntry("errorType", InvalidInputException.class.getName())
                    .hasEntrySatisfying(
                            "errorMessage",
                            message -> assertThat(message.toString()).contains("detail-type: '7'"));
        } finally {
            stop(function);
        }
        assertThat(stage.ec2.journal().mutatingCalls())
                .as("only the hook, which may be completed again")
                .allMatch(call -> call.action().toString().equals("CompleteLifecycleAction"));
        assertThat(Files.readString(log)).contains("\"outcome\":\"attached\"", "\"outcome\":\"complete\"");
    }

    @Test
    void variablesMissing_endTheStartWithAllOfThem(@TempDir Path folder) throws Exception {
        Process function = start(Map.of("useStaticIPs", "perhaps"), folder.resolve("log"));
        try {
            RuntimeApi.Reply refused = lambda.reply();
            assertThat(refused.kind()).isEqualTo("init/error");
            assertThat(Json.read(refused.body()).get("errorMessage").toString())
                    .contains("SubnetIds", "SecGroupIds", "TargetNodeGroupTagKey", "useStaticIPs: 'perhaps'");
        } finally {
            stop(function);
        }
        assertThat(stage.ec2.journal().entries()).isEmpty();
    }

    private Process start(Map<String, String> variables, Path log) throws IOException {
        ProcessBuilder function = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        MultusHandler.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = function.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.putAll(Map.of(
                "AWS_LAMBDA_RUNTIME_API", lambda.address(),
                "AWS_LAMBDA_FUNCTION_NAME", "multus",
                "AWS_LAMBDA_FUNCTION_VERSION", "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_ENDPOINT_URL", stage.endpoint().toString()));
        environment.putAll(variables);
        return function.start();
    }

    private static void stop(Process function) throws InterruptedException {
        function.destroyForcibly();
        assertThat(function.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
