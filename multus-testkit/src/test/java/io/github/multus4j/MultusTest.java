package io.github.multus4j;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.lifecycle.InvalidEventException;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.SweepScope;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeLifecycleActions;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events, and instances that a caller names. */
class MultusTest {

    private static final String GROUP = "eks-workers";
    private static final String HOOK = "multus-hook";

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final FakeLifecycleActions autoScaling = ec2.autoScaling();
    private final NodeGroupSpec spec = world.spec().hooks(HOOK).build();

    @Test
    void using_withoutTheAutoScalingPort_attachesPlansAndSweeps() {
        Multus multus = withoutAutoScaling();

        assertThat(multus.plan(world.node.id(), spec)).isInstanceOf(Plan.Attachments.class);
        assertThat(multus.attach(world.node.id(), spec)).isAttached();
        assertThat(multus.sweep(SweepScope.vpc(world.vpc.id()), spec).isClean()).isTrue();
    }

    @Test
    void handle_hookOfOursWithoutTheAutoScalingPort_isRefusedBeforeAnythingIsMade() {
        Multus multus = withoutAutoScaling();
        Map<String, Object> event = autoScaling.launchEvent(autoScaling.waiting(GROUP, HOOK, world.node.id()));

        assertThatThrownBy(() -> multus.handle(event, spec, world.in(Duration.ofMinutes(5))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(HOOK)
                .hasMessageContaining("Multus.using(ec2, lifecycle)");
        assertThatThrownBy(() -> multus.events("{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("JSON");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void launch_twice_changesNothingTheSecondTime() {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        handle(autoScaling.launchEvent(action));
        ec2.journal().clear();

        assertThat(handle(autoScaling.launchEvent(action))).isComplete();
        assertThat(ec2.journal().mutatingCalls())
                .extracting(JournalEntry::action)
                .containsOnly(Action.COMPLETE_LIFECYCLE_ACTION);
    }

    @Test
    void launch_withoutTriggerTag_isSkippedAndContinues() {
        Instance other = world.vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of());
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, other.id());

        assertThat(handle(autoScaling.launchEvent(action))).isSkippedBecause("multus-ng");
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.CONTINUE);
    }

    @Test
    void specWithoutTrigger_eventOrSweep_isRefused() {
        NodeGroupSpec any = world.spec().withoutTrigger().build();
        Instance untagged = world.vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of());
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, untagged.id());
        Multus multus = world.multus();

        assertThatThrownBy(() -> multus.handle(autoScaling.launchEvent(action), any, world.in(Duration.ofMinutes(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trigger");
        assertThatThrownBy(() -> multus.sweep(SweepScope.region(), any))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trigger");
        assertThat(ec2.journal().entries()).isEmpty();

        assertThat(multus.attach(untagged.id(), any)).isAttached();
    }

    @Test
    void terminate_anyInstance_attachesNothingAndContinues() {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());

        assertThat(handle(autoScaling.terminateEvent(action))).isSkippedBecause("terminated");
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.CONTINUE);
        assertThat(ec2.journal().calls(Action.DESCRIBE_INSTANCES)).isEmpty();
    }

    @Test
    void warmPool_entering_attaches() {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());

        assertThat(handle(autoScaling.launchEvent(action, "EC2", "WarmPool"))).isAttached();
    }

