package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.rule.Scenarios.Scenario;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scenarios for {@link InstanceAttributeRule}. */
final class InstanceAttributeScenarios {

    private InstanceAttributeScenarios() {}

    static Map<InstanceAttributeRule, Scenario> all() {
        Map<InstanceAttributeRule, Scenario> all = new EnumMap<>(InstanceAttributeRule.class);
        all.put(
                InstanceAttributeRule.ATTRIBUTE_MANY,
                s -> modify(s, running(s), "DisableApiTermination.Value", "true", "SourceDestCheck.Value", "false"));
        all.put(InstanceAttributeRule.ATTRIBUTE_OF_INTERFACES, s -> {
            String subnet = s.subnet();
            String instance = s.instance(subnet);
            s.attached(s.eni(subnet), instance, 1);
            return modify(s, instance, "SourceDestCheck.Value", "false");
        });
        all.put(InstanceAttributeRule.ATTRIBUTE_TERMINATED, s -> {
            String instance = running(s);
            s.must("TerminateInstances", "InstanceId.1", instance);
            return modify(s, instance, "SourceDestCheck.Value", "false");
        });
        all.put(
                InstanceAttributeRule.ATTRIBUTE_NEEDS_STOP,
                s -> modify(s, running(s), "InstanceType.Value", "m5.xlarge"));
        all.put(
                InstanceAttributeRule.ATTRIBUTE_TYPE_INVALID,
                s -> modify(s, stopped(s), "InstanceType.Value", "m5.gigantic"));
        all.put(
                InstanceAttributeRule.ATTRIBUTE_SHUTDOWN_INVALID,
                s -> modify(s, running(s), "InstanceInitiatedShutdownBehavior.Value", "sleep"));
        all.put(InstanceAttributeRule.ATTRIBUTE_READ_BACK, s -> {
            String instance = running(s, "InstanceInitiatedShutdownBehavior", "terminate");
            s.must("ModifyInstanceAttribute", "InstanceId", instance, "DisableApiTermination.Value", "true");
            return Seen.effect(
                    value(s, instance, "instanceInitiatedShutdownBehavior").equals(List.of("terminate"))
                            && value(s, instance, "disableApiTermination").equals(List.of("true")));
        });
        all.put(
                InstanceAttributeRule.USER_DATA_MALFORMED,
                s -> modify(s, stopped(s), "UserData.Value", "*not base64*"));
        all.put(
                InstanceAttributeRule.USER_DATA_TOO_LONG,
                s -> modify(
                        s, stopped(s), "UserData.Value", Base64.getEncoder().encodeToString(new byte[16 * 1024 + 1])));
        all.put(
                InstanceAttributeRule.TERMINATE_PROTECTED,
                s -> s.call("TerminateInstances", "InstanceId.1", running(s, "DisableApiTermination", "true")));
        all.put(
                InstanceAttributeRule.STOP_PROTECTED,
                s -> s.call("StopInstances", "InstanceId.1", running(s, "DisableApiStop", "true")));
        return all;
    }

    private static List<String> value(Stage s, String instance, String attribute) {
        return s.must("DescribeInstanceAttribute", "InstanceId", instance, "Attribute", attribute)
                .texts("value");
    }

    private static String running(Stage s, String... parameters) {
        String[] launch = Stage.join(Stage.launch("m5.large"), "SubnetId", s.subnet());
        return s.must("RunInstances", Stage.join(launch, parameters)).text("instanceId");
    }

    private static String stopped(Stage s) {
        String instance = running(s);
        s.must("StopInstances", "InstanceId.1", instance);
        return instance;
    }

    private static Seen modify(Stage s, String instance, String... parameters) {
        return s.call("ModifyInstanceAttribute", Stage.join(parameters, "InstanceId", instance));
    }
}
