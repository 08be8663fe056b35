package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleAction.Result;
import io.github.multus4j.testkit.FakeLifecycleActions;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.AttachInstances;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.AutoScalingInstance;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.CompleteLifecycleAction;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.CreateAutoScalingGroup;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeAutoScalingGroups;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeAutoScalingInstances;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.PutLifecycleHook;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.RecordLifecycleActionHeartbeat;
import io.github.multus4j.testkit.internal.call.GroupSettings;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.query.QueryProtocol;
import io.github.multus4j.testkit.internal.state.AutoScalingState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LifecycleRuleTest extends RuleTest {

    private final FakeLifecycleActions autoScaling = ec2.autoScaling();
    private final Deadline deadline = Deadline.in(Duration.ofDays(30), ec2.clock());

    private static PutLifecycleHook hook(String name, String transition, Integer heartbeat, String result) {
        return new PutLifecycleHook("asg", name, transition, heartbeat, result, null);
    }

    @Test
    void lifecycle_groupUnknown_isRefused() {
        refused(
                LifecycleRule.LIFECYCLE_GROUP_UNKNOWN,
                new CompleteLifecycleAction("asg", "hook", null, "i-" + NONE, "CONTINUE"));
        refused(LifecycleRule.LIFECYCLE_GROUP_UNKNOWN, hook("hook", AutoScalingState.LAUNCHING, 60, "CONTINUE"));
    }

    @Test
    void lifecycle_groupExists_isRefused() {
        autoScaling.group("asg");

        refused(LifecycleRule.LIFECYCLE_GROUP_EXISTS, new CreateAutoScalingGroup("asg", List.of(), Map.of()));
    }

    @Test
    void lifecycle_hookUnknown_isRefused() {
        autoScaling.group("asg");

        refused(LifecycleRule.LIFECYCLE_HOOK_UNKNOWN, new RecordLifecycleActionHeartbeat("asg", "hook", "token", null));
    }

    @Test
    void lifecycle_hookInvalid_isRefused() {
        autoScaling.group("asg");

        refused(LifecycleRule.LIFECYCLE_HOOK_INVALID, hook("hook", "launching", 60, null));
        refused(LifecycleRule.LIFECYCLE_HOOK_INVALID, hook("hook", AutoScalingState.LAUNCHING, 29, null));
        refused(LifecycleRule.LIFECYCLE_HOOK_INVALID, hook("hook", AutoScalingState.LAUNCHING, 60, "GO"));
    }

    @Test
    void lifecycle_hooksOverLimit_isRefused() {
        autoScaling.group("asg");
        IntStream.range(0, 50).forEach(i -> call(hook("hook" + i, AutoScalingState.TERMINATING, 60, null)));

        refused(LifecycleRule.LIFECYCLE_HOOKS_OVER_LIMIT, hook("hook50", AutoScalingState.TERMINATING, 60, null));
    }

    @Test
    void lifecycle_instanceInvalid_isRefused() {
        autoScaling.group("asg");
        String terminated = node("m5.large").id();
        ec2.terminate(terminated);
        String member = node("m5.large").id();
        call(new AttachInstances("asg", List.of(member)));

        for (String id : List.of("i-" + NONE, terminated, member)) {
            refused(LifecycleRule.LIFECYCLE_INSTANCE_INVALID, new AttachInstances("asg", List.of(id)));
        }
    }

    @Test
    void lifecycle_launchHook_holdsTheInstanceUntilItIsCompleted() {
        Instance node = node("m5.large");
        LifecycleAction action = autoScaling.waiting("asg", "hook", node.id());
        assertThat(autoScaling.lifecycleState(node.id())).contains("Pending:Wait");
        assertThat(autoScaling.waiting("asg", "hook", node.id())).isEqualTo(action);

        assertThat(autoScaling.heartbeat(action, deadline)).isTrue();
        assertThat(autoScaling.complete(action, Result.CONTINUE, deadline)).isTrue();

        assertThat(autoScaling.isWaiting(action)).isFalse();
        assertThat(autoScaling.result(action)).contains(Result.CONTINUE);
        assertThat(autoScaling.heartbeats(action)).isEqualTo(1);
        assertThat(call(new DescribeAutoScalingInstances(List.of(node.id()), Page.NONE))
                        .items())
                .extracting(i -> i.lifecycleState())
                .containsExactly("InService");
    }

    @Test
    void lifecycle_noActiveAction_isRefused() {
        Instance node = node("m5.large");
        LifecycleAction action = autoScaling.waiting("asg", "hook", node.id());
        call(new CompleteLifecycleAction("asg", "hook", null, node.id(), "CONTINUE"));

        assertThat(refused(
                                LifecycleRule.LIFECYCLE_NO_ACTIVE_ACTION,
                                new CompleteLifecycleAction("asg", "hook", action.token(), null, "CONTINUE"))
                        .text())
                .isEqualTo("No active Lifecycle Action found with token " + action.token());
        assertThat(refused(
                                LifecycleRule.LIFECYCLE_NO_ACTIVE_ACTION,
                                new RecordLifecycleActionHeartbeat("asg", "hook", null, node.id()))
                        .text())
                .isEqualTo("No active Lifecycle Action found with instance ID " + node.id());
        assertThat(autoScaling.complete(action, Result.CONTINUE, deadline)).isFalse();
        assertThat(autoScaling.heartbeat(action, deadline)).isFalse();
    }

    @Test
    void lifecycle_otherErrors_areThrown() {
        assertThatThrownBy(() -> autoScaling.complete(
                        new LifecycleAction("asg", "hook", "token", "i-" + NONE), Result.CONTINUE, deadline))
                .isInstanceOf(Ec2Exception.class)
                .hasMessageContaining("no such group");
    }

    @Test
    void lifecycle_resultInvalid_isRefused() {
        Instance node = node("m5.large");
        autoScaling.waiting("asg", "hook", node.id());

        refused(
                LifecycleRule.LIFECYCLE_RESULT_INVALID,
                new CompleteLifecycleAction("asg", "hook", null, node.id(), "GO"));
    }

    @Test
    void lifecycle_abandon_terminatesTheInstance() {
        Instance node = node("m5.large");
        LifecycleAction action = autoScaling.waiting("asg", "hook", node.id());

        autoScaling.complete(action, Result.ABANDON, deadline);

        assertThat(ec2.instance(node.id()).state()).isEqualTo(Instance.State.TERMINATED);
        assertThat(autoScaling.lifecycleState(node.id())).isEmpty();
    }

    @Test
    void lifecycle_timeout_appliesTheDefaultUnlessHeartbeatsCome() {
        autoScaling.launchHook("asg", "hook", 60, Result.CONTINUE);
        LifecycleAction kept =
                autoScaling.waiting("asg", "hook", node("m5.large").id());
        LifecycleAction late =
                autoScaling.waiting("other", "hook", node("m5.large").id());

        ec2.time().advance(Duration.ofSeconds(59));
        autoScaling.heartbeat(kept, deadline);
        ec2.time().advance(Duration.ofSeconds(59));
        assertThat(autoScaling.isWaiting(kept)).isTrue();
        ec2.time().advance(Duration.ofHours(1));

        assertThat(autoScaling.result(kept)).contains(Result.CONTINUE);
        assertThat(autoScaling.result(late)).contains(Result.ABANDON);
        assertThat(autoScaling.hasTimedOut(late)).isTrue();
        assertThat(ec2.instance(late.instanceId()).state()).isEqualTo(Instance.State.TERMINATED);
    }

    @Test
    void lifecycle_terminateHook_holdsTheInstanceBeforeItGoes() {
        Instance node = node("m5.large");
        LifecycleAction action = autoScaling.terminating("asg", "bye", node.id());
        assertThat(autoScaling.lifecycleState(node.id())).contains("Terminating:Wait");

        autoScaling.complete(action, Result.CONTINUE, deadline);

        assertThat(ec2.instance(node.id()).state()).isEqualTo(Instance.State.TERMINATED);
    }

    @Test
    void events_haveTheShapesOfTheDocumentation() {
        LifecycleAction action =
                autoScaling.waiting("asg", "hook", node("m5.large").id());

        Map<String, Object> launch = autoScaling.launchEvent(action);
        assertThat(launch)
                .containsOnlyKeys(
                        "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail")
                .containsEntry("detail-type", "EC2 Instance-launch Lifecycle Action")
                .containsEntry("time", "2026-01-01T00:00:00Z");
        assertThat(launch.get("detail"))
                .isEqualTo(Map.of(
                        "LifecycleActionToken", action.token(),
                        "AutoScalingGroupName", "asg",
                        "LifecycleHookName", "hook",
                        "EC2InstanceId", action.instanceId(),
                        "LifecycleTransition", "autoscaling:EC2_INSTANCE_LAUNCHING",
                        "Origin", "EC2",
                        "Destination", "AutoScalingGroup"));
        assertThat(autoScaling.terminateEvent(action, "AutoScalingGroup", "WarmPool"))
                .containsEntry("detail-type", "EC2 Instance-terminate Lifecycle Action");
        assertThat(autoScaling.flatLaunchMessage(action))
                .doesNotContainKey("detail")
                .containsEntry("EC2InstanceId", action.instanceId())
                .containsEntry("Time", "2026-01-01T00:00:00.000Z");
        assertThat(autoScaling.testNotification("asg"))
                .containsEntry("Event", "autoscaling:TEST_NOTIFICATION")
                .doesNotContainKeys("EC2InstanceId", "LifecycleActionToken", "LifecycleTransition");
    }

    @Test
    void json_isReadOnlyWithAReader() {
        assertThatThrownBy(() -> autoScaling.readJson("{}"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("readingJsonWith");

        autoScaling.readingJsonWith(text -> Map.of("text", text));

        assertThat(autoScaling.readJson("{}")).containsEntry("text", "{}");
    }

    private WireAnswer groups(String... parameters) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        return WireTarget.of(ec2).call(QueryProtocol.AUTO_SCALING, "DescribeAutoScalingGroups", map);
    }

    @Test
    void lifecycle_groupShown_withItsInstancesAndTheirStates() {
        String waits = node("m5.large").id();
        String serves = node("m5.large").id();
        autoScaling.group("other");
        LifecycleAction action = autoScaling.waiting("asg", "hook", serves);
        autoScaling.complete(action, Result.CONTINUE, deadline);
        autoScaling.waiting("asg", "hook", waits);

        WireAnswer shown = groups("AutoScalingGroupNames.member.1", "asg", "AutoScalingGroupNames.member.2", "none");
        assertThat(shown.texts("AutoScalingGroupName")).containsExactly("asg");
        assertThat(shown.texts("InstanceId")).containsExactly(serves, waits);
        assertThat(shown.texts("LifecycleState")).containsExactly("InService", "Pending:Wait");
        assertThat(groups("IncludeInstances", "false").texts("InstanceId")).isEmpty();

        ec2.terminate(waits);
        assertThat(groups().texts("InstanceId")).containsExactly(serves);
    }

    @Test
    void groups_arePaged_toTheLast() {
        IntStream.range(0, 51).forEach(i -> autoScaling.group("asg-" + i));

        WireAnswer first = groups();
        WireAnswer second = groups("NextToken", first.text("NextToken"));

        assertThat(first.texts("AutoScalingGroupName")).hasSize(50);
        assertThat(second.texts("AutoScalingGroupName")).containsExactly("asg-50");
        assertThat(second.texts("NextToken")).isEmpty();
        assertThat(groups("MaxRecords", "1").texts("AutoScalingGroupName")).containsExactly("asg-0");
    }

    @Test
    void lifecycle_pageInvalid_isRefused() {
        for (String size : List.of("0", "101")) {
            assertThat(groups("MaxRecords", size).rule()).isEqualTo(LifecycleRule.LIFECYCLE_PAGE_INVALID);
        }
        refused(
                LifecycleRule.LIFECYCLE_PAGE_INVALID,
                new DescribeAutoScalingGroups(
                        IntStream.range(0, 51).mapToObj(i -> "asg-" + i).toList(), true, List.of(), Page.NONE));
    }

    @Test
    void lifecycle_overMaxSize_isRefused_untilAnInstanceGoes() {
        call(new CreateAutoScalingGroup(
                "asg", List.of(), Map.of(), new GroupSettings(0, 2, 0, null, List.of(), Map.of(), List.of())));
        String first = node("m5.large").id();
        call(new AttachInstances("asg", List.of(first, node("m5.large").id())));
        String third = node("m5.large").id();

        refused(LifecycleRule.LIFECYCLE_OVER_MAX_SIZE, new AttachInstances("asg", List.of(third)));
        assertThat(groups().text("DesiredCapacity")).isEqualTo("2");

        ec2.terminate(first);
        call(new AttachInstances("asg", List.of(third)));
        assertThat(groups().texts("InstanceId")).contains(third).doesNotContain(first);
    }

    @Test
    void instancesOfGroups_arePaged_toTheLast() {
        List<String> ids =
                IntStream.range(0, 51).mapToObj(i -> node("m5.large").id()).toList();
        autoScaling.group("asg");
        call(new AttachInstances("asg", ids));

        Listing<AutoScalingInstance> first = call(new DescribeAutoScalingInstances(List.of(), Page.NONE));
        Listing<AutoScalingInstance> second =
                call(new DescribeAutoScalingInstances(List.of(), new Page(null, first.nextToken())));

        assertThat(first.items()).hasSize(50);
        assertThat(second.items()).extracting(AutoScalingInstance::instanceId).containsExactly(ids.get(50));
        assertThat(second.nextToken()).isNull();
        refused(LifecycleRule.LIFECYCLE_PAGE_INVALID, new DescribeAutoScalingInstances(ids, Page.NONE));
    }
}
