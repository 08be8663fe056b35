package io.github.multus4j.deploy.lambda;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The container image that {@code -Dmultus.lambda.image} names, run by the engine that
 * {@code docker} finds.
 */
@EnabledIfSystemProperty(named = "multus.lambda.image", matches = ".+")
class LambdaImageIT {

    private static final String IMAGE = System.getProperty("multus.lambda.image");

    private final FakeStage stage = new FakeStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private LambdaProcess start(List<String> options, String... command) {
        return new LambdaProcess(
                variables -> {
                    List<String> all = new ArrayList<>(List.of("docker", "run", "--rm", "--network", "host"));
                    variables.keySet().forEach(name -> all.addAll(List.of("--env", name)));
                    all.addAll(options);
                    all.add(IMAGE);
                    all.addAll(List.of(command));
                    return all;
                },
                Path.of("").toAbsolutePath(),
                stage,
                System.getenv().containsKey("DOCKER_HOST")
                        ? Map.of("DOCKER_HOST", System.getenv("DOCKER_HOST"))
                        : Map.of());
    }

    @Test
    void launch_imageRuns_isAnswered() throws Exception {
        Instance node = stage.node();
        String event = stage.launchEvent(stage.waiting(node));
        try (LambdaProcess function = start(List.of())) {
            assertThat(function.answer(event)).containsEntry("outcome", "attached");
            assertThat(function.answer(event)).containsEntry("outcome", "complete");
            function.end();
        }
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(node.id(), 2);
    }

    @Test
    void sweep_sameImageWithAnotherCommand_isAnswered() throws Exception {
        String leak = stage.leak().id();
        try (LambdaProcess function = start(List.of(), SweepHandler.class.getName())) {
            assertThat(function.answer("{}", Duration.ofSeconds(20)))
                    .containsEntry("sweep", "dry run")
                    .extractingByKey("leaks")
                    .asString()
                    .contains(leak);
            function.end();
        }
    }

    /** JDK 25 would run the old classes. */
    @Test
    void start_jarDiffersFromTheTrainedOne_fails() throws Exception {
        Path other =
                Path.of(System.getProperty("multus.lambda.jar")).resolveSibling("multus-lambda-0.1.0-SNAPSHOT.jar");
        try (LambdaProcess function = start(List.of("--volume", other + ":/var/task/lib/multus-lambda.jar:ro"))) {
            assertThat(function.exitStatus()).isEqualTo(1);
            assertThat(function.text()).contains("jars or JDK are not those that the cache was trained on");
        }
    }
}
