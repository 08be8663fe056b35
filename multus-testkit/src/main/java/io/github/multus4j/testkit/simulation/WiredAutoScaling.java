package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.testkit.Action;
import java.util.List;
import java.util.Map;

/** EC2 Auto Scaling at the other end of a wire. */
final class WiredAutoScaling implements LifecycleActions {

    private final Wire wire;
    private final Region region;

    WiredAutoScaling(Wire wire, Region region) {
        this.wire = wire;
        this.region = region;
    }

    @Override
    public boolean complete(LifecycleAction action, LifecycleAction.Result result, Deadline deadline) {
        return wire.call(
                Action.COMPLETE_LIFECYCLE_ACTION,
                Map.of("instance", action.instanceId(), "hook", action.lifecycleHookName(), "result", result),
                deadline,
                () -> region.ec2.autoScaling().complete(action, result, wire.atOnce()));
    }

    @Override
    public boolean heartbeat(LifecycleAction action, Deadline deadline) {
        return wire.call(
                Action.RECORD_LIFECYCLE_ACTION_HEARTBEAT,
                Map.of("instance", action.instanceId(), "hook", action.lifecycleHookName()),
                deadline,
                () -> region.ec2.autoScaling().heartbeat(action, wire.atOnce()));
    }

    @Override
    public Map<String, Object> readJson(String text) {
        return region.ec2.autoScaling().readJson(text);
    }

    @Override
    public List<?> readJsonArray(String text) {
        return region.ec2.autoScaling().readJsonArray(text);
    }
}
