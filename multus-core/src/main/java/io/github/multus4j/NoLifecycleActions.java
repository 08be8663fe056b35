package io.github.multus4j;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import java.util.Map;

/** Replaces a missing port to EC2 Auto Scaling: each call fails with the way to set one. */
final class NoLifecycleActions implements LifecycleActions {

    @Override
    public boolean complete(LifecycleAction action, LifecycleAction.Result result, Deadline deadline) {
        throw missing("complete a lifecycle hook");
    }

    @Override
    public boolean heartbeat(LifecycleAction action, Deadline deadline) {
        throw missing("keep a lifecycle hook alive");
    }

    @Override
    public Map<String, Object> readJson(String text) {
        throw missing("read events as JSON text");
    }

    static IllegalStateException missing(String purpose) {
        return new IllegalStateException("cannot " + purpose + " without a port to EC2 Auto Scaling:"
                + " make it with Multus.using(ec2, lifecycle) or Multus.builder(ec2).lifecycle(…)");
    }
}
