package io.github.multus4j.internal.lifecycle;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeLifecycleActions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heartbeats keep the hook open while a run takes long. */
class HeartbeatTest {

    private static final String GROUP = "eks-workers";
    private static final String HOOK = "multus-hook";

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final FakeLifecycleActions autoScaling = ec2.autoScaling();
    private final NodeGroupSpec spec = world.spec().hooks(HOOK).build();

    @Test
    void launch_slowRun_sendsHeartbeats() {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        ec2.behaviour().attachingTakes(Duration.ofSeconds(100));

        assertThat(handle(autoScaling.launchEvent(action))).isAttached();
        assertThat(autoScaling.heartbeats(action)).isBetween(5, 7);
    }

    @Test
    void launch_instanceLongPending_sendsHeartbeats() {
        Instance pending = world.vpc.launchPending(
                "m5.4xlarge", OneZone.ZONE, Map.of("multus-ng", "true"), Duration.ofSeconds(50));
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, pending.id());

        assertThat(handle(autoScaling.launchEvent(action))).isAttached();
        assertThat(autoScaling.heartbeats(action)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void launch_hookCompletedByAnother_sendsNoFurtherHeartbeats() {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        ec2.behaviour().attachingTakes(Duration.ofSeconds(100));
        autoScaling.complete(action, LifecycleAction.Result.CONTINUE, world.in(Duration.ofMinutes(5)));

        assertThat(handle(autoScaling.launchEvent(action))).isAttached();
        assertThat(ec2.journal().calls(Action.RECORD_LIFECYCLE_ACTION_HEARTBEAT))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"AccessDenied, 1, 1", "Throttling, 5, 100"})
    void launch_heartbeatRefused_continuesAndRepeatsOnlyTransientOnes(String code, int fewest, int most) {
        LifecycleAction action = autoScaling.waiting(GROUP, HOOK, world.node.id());
        ec2.behaviour().attachingTakes(Duration.ofSeconds(100));
        ec2.faults().on(Action.RECORD_LIFECYCLE_ACTION_HEARTBEAT).everyCall().failWith(code);

        assertThat(handle(autoScaling.launchEvent(action))).isAttached();
        assertThat(ec2.journal().calls(Action.RECORD_LIFECYCLE_ACTION_HEARTBEAT))
                .hasSizeBetween(fewest, most);
    }

    private Outcome handle(Map<String, ?> event) {
        return world.multus().handle(event, spec, world.in(Duration.ofMinutes(5)));
    }
}