    @Test
    void warmPool_leaving_changesNothingAndContinues() {
        world.attach();
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        ec2.journal().clear();

        assertThat(handle(autoScaling.launchEvent(action, "WarmPool", "AutoScalingGroup")))
                .isComplete();
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.CONTINUE);
        assertThat(ec2.journal().mutatingCalls())
                .extracting(JournalEntry::action)
                .containsOnly(Action.COMPLETE_LIFECYCLE_ACTION);
    }

    @Test
    void warmPool_leavingWithoutInterfaces_attaches() {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());

        assertThat(handle(autoScaling.launchEvent(action, "WarmPool", "AutoScalingGroup")))
                .isAttached();
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.CONTINUE);
    }

    @Test
    void warmPool_leavingWithOneInterfaceLess_attachesIt() {
        world.attach();
        String lost = world.ours().get(0).id();
        ec2.detachNetworkInterface(world.ours().get(0).attachment().id(), world.in(Duration.ofMinutes(1)));
        ec2.deleteNetworkInterface(lost, world.in(Duration.ofMinutes(1)));
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());

        assertThat(handle(autoScaling.launchEvent(action, "WarmPool", "AutoScalingGroup")))
                .isAttached();
        assertThat(world.ours()).hasSize(2);
    }

    @Test
    void warmPool_returning_deletesNothing() {
        world.attach();
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        ec2.journal().clear();

        assertThat(handle(autoScaling.terminateEvent(action, "AutoScalingGroup", "WarmPool")))
                .isSkippedBecause("keeps its interfaces");
        assertThat(world.ours()).hasSize(2);
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.CONTINUE);
        assertThat(ec2.journal().entries())
                .extracting(JournalEntry::action)
                .containsOnly(Action.COMPLETE_LIFECYCLE_ACTION);
    }

    @Test
    void event_testNotification_isIgnored() {
        assertThat(handle(autoScaling.testNotification(GROUP))).isSkippedBecause("test notification");
        assertThat(ec2.journal().entries()).isEmpty();
    }

    @Test
    void event_withProblems_namesThemAllAndMakesNoCall() {
        Map<String, Object> event = Map.of(
                "detail-type",
                "EC2 Instance-launch Lifecycle Action",
                "detail",
                Map.of("LifecycleTransition", "autoscaling:EC2_INSTANCE_LAUNCHING", "EC2InstanceId", "; rm -rf /"));

        assertThatThrownBy(() -> handle(event))
                .isInstanceOfSatisfying(
                        InvalidEventException.class,
                        e -> assertThat(e.problems())
                                .extracting(p -> p.field())
                                .containsExactlyInAnyOrder(
                                        "detail.AutoScalingGroupName",
                                        "detail.LifecycleHookName",
                                        "detail.LifecycleActionToken",
                                        "detail.EC2InstanceId"));
        assertThat(ec2.journal().entries()).isEmpty();
    }

    @Test
    void instance_withoutADeadline_isPlannedAndThenAttached() {
        assertThat(world.multus().plan(world.node.id(), spec))
                .isInstanceOfSatisfying(
                        Plan.Attachments.class,
                        plan -> assertThat(plan.interfaces()).hasSize(2));
        assertThat(ec2.journal().mutatingCalls()).isEmpty();

        assertThat(world.multus().attach(world.node.id(), spec)).isAttached();
        assertThat(world.ours()).hasSize(2);
    }

    @Test
    void instanceId_hostile_isRefusedBeforeAnyCall() {
        assertThatThrownBy(() -> world.multus().attach("i-1\nX: y", spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("instanceId")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> world.multus().plan("eni-1", spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("instanceId: 'eni-1'");
        assertThat(ec2.journal().entries()).isEmpty();
    }

    @Test
    void events_batch_areSeparate() {
        LifecycleAction first = autoScaling.waiting(GROUP, HOOK, world.node.id());
        Map<String, Object> batch = Map.of(
                "Records",
                List.of(
                        Map.of("messageId", "m-1", "body", autoScaling.flatLaunchMessage(first)),
                        Map.of("messageId", "m-2", "body", autoScaling.testNotification(GROUP))));

        assertThat(world.multus().events(batch)).extracting(e -> e.messageId()).containsExactly("m-1", "m-2");
        assertThatThrownBy(() -> handle(batch))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("2 messages");
    }

    private Multus withoutAutoScaling() {
        return Multus.builder(ec2)
                .time(ec2.time(), ec2.time())
                .executor(Runnable::run)
                .build();
    }

    private Outcome handle(Map<String, ?> event) {
        return world.multus().handle(event, spec, world.in(Duration.ofMinutes(5)));
    }
}
