package io.github.multus4j.testkit;

import io.github.multus4j.testkit.AutoScalingRequests.AttachInstances;
import io.github.multus4j.testkit.AutoScalingRequests.AutoScalingInstance;
import io.github.multus4j.testkit.AutoScalingRequests.CreateAutoScalingGroup;
import io.github.multus4j.testkit.AutoScalingRequests.DescribeAutoScalingInstances;
import io.github.multus4j.testkit.AutoScalingRequests.PutLifecycleHook;

final class AutoScalingGroups {

    private final World world;

    AutoScalingGroups(World world) {
        this.world = world;
    }

    Boolean create(CreateAutoScalingGroup request) {
        return world.notYet(request);
    }

    Boolean putHook(PutLifecycleHook request) {
        return world.notYet(request);
    }

    Boolean attach(AttachInstances request) {
        return world.notYet(request);
    }

    Listing<AutoScalingInstance> describeInstances(DescribeAutoScalingInstances request) {
        return world.notYet(request);
    }
}
