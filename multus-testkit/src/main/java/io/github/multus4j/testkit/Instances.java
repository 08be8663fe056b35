package io.github.multus4j.testkit;

import io.github.multus4j.testkit.InstanceRequests.DescribeInstances;
import io.github.multus4j.testkit.InstanceRequests.RunInstances;
import io.github.multus4j.testkit.InstanceRequests.StartInstances;
import io.github.multus4j.testkit.InstanceRequests.StateChange;
import io.github.multus4j.testkit.InstanceRequests.StopInstances;
import io.github.multus4j.testkit.InstanceRequests.TerminateInstances;
import java.util.List;

final class Instances {

    private final World world;

    Instances(World world) {
        this.world = world;
    }

    List<InstanceItem> run(RunInstances request) {
        return world.notYet(request);
    }

    Listing<InstanceItem> describe(DescribeInstances request) {
        return world.notYet(request);
    }

    List<StateChange> terminate(TerminateInstances request) {
        return world.notYet(request);
    }

    List<StateChange> stop(StopInstances request) {
        return world.notYet(request);
    }

    List<StateChange> start(StartInstances request) {
        return world.notYet(request);
    }
}
