package com.example.handler;

import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Our own handler: each Auto Scaling group has a specification of its own. */
public final class NodeHandler {

    private final Multus multus;
    private final Function<String, Optional<NodeGroupSpec>> specs;

    /**
     * @param specs the specification of an Auto Scaling group; empty for a group without Multus
     *     interfaces
     */
    public NodeHandler(Multus multus, Function<String, Optional<NodeGroupSpec>> specs) {
        this.multus = multus;
        this.specs = specs;
    }

    /** Handles one event of EC2 Auto Scaling. */
    public Outcome handle(Map<String, ?> event, Deadline deadline) {
        LifecycleEvent message = multus.events(event).get(0);
        LifecycleAction action = message.action();
        Optional<NodeGroupSpec> spec = action == null ? Optional.empty() : specs.apply(action.autoScalingGroupName());
        if (spec.isEmpty()) {
            return new Outcome.Skipped(message.instanceId(), "its group has no specification");
        }
        return multus.handle(message, spec.get(), deadline);
    }
}
