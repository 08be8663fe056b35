package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.lifecycle.LifecycleAction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MultusHandlerTest {

    private final FakeStage stage = new FakeStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void handle_launchEvent_attachesCompletesAndLogsOneLine() {
        Instance node = stage.node();
        LifecycleAction action = stage.waiting(node);

        Map<String, Object> answer = stage.invoke(stage.launchEvent(action));

        assertThat(answer).containsEntry("outcome", "attached").containsEntry("instanceId", node.id());
        assertThat(stage.ec2.autoScaling().result(action)).contains(LifecycleAction.Result.CONTINUE);
        assertThat(stage.log).singleElement().satisfies(line -> assertThat(line).endsWith("}\n"));
        assertThat(Json.read(stage.log.get(0).strip()))
                .containsEntry("outcome", "attached")
                .containsEntry("instanceId", node.id())
                .containsEntry("requestId", "request-1")
                .containsKey("Duration");
    }

    @Test
    void handle_failedLaunch_abandonsTheHookAndIsAFunctionError() {
        stage.variables.put("SecGroupIds", "sg-0123456789abcdef0");
        Instance node = stage.node();
        LifecycleAction action = stage.waiting(node);

        assertThatThrownBy(() -> stage.invoke(stage.launchEvent(action)))
                .isInstanceOf(NodeNotReadyException.class)
                .hasMessageContainingAll("failed " + node.id(), "sg-0123456789abcdef0", "left behind: nothing")
                .hasNoCause()
                .extracting(Throwable::getStackTrace)
                .isEqualTo(new StackTraceElement[0]);
        assertThat(stage.ec2.autoScaling().result(action)).contains(LifecycleAction.Result.ABANDON);
        assertThat(Json.read(stage.log.get(0).strip()))
                .containsEntry("outcome", "failed")
                .containsEntry("code", "FINDINGS");
    }

    @Test
    void handle_notForUs_isAnAnswerAndNoError() {
        Instance stranger = stage.vpc.launch("m5.4xlarge", "us-east-1a", Map.of());

        assertThat(stage.invoke(stage.launchEvent(stage.waiting(stranger)))).containsEntry("outcome", "skipped");
        assertThat(stage.invoke(Json.write(stage.ec2.autoScaling().testNotification(FakeStage.GROUP))))
                .containsEntry("outcome", "skipped");
        assertThat(stage.ec2.journal().mutatingCalls())
                .allMatch(call -> call.action().toString().startsWith("CompleteLifecycleAction"));
    }

    @Test
    void sqsBatch_reportsOnlyTheMessagesThatFailed() {
        String first = flat(stage.node());
        String second = flat(stage.node());

        Map<String, Object> answer = stage.invoke(
                batch(List.of(record("m-1", first), record("m-2", "{\"EC2InstanceId\":7}"), record("m-3", second))));

        assertThat(answer).isEqualTo(Map.of("batchItemFailures", List.of(Map.of("itemIdentifier", "m-2"))));
        assertThat(stage.log)
                .hasSize(3)
                .anySatisfy(line -> assertThat(Json.read(line.strip()))
                        .containsEntry("outcome", "unreadable")
                        .containsEntry("messageId", "m-2"));
        assertThat(stage.ec2.interfaces())
                .filteredOn(it -> it.subnetId().equals(stage.signalling.id()))
                .hasSize(2);
    }

    @Test
    void handle_sqsBatchAllFailed_isAFunctionError() {
        assertThatThrownBy(() -> stage.invoke(batch(List.of(record("m-1", "{}"), record("m-2", "no JSON")))))
                .isInstanceOf(NodeNotReadyException.class)
                .hasMessageContaining("no JSON");
        assertThat(stage.ec2.journal().entries()).isEmpty();
    }

    @Test
    void start_variablesOfTheReferenceStack_succeeds() {
        String subnets = stage.variables.remove("SubnetIds");
        stage.variables.putAll(Map.of("Az1SubnetIds", subnets, "Az2SubnetIds", subnets, "ENITags", "none"));
        String event = stage.launchEvent(stage.waiting(stage.node()));

        assertThat(stage.invoke(event)).containsEntry("outcome", "attached");

        Shell shell = stage.shell(event);
        assertThat(shell.status()).as(shell.err()).isZero();
        assertThat(shell.err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("multus-lambda: warning: "))
                .anyMatch(line -> line.contains("Az2SubnetIds"))
                .anyMatch(line -> line.contains("ENITags: 'none'"));
    }

    @Test
    void start_variablesMissing_namesAllAtOnce() {
        assertThatThrownBy(() -> new MultusHandler(Map.of("useStaticIPs", "perhaps"), null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(
                        "SubnetIds", "SecGroupIds", "TargetNodeGroupTagKey", "useStaticIPs: 'perhaps'");
    }

    private String flat(Instance node) {
        return Json.write(stage.ec2.autoScaling().flatLaunchMessage(stage.waiting(node)));
    }

    private static Map<String, Object> record(String id, String body) {
        return Map.of("messageId", id, "eventSource", "aws:sqs", "body", body);
    }

    private static String batch(List<Map<String, Object>> records) {
        return Json.write(Map.of("Records", records));
    }
}
