package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.Faults;
import io.github.multus4j.testkit.endpoint.MetadataEndpoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Paths that only a failing answer takes, so that a successful launch does not show whether
 * shrinking has removed them. Where an error's text comes from an answer, the deployed jar and the
 * unshrunk one must give the same text.
 */
@EnabledOnOs(OS.LINUX)
class ShrunkJarIT {

    private static final Path SHRUNK = Path.of(System.getProperty("multus.lambda.jar"));
    private static final Path WHOLE = Path.of(System.getProperty("multus.lambda.whole"));
    private static final Duration TIME = Duration.ofSeconds(20);

    /** The time of runs that repeat until their deadline. */
    private static final Duration SHORT = Duration.ofSeconds(5);

    /** No keys in the environment. */
    private static final Map<String, String> KEYLESS =
            Map.of("AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", "", "AWS_EC2_METADATA_DISABLED", "true");

    private static @TempDir Path folder;
    private static Path shrunk;
    private static Path whole;

    @BeforeAll
    static void unpack() throws Exception {
        shrunk = folder.resolve("shrunk");
        whole = folder.resolve("whole");
        LambdaProcess.unpack(SHRUNK, shrunk);
        // Lambda's class loader looks into lib/*.jar, too, and unpacking takes longer than all
        // tests.
        Files.createDirectories(whole.resolve("lib"));
        Files.copy(WHOLE, whole.resolve("lib").resolve("whole.jar"));
    }

    @Test
    void deployedJar_isUnderSixMegabytes() throws Exception {
        assertThat(Files.size(SHRUNK)).isLessThan(6_000_000);
        assertThat(Files.size(WHOLE)).as("what it was made of").isGreaterThan(6_000_000);
    }

    @Test
    void error_ofEc2_isReportedAsByTheUnshrunkJar() throws Exception {
        List<String> replies = bothSay((taskRoot, stage) -> {
            Faults faults = stage.ec2.faults();
            List<String> said = new ArrayList<>();
            // All at once: a run that launches with others waits a little, and the tests need not.
            Iterator<String> launches =
                    Stream.generate(() -> launch(stage)).limit(7).toList().iterator();
            try (LambdaProcess lambda = start(taskRoot, stage, Map.of())) {
                faults.on(Action.DESCRIBE_INSTANCES).nextCalls(2).failWith("RequestLimitExceeded");
                said.add(lambda.reply(launches.next(), TIME));
                faults.on(Action.CREATE_NETWORK_INTERFACE).call(1).failWith("InvalidIPAddress.InUse");
                said.add(lambda.reply(launches.next(), TIME));
                faults.on(Action.ATTACH_NETWORK_INTERFACE).call(1).loseResponse();
                said.add(lambda.reply(launches.next(), TIME));
                for (String code : List.of("UnauthorizedOperation", "NetworkInterfaceLimitExceeded", "SomethingNew")) {
                    faults.on(Action.CREATE_NETWORK_INTERFACE).everyCall().failWith(code);
                    said.add(lambda.reply(launches.next(), TIME));
                    faults.clear();
                }
                faults.on(Action.COMPLETE_LIFECYCLE_ACTION).call(1).failWith("AccessDenied");
                said.add(lambda.reply(launches.next(), TIME));
                lambda.logged().forEach(line -> said.add("logged " + line.get("outcome") + ' ' + line.get("cause")));
            }
            return said;
        });
        assertThat(replies.subList(0, 3)).allMatch(reply -> reply.contains("\"outcome\":\"attached\""));
        assertThat(replies.get(3)).contains("NodeNotReadyException", "UnauthorizedOperation", "left behind: nothing");
        assertThat(replies.get(4)).contains("NetworkInterfaceLimitExceeded");
        assertThat(replies.get(5)).contains("SomethingNew");
        assertThat(replies.get(6)).contains("AccessDenied");
        assertThat(replies.subList(7, replies.size())).hasSize(7);
    }

    /** An answer of a proxy or a load balancer. */
    @Test
    void answer_notOfEc2_isReportedAsByTheUnshrunkJar() throws Exception {
        List<BrokenEndpoint.Answer> answers = List.of(
                new BrokenEndpoint.Answer(403, "no XML at all"),
                new BrokenEndpoint.Answer(400, "<Response><Errors><Error><Code>Throttl"));
        List<String> replies = bothSay((taskRoot, stage) -> toBroken(answers, TIME, taskRoot, stage));
        assertThat(replies).hasSize(2).allMatch(reply -> reply.startsWith("error "));
        assertThat(replies.get(0)).contains("403");
        assertThat(replies.get(1)).contains("400");
    }

    @Test
    void answer_unreadable_isRepeatedUntilTheDeadline() throws Exception {
        List<BrokenEndpoint.Answer> answers = List.of(
                new BrokenEndpoint.Answer(500, "<html>Internal Server Error</html>"),
                new BrokenEndpoint.Answer(200, "<DescribeInstancesResponse><reservationSet>"));
        List<String> replies = shrunkSays((taskRoot, stage) -> toBroken(answers, SHORT, taskRoot, stage));
        assertThat(replies)
                .hasSize(2)
                .allMatch(reply -> reply.startsWith("error "))
                .allMatch(reply -> reply.contains(NodeNotReadyException.class.getName()))
                .noneMatch(reply -> reply.matches(".*(ClassNotFound|NoClassDef|NoSuch|Linkage|Abstract).*"));
    }

