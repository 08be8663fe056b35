package io.github.multus4j.deploy.lambda;

import io.github.multus4j.fixtures.TlsFront;
import io.github.multus4j.fixtures.TlsKeys;
import io.github.multus4j.testkit.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Makes the function do all its ordinary work once, over TLS, so that the JVM learns the classes
 * that it needs: {@code Training COMMAND}, with the command that starts it. Only the loopback
 * address is used, so it works where an image is built.
 */
final class Training {

    private static final Duration TIME = Duration.ofMinutes(1);

    private Training() {}

    public static void main(String... command) throws Exception {
        TlsKeys keys = TlsKeys.in(Files.createTempDirectory("training"));
        try (FakeStage stage = new FakeStage();
                TlsFront front = TlsFront.start(stage.endpoint(), keys);
                LambdaProcess function = new LambdaProcess(
                        variables -> List.of(command[0], MultusHandler.class.getName()),
                        Path.of("").toAbsolutePath(),
                        stage,
                        Map.of(
                                "MULTUS_TRAINING", "yes",
                                "JAVA_HOME", System.getProperty("java.home"),
                                "JDK_JAVA_OPTIONS", keys.javaOptions(),
                                "JAVA_OPTIONS", System.getenv().getOrDefault("JAVA_OPTIONS", ""),
                                "AWS_ENDPOINT_URL", front.url().toString()))) {
            rehearse(function, stage);
            function.end();
            System.out.println(function.text());
        }
    }

    private static void rehearse(LambdaProcess function, FakeStage stage) throws InterruptedException {
        String launch = stage.launchEvent(stage.waiting(stage.node()));
        function.answer(launch); // makes and attaches
        function.answer(launch); // finds all in order
        function.answer(stage.launchEvent(stage.waiting(stage.vpc.launch("m5.4xlarge", "us-east-1a", Map.of()))));
        stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).call(1).failWith("RequestLimitExceeded");
        function.answer(stage.launchEvent(stage.waiting(stage.node()))); // tries again
        stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");
        function.error(stage.launchEvent(stage.waiting(stage.node())), TIME); // rolls back
    }
}
