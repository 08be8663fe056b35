package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleAction.Result;
import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.call.WireError;
import io.github.multus4j.testkit.internal.engine.EngineAccess;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceAttributeRuleTest extends RuleTest {

    private WireAnswer modify(String instance, String... parameters) {
        return onWire("ModifyInstanceAttribute", Stage.join(parameters, "InstanceId", instance));
    }

    private String refusedModify(ConformanceRule rule, String instance, String... parameters) {
        return refusedOnWire(rule, "ModifyInstanceAttribute", Stage.join(parameters, "InstanceId", instance));
    }

    private List<String> value(String instance, String attribute) {
        return onWire("DescribeInstanceAttribute", "InstanceId", instance, "Attribute", attribute)
                .texts("value");
    }

    private String stopped() {
        String id = node("m5.large").id();
        onWire("StopInstances", "InstanceId.1", id);
        return id;
    }

    private Instance.State state(String id) {
        EngineAccess.of(ec2).settle();
        return EngineAccess.of(ec2).world().instances.get(id).state;
    }

    @Test
    void attribute_many_isRefused_asIsNone() {
        String id = node("m5.large").id();

        refusedModify(
                InstanceAttributeRule.ATTRIBUTE_MANY, id, "DisableApiStop.Value", "true", "EbsOptimized.Value", "true");
        refusedModify(
                InstanceAttributeRule.ATTRIBUTE_MANY,
                id,
                "Attribute",
                "disableApiTermination",
                "Value",
                "true",
                "DisableApiStop.Value",
                "true");
        refusedModify(InstanceAttributeRule.ATTRIBUTE_MANY, id);
        assertThat(value(id, "disableApiStop")).containsExactly("false");
    }

    @Test
    void attribute_ofInterfaces_isRefused_untilOneIsLeft() {
        Instance node = node("m5.large");
        NetworkInterface second = create(subnet());
        String attachment = attach(second, node, 1).attachmentId();
        String group = vpc.defaultSecurityGroup().id();

        String answer = refusedModify(
                InstanceAttributeRule.ATTRIBUTE_OF_INTERFACES, node.id(), "SourceDestCheck.Value", "false");
        refusedModify(InstanceAttributeRule.ATTRIBUTE_OF_INTERFACES, node.id(), "GroupId.1", group);
        onWire("DetachNetworkInterface", "AttachmentId", attachment);

        assertThat(answer).contains("There are multiple interfaces attached to instance '" + node.id() + "'");
        assertThat(modify(node.id(), "SourceDestCheck.Value", "false").isSuccess())
                .isTrue();
        assertThat(modify(node.id(), "GroupId.1", group).isSuccess()).isTrue();
        assertThat(value(node.id(), "sourceDestCheck")).containsExactly("false");
        assertThat(now(second).sourceDestCheck()).isTrue();
    }

    @Test
    void attribute_terminated_isRefused() {
        String id = node("m5.large").id();
        ec2.terminate(id);

        refusedModify(InstanceAttributeRule.ATTRIBUTE_TERMINATED, id, "SourceDestCheck.Value", "false");
        refusedModify(InstanceAttributeRule.ATTRIBUTE_TERMINATED, id, "DisableApiTermination.Value", "false");
        refusedModify(InstanceAttributeRule.ATTRIBUTE_TERMINATED, id, "InstanceType.Value", "m5.xlarge");
    }

    @Test
    void attribute_needsStop_isRefused_whileTheInstanceRuns() {
        String id = node("m5.large").id();

        refusedModify(InstanceAttributeRule.ATTRIBUTE_NEEDS_STOP, id, "InstanceType.Value", "m5.xlarge");
        refusedModify(InstanceAttributeRule.ATTRIBUTE_NEEDS_STOP, id, "UserData.Value", "aGVsbG8=");
        refusedModify(InstanceAttributeRule.ATTRIBUTE_NEEDS_STOP, id, "EbsOptimized.Value", "true");
    }

    @Test
    void attribute_typeInvalid_isRefused_andAValidOneIsShown() {
        String id = stopped();

        refusedModify(InstanceAttributeRule.ATTRIBUTE_TYPE_INVALID, id, "InstanceType.Value", "m5.gigantic");
        assertThat(modify(id, "InstanceType.Value", "m5.xlarge").isSuccess()).isTrue();

        assertThat(value(id, "instanceType")).containsExactly("m5.xlarge");
        assertThat(onWire("DescribeInstances", "InstanceId.1", id).text("instanceType"))
                .isEqualTo("m5.xlarge");
    }

    @Test
    void smallerType_withMoreInterfacesThanItTakes_isRefused() {
        Instance node = node("m5.large");
        attach(create(subnet()), node, 1);
        attach(create(vpc.subnet("10.0.5.0/24", ZONE)), node, 2);
        onWire("StopInstances", "InstanceId.1", node.id());

        assertThat(modify(node.id(), "InstanceType.Value", "t3.nano").rule())
                .isEqualTo(InterfaceRule.ATTACH_OVER_TYPE_LIMIT);
    }

    @Test
    void attribute_shutdownInvalid_isRefused_alsoAtLaunch() {
        refusedModify(
                InstanceAttributeRule.ATTRIBUTE_SHUTDOWN_INVALID,
                node("m5.large").id(),
                "InstanceInitiatedShutdownBehavior.Value",
                "sleep");
        refusedOnWire(
                InstanceAttributeRule.ATTRIBUTE_SHUTDOWN_INVALID,
                "RunInstances",
                Stage.join(
                        Stage.launch("m5.large"),
                        "SubnetId",
                        subnet().id(),
                        "InstanceInitiatedShutdownBehavior",
                        "sleep"));
    }

    @ParameterizedTest
    @CsvSource({
        "disableApiTermination, true",
        "disableApiStop, true",
        "instanceInitiatedShutdownBehavior, terminate",
        "instanceType, m5.xlarge",
        "userData, aGVsbG8=",
        "ebsOptimized, true",
        "sourceDestCheck, false",
    })
    void attribute_readBack_isAsItWasSet(String attribute, String value) {
        String id = stopped();
        String parameter = attribute.substring(0, 1).toUpperCase(Locale.ROOT) + attribute.substring(1);

        assertThat(value(id, attribute)).isNotEqualTo(List.of(value));
        assertThat(modify(id, parameter + ".Value", value).isSuccess()).isTrue();
        assertThat(value(id, attribute)).containsExactly(value);

        String other = stopped();
        assertThat(modify(other, "Attribute", attribute, "Value", value).isSuccess())
                .isTrue();
        assertThat(value(other, attribute)).containsExactly(value);
    }

    @Test
    void user_dataMalformed_isRefused_alsoAtLaunch() {
        refusedModify(InstanceAttributeRule.USER_DATA_MALFORMED, stopped(), "UserData.Value", "#!/bin/sh");
        refusedOnWire(
                InstanceAttributeRule.USER_DATA_MALFORMED,
                "RunInstances",
                Stage.join(Stage.launch("m5.large"), "SubnetId", subnet().id(), "UserData", "#!/bin/sh"));
    }

    @Test
    void user_dataTooLong_isRefused_andTheLongestIsTaken() {
        String id = stopped();
        String longest = Base64.getEncoder().encodeToString(new byte[16 * 1024]);
        String longer = Base64.getEncoder().encodeToString(new byte[16 * 1024 + 1]);

        refusedModify(InstanceAttributeRule.USER_DATA_TOO_LONG, id, "UserData.Value", longer);
        assertThat(modify(id, "UserData.Value", longest).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DisableApiTermination.Value", "DisableApiStop.Value"})
    void terminate_protected_isRefused_withTheOthersOfItsZone(String protection) {
        String kept = node("m5.large").id();
        String sameZone = node("m5.large").id();
        String otherZone = vpc.launch("m5.large", OTHER_ZONE, Map.of()).id();
        modify(kept, protection, "true");

        refusedOnWire(
                InstanceAttributeRule.TERMINATE_PROTECTED,
                "TerminateInstances",
                "InstanceId.1",
                kept,
                "InstanceId.2",
                sameZone,
                "InstanceId.3",
                otherZone);
        assertThat(List.of(state(kept), state(sameZone), state(otherZone)))
                .containsExactly(Instance.State.RUNNING, Instance.State.RUNNING, Instance.State.TERMINATED);

        modify(kept, protection, "false");
        assertThat(onWire("TerminateInstances", "InstanceId.1", kept).isSuccess())
                .isTrue();
    }

    @Test
    void protectionFromTermination_doesNotHoldAutoScalingBack() {
        String id = node("m5.large").id();
        modify(id, "DisableApiTermination.Value", "true");
        LifecycleAction action = ec2.autoScaling().waiting("asg", "hook", id);

        ec2.autoScaling().complete(action, Result.ABANDON, Deadline.in(Duration.ofMinutes(1), ec2.clock()));

        assertThat(state(id)).isEqualTo(Instance.State.TERMINATED);
    }

    @Test
    void stop_protected_isRefused() {
        String id = node("m5.large").id();
        modify(id, "DisableApiStop.Value", "true");

        refusedOnWire(InstanceAttributeRule.STOP_PROTECTED, "StopInstances", "InstanceId.1", id);
        assertThat(state(id)).isEqualTo(Instance.State.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kernel", "ramdisk", "blockDeviceMapping", "sriovNetSupport", "enaSupport", "enclaveOptions"})
    void attributesOutsideOfTheModel_areSaidToBe(String attribute) {
        String id = node("m5.large").id();

        assertThat(onWire("DescribeInstanceAttribute", "InstanceId", id, "Attribute", attribute)
                        .xml())
                .contains("This fake does not model the attribute '" + attribute + "' of DescribeInstanceAttribute");
        assertThat(modify(id, "Attribute", attribute, "Value", "x").code()).isEqualTo(WireError.NOT_MODELLED);
    }

    @Test
    void unknownAttribute_isRefused_inTheWordsOfEc2() {
        String id = node("m5.large").id();

        assertThat(onWire("DescribeInstanceAttribute", "InstanceId", id, "Attribute", "colour")
                        .code())
                .isEqualTo("InvalidParameterValue");
    }
}
