package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleAction.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;

class AwsLifecycleTest {

    private static final LifecycleAction ACTION =
            new LifecycleAction("group", "hook", "71514b9d-6a40-4b26-8523-05e7ee35fa40", "i-1");
    private static final String NOT_ACTIVE =
            "No active Lifecycle Action found with token 71514b9d-6a40-4b26-8523-05e7ee35fa40";

    private final VirtualTime time = new VirtualTime();
    private final Deadline deadline = time.in(Duration.ofMinutes(1));
    private CannedEndpoint endpoint;
    private AutoScalingClient client;
    private AwsLifecycle lifecycle;

    @BeforeEach
    void start() {
        endpoint = new CannedEndpoint();
        client = endpoint.autoScalingClient();
        lifecycle = AwsLifecycle.over(client, time.policy());
    }

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
    }

    @Test
    void complete_activeAction_sendsItsToken() {
        endpoint.autoScaling("CompleteLifecycleAction");

        assertThat(lifecycle.complete(ACTION, Result.ABANDON, deadline)).isTrue();
        assertThat(endpoint.requests().get(0))
                .containsEntry("Action", "CompleteLifecycleAction")
                .containsEntry("AutoScalingGroupName", "group")
                .containsEntry("LifecycleHookName", "hook")
                .containsEntry("LifecycleActionToken", ACTION.token())
                .containsEntry("InstanceId", "i-1")
                .containsEntry("LifecycleActionResult", "ABANDON");
    }

    @Test
    void complete_inactiveAction_returnsFalse() {
        endpoint.autoScalingError(400, "ValidationError", NOT_ACTIVE);

        assertThat(lifecycle.complete(ACTION, Result.CONTINUE, deadline)).isFalse();
    }

    @Test
    void complete_answerLost_takesInactiveAsSuccess() {
        endpoint.hangUp().autoScalingError(400, "ValidationError", NOT_ACTIVE);

        assertThat(lifecycle.complete(ACTION, Result.CONTINUE, deadline)).isTrue();
        assertThat(endpoint.requests()).hasSize(2);
    }

    @Test
    void complete_inactiveAfterThrottling_returnsFalse() {
        endpoint.autoScalingError(400, "Throttling", "Rate exceeded")
                .autoScalingError(500, "ResourceContention", "You already have a pending update")
                .autoScalingError(400, "ValidationError", NOT_ACTIVE);

        assertThat(lifecycle.complete(ACTION, Result.CONTINUE, deadline)).isFalse();
        assertThat(endpoint.requests()).hasSize(3);
    }

    @Test
    void complete_wrongHook_fails() {
        endpoint.autoScalingError(400, "ValidationError", "Lifecycle hook 'hook' not found");

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> lifecycle.complete(ACTION, Result.CONTINUE, deadline))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void heartbeat_anyAction_tellsWhetherItIsActive() {
        endpoint.autoScaling("RecordLifecycleActionHeartbeat").autoScalingError(400, "ValidationError", NOT_ACTIVE);

        assertThat(lifecycle.heartbeat(ACTION, deadline)).isTrue();
        assertThat(lifecycle.heartbeat(ACTION, deadline)).isFalse();
        assertThat(endpoint.requests().get(0))
                .containsEntry("Action", "RecordLifecycleActionHeartbeat")
                .containsEntry("LifecycleActionToken", ACTION.token());
    }

    @Test
    void readJson_event_isAMap() {
        assertThat(lifecycle.readJson("{\"detail\": {\"EC2InstanceId\": \"i-1\"}}"))
                .isEqualTo(Map.of("detail", Map.of("EC2InstanceId", "i-1")));
    }

    @Test
    void readJsonArray_batch_isAList() {
        assertThat(lifecycle.readJsonArray("[{\"body\": \"x\"}]")).isEqualTo(List.of(Map.of("body", "x")));
    }
}
