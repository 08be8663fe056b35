package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.rule.Scenarios.Scenario;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scenarios for {@link LifecycleRule}. */
final class LifecycleScenarios {

    private static final String NOBODYS_TOKEN = "01234567-89ab-cdef-0123-456789abcdef";

    private LifecycleScenarios() {}

    static Map<LifecycleRule, Scenario> all() {
        Map<LifecycleRule, Scenario> all = new EnumMap<>(LifecycleRule.class);
        all.put(LifecycleRule.LIFECYCLE_GROUP_UNKNOWN, s -> putHook(s, "no-such-group", "hook", "30"));
        all.put(LifecycleRule.LIFECYCLE_GROUP_EXISTS, s -> {
            String group = s.autoScalingGroup();
            return s.scale("CreateAutoScalingGroup", Stage.autoScalingGroup(group, s.subnet()));
        });
        all.put(LifecycleRule.LIFECYCLE_GROUP_SHOWN, s -> {
            String group = s.autoScalingGroup();
            String instance = s.member(group);
            String[] names = {"AutoScalingGroupNames.member.1", group, "AutoScalingGroupNames.member.2", "no-such-group"
            };
            WireAnswer shown = s.mustScale("DescribeAutoScalingGroups", names);
            return Seen.effect(shown.texts("AutoScalingGroupName").equals(List.of(group))
                    && shown.texts("InstanceId").equals(List.of(instance))
                    && shown.texts("LifecycleState").equals(List.of("InService")));
        });
        all.put(LifecycleRule.LIFECYCLE_PAGE_INVALID, s -> s.scale("DescribeAutoScalingGroups", "MaxRecords", "101"));
        all.put(
                LifecycleRule.LIFECYCLE_HOOK_UNKNOWN,
                s -> complete(s, s.autoScalingGroup(), "CONTINUE", "LifecycleActionToken", NOBODYS_TOKEN));
        all.put(LifecycleRule.LIFECYCLE_HOOK_INVALID, s -> putHook(s, s.autoScalingGroup(), "hook", "29"));
        all.put(LifecycleRule.LIFECYCLE_HOOKS_OVER_LIMIT, s -> {
            String group = s.autoScalingGroup();
            for (int i = 0; i < 50; i++) {
                s.hook(group, "hook-" + i);
            }
            return putHook(s, group, "hook-50", "30");
        });
        all.put(
                LifecycleRule.LIFECYCLE_INSTANCE_INVALID,
                s -> s.scale(
                        "AttachInstances",
                        "AutoScalingGroupName",
                        s.autoScalingGroup(),
                        "InstanceIds.member.1",
                        "i-" + Stage.NONE));
        all.put(LifecycleRule.LIFECYCLE_OVER_MAX_SIZE, s -> {
            String group = s.autoScalingGroup();
            String subnet = s.subnet();
            String[] attached = {"AutoScalingGroupName", group};
            for (int i = 1; i <= 10; i++) { // the group takes nine
                attached = Stage.join(attached, "InstanceIds.member." + i, s.instance(subnet));
            }
            return s.scale("AttachInstances", attached);
        });
        all.put(LifecycleRule.LIFECYCLE_NO_ACTIVE_ACTION, s -> {
            String group = s.autoScalingGroup();
            s.hook(group, "hook");
            return complete(s, group, "CONTINUE", "LifecycleActionToken", NOBODYS_TOKEN);
        });
        all.put(LifecycleRule.LIFECYCLE_RESULT_INVALID, s -> {
            String group = s.autoScalingGroup();
            s.hook(group, "hook");
            return complete(s, group, "PERHAPS", "InstanceId", s.member(group));
        });
        all.put(LifecycleRule.LIFECYCLE_ABANDON, s -> {
            String group = s.autoScalingGroup();
            s.hook(group, "hook");
            String instance = s.member(group);
            return complete(s, group, "ABANDON", "InstanceId", instance) instanceof WireAnswer answer
                            && answer.isSuccess()
                    ? Seen.effect(isTerminated(s, instance))
                    : Seen.effect(false);
        });
        all.put(LifecycleRule.LIFECYCLE_TIMEOUT, s -> {
            s.fake();
            String group = s.autoScalingGroup();
            s.hook(group, "hook");
            String instance = s.member(group);
            s.fake().time().advance(Duration.ofHours(1));
            return Seen.effect(isTerminated(s, instance));
        });
        return all;
    }

    private static boolean isTerminated(Stage s, String instance) {
        return s.must("DescribeInstances", "InstanceId.1", instance)
                .texts("name")
                .contains("terminated");
    }

    private static Seen putHook(Stage s, String group, String hook, String seconds) {
        return s.scale(
                "PutLifecycleHook",
                "AutoScalingGroupName",
                group,
                "LifecycleHookName",
                hook,
                "LifecycleTransition",
                "autoscaling:EC2_INSTANCE_LAUNCHING",
                "HeartbeatTimeout",
                seconds);
    }

    private static Seen complete(Stage s, String group, String result, String idName, String id) {
        return s.scale(
                "CompleteLifecycleAction",
                "AutoScalingGroupName",
                group,
                "LifecycleHookName",
                "hook",
                "LifecycleActionResult",
                result,
                idName,
                id);
    }
}
