package io.github.multus4j.internal.lifecycle;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.lifecycle.UncompletedHookException;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeLifecycleActions;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The outcome of a run decides how its hook ends. A failure that may heal leaves it open. */
class HookCompletionTest {

    private static final String GROUP = "eks-workers";
    private static final String HOOK = "multus-hook";

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final FakeLifecycleActions autoScaling = ec2.autoScaling();
    private final NodeGroupSpec spec = world.spec().hooks(HOOK).build();

    @Test
    void launch_ofOurHook_attachesAndContinues() {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());

        assertThat(handle(autoScaling.launchEvent(action))).isAttached();
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.CONTINUE);
    }

    @Test
    void launch_fails_abandonsTheHook() {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        assertThat(handle(autoScaling.launchEvent(action))).isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation");
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.ABANDON);
    }

    @Test
    void launch_ofEksOwnHook_isAttachedAndItsHookLeftAlone() {
        LifecycleAction action = autoScaling.waiting(GROUP, "Launch-LC-Hook", world.node.id());

        assertThat(handle(autoScaling.launchEvent(action))).isAttached();
        assertThat(autoScaling.result(action)).isEmpty();
        assertThat(ec2.journal().calls(Action.COMPLETE_LIFECYCLE_ACTION)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UnauthorizedOperation", "InvalidParameterValue", "AttachmentLimitExceeded"})
    void handle_failureThatLasts_abandons(String code) {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith(code);

        handle(autoScaling.launchEvent(action));

        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.ABANDON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RequestLimitExceeded", "Unavailable", "NetworkInterfaceLimitExceeded"})
    void handle_failureThatMayHeal_leavesTheHookOpenAndTheNextDeliveryCompletesIt(String code) {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).everyCall().failWith(code);

        Outcome failed = handle(autoScaling.launchEvent(action));

        assertThat(((Outcome.Failed) failed).cause().mayHeal()).isTrue();
        assertThat(autoScaling.result(action)).isEmpty();
        assertThat(ec2.journal().calls(Action.RECORD_LIFECYCLE_ACTION_HEARTBEAT))
                .isNotEmpty();
        ec2.faults().clear();
        assertThat(handle(autoScaling.launchEvent(action))).isAttached();
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.CONTINUE);
    }

    @Test
    void handle_turnAfterTheDeadline_leavesTheHookOpen() {
        List<Instance> nodes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            nodes.add(world.launch());
        }
        String last = nodes.stream().map(Instance::id).sorted().toList().get(299);
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, last);

        Outcome outcome = world.multus()
                .handle(
                        autoScaling.launchEvent(action),
                        world.spec().hooks(HOOK).build(),
                        world.in(Duration.ofSeconds(30)));

        assertThat(outcome).isFailedBecause(Cause.Code.DEADLINE, "deliver the event again");
        assertThat(autoScaling.result(action)).isEmpty();
    }

    @Test
    void handle_instanceTerminatedBefore_isSkippedAndItsHookLeftAlone() {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        ec2.terminate(world.node.id());
        Instant start = ec2.time().instant();

        Outcome outcome = handle(autoScaling.launchEvent(action));

        assertThat(outcome).isSkippedBecause("terminated");
        assertThat(((Outcome.Skipped) outcome).gone()).isTrue();
        assertThat(ec2.time().instant()).isBefore(start.plusSeconds(1));
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void hook_cannotBeCompleted_throwsWithTheOutcome() {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        ec2.faults().on(Action.COMPLETE_LIFECYCLE_ACTION).failWith("AccessDenied");

        assertThatThrownBy(() -> handle(autoScaling.launchEvent(action)))
                .isInstanceOfSatisfying(
                        UncompletedHookException.class,
                        e -> assertThat(e.outcome()).isAttached())
                .hasMessageContaining("AccessDenied")
                .hasMessageContaining(HOOK);
    }

    @Test
    void hook_portThrowsAnything_throwsWithTheOutcome() {
        LifecycleActions broken = (LifecycleActions) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {LifecycleActions.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("complete")) {
                        throw new IllegalStateException("a defect in the port");
                    }
                    return method.invoke(autoScaling, arguments);
                });
        Multus multus = Multus.builder(ec2, broken)
                .time(ec2.time(), ec2.time())
                .executor(Runnable::run)
                .build();
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());

        assertThatThrownBy(() -> multus.handle(autoScaling.launchEvent(action), spec, world.in(Duration.ofMinutes(1))))
                .isInstanceOfSatisfying(
                        UncompletedHookException.class,
                        e -> assertThat(e.outcome()).isAttached())
                .hasMessageContaining("CompleteLifecycleAction")
                .hasMessageContaining("a defect in the port");
    }

    private Outcome handle(Map<String, ?> event) {
        return world.multus().handle(event, spec, world.in(Duration.ofMinutes(5)));
    }
}