    private static List<String> toBroken(
            List<BrokenEndpoint.Answer> answers, Duration time, Path taskRoot, FakeStage stage) throws Exception {
        List<String> said = new ArrayList<>();
        try (BrokenEndpoint endpoint = new BrokenEndpoint();
                LambdaProcess lambda = start(taskRoot, stage, Map.of("AWS_ENDPOINT_URL_EC2", endpoint.url()))) {
            for (BrokenEndpoint.Answer answer : answers) {
                endpoint.answer(answer);
                said.add(lambda.reply(launch(stage), time));
            }
        }
        return said;
    }

    @Test
    void connection_refused_isNamed() throws Exception {
        String nobody = "http://127.0.0.1:" + closedPort();
        List<String> replies = shrunkSays((taskRoot, stage) -> {
            try (LambdaProcess lambda = start(taskRoot, stage, Map.of("AWS_ENDPOINT_URL_EC2", nobody))) {
                return List.of(lambda.reply(launch(stage), SHORT));
            }
        });
        assertThat(replies.get(0)).startsWith("error ").contains("Connection refused");
    }

    @Test
    void credentials_ofTheInstance_areUsed() throws Exception {
        List<String> replies = shrunkSays((taskRoot, stage) -> {
            Instance node = stage.node();
            Map<String, String> settings = new HashMap<>(KEYLESS);
            try (MetadataEndpoint metadata = MetadataEndpoint.start(stage.ec2, node.id())) {
                settings.put("AWS_EC2_METADATA_DISABLED", "false");
                settings.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url().toString());
                try (LambdaProcess lambda = start(taskRoot, stage, settings)) {
                    return List.of(lambda.reply(stage.launchEvent(stage.waiting(node)), TIME));
                }
            }
        });
        assertThat(replies.get(0)).contains("\"outcome\":\"attached\"");
    }

    @Test
    void credentials_none_areNamed() throws Exception {
        List<String> replies = shrunkSays((taskRoot, stage) -> {
            try (LambdaProcess lambda = start(taskRoot, stage, KEYLESS)) {
                return List.of(lambda.reply(launch(stage), SHORT));
            }
        });
        assertThat(replies.get(0)).startsWith("error ").contains("Unable to load credentials");
    }

    @Test
    void credentials_endpointRefuses_isNamed() throws Exception {
        List<String> replies = shrunkSays((taskRoot, stage) -> {
            Map<String, String> settings = new HashMap<>(KEYLESS);
            try (BrokenEndpoint endpoint = new BrokenEndpoint()) {
                endpoint.answer(new BrokenEndpoint.Answer(401, "{\"code\":\"Nope\",\"message\":\"wrong token\"}"));
                settings.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", endpoint.url() + "/credentials");
                try (LambdaProcess lambda = start(taskRoot, stage, settings)) {
                    return List.of(lambda.reply(launch(stage), SHORT));
                }
            }
        });
        assertThat(replies.get(0))
                .startsWith("error ")
                .contains("ContainerCredentialsProvider(): Failed to load credentials");
    }

    private static LambdaProcess start(Path taskRoot, FakeStage stage, Map<String, String> settings) {
        return LambdaProcess.managed(MultusHandler.class, stage, taskRoot, settings);
    }

    private static String launch(FakeStage stage) {
        return stage.launchEvent(stage.waiting(stage.node()));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The output of the shrunk jar; the unshrunk jar must give the same. */
    private static List<String> bothSay(Scenario scenario) throws Exception {
        List<String> said = shrunkSays(scenario);
        assertThat(said).isEqualTo(play(scenario, whole));
        return said;
    }

    private static List<String> shrunkSays(Scenario scenario) throws Exception {
        return play(scenario, shrunk);
    }

    private static List<String> play(Scenario scenario, Path taskRoot) throws Exception {
        try (FakeStage stage = new FakeStage()) {
            // One interface, so that it is always the same one that meets the fault.
            stage.variables.put("SubnetIds", stage.signalling.id());
            return scenario.play(taskRoot, stage).stream()
                    .map(ShrunkJarIT::withoutChance)
                    .toList();
        }
    }

    /** The text without ids, ports, times and numbers of attempts. */
    private static String withoutChance(String text) {
        return text.replaceAll("\\b(i|eni|eni-attach)-0[0-9a-f]{16}", "$1-…")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "…")
                .replaceAll("(localhost|127\\.0\\.0\\.1):\\d+", "$1:…")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "…")
                .replaceAll("([0-9a-f]{2}:){5}[0-9a-f]{2}", "…")
                .replaceAll("\\b\\d+( attempts?)", "…$1");
    }

    /** A run with one of the jars. */
    @FunctionalInterface
    private interface Scenario {

        List<String> play(Path taskRoot, FakeStage stage) throws Exception;
    }
}
