package io.github.multus4j.testkit;

import io.github.multus4j.testkit.AutoScalingRequests.CompleteLifecycleAction;
import io.github.multus4j.testkit.AutoScalingRequests.RecordLifecycleActionHeartbeat;

final class LifecycleHooks {

    private final World world;

    LifecycleHooks(World world) {
        this.world = world;
    }

    Boolean complete(CompleteLifecycleAction request) {
        return world.notYet(request);
    }

    Boolean heartbeat(RecordLifecycleActionHeartbeat request) {
        return world.notYet(request);
    }
}
