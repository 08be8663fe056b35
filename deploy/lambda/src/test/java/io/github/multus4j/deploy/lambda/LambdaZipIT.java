package io.github.multus4j.deploy.lambda;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.testkit.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The zip that is deployed, unpacked and started as Lambda does it: by the runtime interface
 * client, which is a program for Linux.
 */
@EnabledOnOs(OS.LINUX)
class LambdaZipIT {

    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

    private static @TempDir Path folder;
    private static Path taskRoot;

    private final FakeStage stage = new FakeStage();

    @BeforeAll
    static void unpack() throws Exception {
        taskRoot = folder.resolve("task");
        LambdaProcess.unpack(Path.of(System.getProperty("multus.lambda.jar")), taskRoot);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private LambdaProcess start(Class<?> handler) {
        return start(handler, Map.of());
    }

    private LambdaProcess start(Class<?> handler, Map<String, String> settings) {
        return LambdaProcess.managed(handler, stage, taskRoot, settings);
    }

    @Test
    void events_severalToOneProcess_areAnsweredInOrder() throws Exception {
        Instance node = stage.node();
        LifecycleAction action = stage.waiting(node);
        String event = stage.launchEvent(action);
        try (LambdaProcess lambda = start(MultusHandler.class)) {
            assertThat(lambda.answer(event))
                    .containsEntry("outcome", "attached")
                    .containsEntry("instanceId", node.id());
            assertThat(stage.ec2.autoScaling().result(action)).contains(LifecycleAction.Result.CONTINUE);
            assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(node.id(), 2);
            stage.ec2.journal().clear();

            assertThat(lambda.answer(event)).containsEntry("outcome", "complete");
            assertThat(stage.ec2.journal().mutatingCalls())
                    .as("only the hook, which may be completed again")
                    .allMatch(call -> call.action() == Action.COMPLETE_LIFECYCLE_ACTION);

            assertThat(lambda.error("{\"detail-type\":7}", ONE_MINUTE))
                    .containsEntry("errorType", InvalidInputException.class.getName())
                    .containsEntry("stackTrace", List.of())
                    .extractingByKey("errorMessage")
                    .asString()
                    .contains("detail-type: '7'");

            stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");
            Instance denied = stage.node();
            LifecycleAction waiting = stage.waiting(denied);
            assertThat(lambda.error(stage.launchEvent(waiting), ONE_MINUTE))
                    .containsEntry("errorType", NodeNotReadyException.class.getName())
                    .containsEntry("stackTrace", List.of())
                    .extractingByKey("errorMessage")
                    .asString()
                    .contains("failed " + denied.id(), "UnauthorizedOperation", "left behind: nothing");
            assertThat(stage.ec2.autoScaling().result(waiting)).contains(LifecycleAction.Result.ABANDON);

            assertThat(lambda.logged())
                    .extracting(line -> line.get("outcome"))
                    .containsExactly("attached", "complete", "failed");
            assertThat(lambda.logged())
                    .allSatisfy(line -> assertThat(line).containsKeys("_aws", "NodesReady", "requestId"));
        }
    }

    @Test
    void event_addressesChosenByEc2_isLoggedAsJson() throws Exception {
        stage.variables.put("useStaticIPs", "false");
        Instance node = stage.node();
        try (LambdaProcess lambda = start(MultusHandler.class, Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON"))) {
            assertThat(lambda.answer(stage.launchEvent(stage.waiting(node)))).containsEntry("outcome", "attached");

            assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(node.id(), 2);
            assertThat(stage.ec2.interfaces())
                    .filteredOn(i -> i.subnetId().equals(stage.signalling.id()))
                    .extracting(i -> i.ipv4Addresses().toString())
                    .doesNotContain("[10.0.4.4]");
            assertThat(lambda.logged())
                    .as("as it was written, not wrapped: CloudWatch finds no metric in a string")
                    .singleElement()
                    .satisfies(line -> assertThat(line).containsKeys("_aws", "outcome"));
        }
    }

    @Test
    void sqsBatch_reportsOnlyTheMessagesThatFailed() throws Exception {
        Instance node = stage.node();
        String launch = Json.write(stage.ec2.autoScaling().flatLaunchMessage(stage.waiting(node)));
        String batch = Json.write(Map.of("Records", List.of(record("m-1", launch), record("m-2", "{}"))));
        try (LambdaProcess lambda = start(MultusHandler.class)) {
            assertThat(lambda.answer(batch))
                    .isEqualTo(Map.of("batchItemFailures", List.of(Map.of("itemIdentifier", "m-2"))));
        }
        assertThat(stage.ec2).hasMultusInterfaces(node.id(), 2);
    }

    private static Map<String, Object> record(String id, String body) {
        return Map.of("messageId", id, "eventSource", "aws:sqs", "body", body);
    }

    /** EC2 throttles the attaching for longer than the invocation may take. */
    @Test
    void event_timeOutNear_rollsBackBeforeTheEnd() throws Exception {
        stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("RequestLimitExceeded");
        stage.variables.remove("LifecycleHookNames");
        String notForUs = stage.launchEvent(stage.waiting(stage.vpc.launch("m5.4xlarge", "us-east-1a", Map.of())));
        Instance node = stage.node();
        String event = stage.launchEvent(stage.waiting(node));
        Duration time = Duration.ofSeconds(4);
        try (LambdaProcess lambda = start(MultusHandler.class)) {
            assertThat(lambda.answer(notForUs)).as("to warm it up").containsEntry("outcome", "skipped");

            long start = System.nanoTime();
            Map<String, Object> error = lambda.error(event, time);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(took).isLessThan(time);
            assertThat(error)
                    .containsEntry("errorType", NodeNotReadyException.class.getName())
                    .extractingByKey("errorMessage")
                    .asString()
                    .contains("failed " + node.id(), "left behind: nothing");
        }
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(node.id(), 0);
    }

    /**
     * The part of SnapStart that can be tested without Lambda: the client's hooks, and the keys,
     * which do not come from the environment.
     */
    @Test
    void snapStart_restored_usesNewKeys() throws Exception {
        Instance node = stage.node();
        String event = stage.launchEvent(stage.waiting(node));
        try (LambdaProcess lambda =
                start(MultusHandler.class, Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"))) {
            assertThat(lambda.answer(event)).containsEntry("outcome", "attached");
            assertThat(lambda.wasRestored()).isTrue();
            assertThat(lambda.text()).as("priming went through").doesNotContain("without priming");
        }
        assertThat(stage.ec2).hasMultusInterfaces(node.id(), 2);
    }

    @Test
    void start_variablesMissing_failsWithAllOfThem() throws Exception {
        stage.variables.clear();
        stage.variables.putAll(Map.of("useStaticIPs", "perhaps", "SweepMode", "perhaps"));
        for (Class<?> handler : List.of(MultusHandler.class, SweepHandler.class)) {
            try (LambdaProcess lambda = start(handler)) {
                assertThat(lambda.initError())
                        .containsEntry("errorType", InvalidInputException.class.getName())
                        .extractingByKey("errorMessage")
                        .asString()
                        .contains(
                                "SubnetIds",
                                "SecGroupIds",
                                "TargetNodeGroupTagKey",
                                "useStaticIPs: 'perhaps'",
                                "SweepMode: 'perhaps'");
            }
        }
        assertThat(stage.ec2.journal().entries()).isEmpty();
    }

    /**
     * The time is shorter than the minute between two scans: one scan is reported, and nothing is
     * changed.
     */
    @Test
    void sweep_unmendedLeak_isAFunctionErrorWithTheReport() throws Exception {
        String leak = stage.leak().id();
        stage.variables.put("SweepMode", "MEND");
        Duration time = Duration.ofSeconds(20);
        try (LambdaProcess lambda = start(SweepHandler.class)) {
            assertThat(lambda.answer("{\"mode\":\"DRY_RUN\",\"vpcId\":\"" + stage.vpc.id() + "\"}", time))
                    .containsEntry("sweep", "dry run")
                    .containsEntry("scope", stage.vpc.id())
                    .extractingByKey("leaks")
                    .asString()
                    .contains(leak, "no time for a second look");

            assertThat(lambda.error("{}", time))
                    .containsEntry("errorType", SweepIncompleteException.class.getName())
                    .containsEntry("stackTrace", List.of())
                    .extractingByKey("errorMessage")
                    .asString()
                    .contains("still there: leak " + leak);

            assertThat(lambda.error("{\"mode\":\"all\"}", time))
                    .containsEntry("errorType", InvalidInputException.class.getName())
                    .containsEntry("errorMessage", "mode: 'all': expected DRY_RUN or MEND");

            assertThat(lambda.logged())
                    .hasSize(2)
                    .allSatisfy(line ->
                            assertThat(line).containsEntry("LeaksFound", 1).containsKey("_aws"));
        }
        assertThat(stage.ec2.journal().mutatingCalls()).isEmpty();
    }
}
