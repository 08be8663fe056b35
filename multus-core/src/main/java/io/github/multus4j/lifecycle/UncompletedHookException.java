package io.github.multus4j.lifecycle;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.result.Outcome;

/**
 * The run for the instance is over, but its lifecycle action could not be completed: the hook still
 * waits. Let the event be delivered again; a run over a finished node changes nothing and completes
 * the action.
 */
public final class UncompletedHookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    public UncompletedHookException(LifecycleAction action, Outcome outcome, Ec2Exception refusal) {
        super(
                "lifecycle hook " + action.lifecycleHookName() + " of " + action.autoScalingGroupName()
                        + " still waits for " + action.instanceId() + ": " + refusal.getMessage() + "; the run itself: "
                        + outcome,
                refusal);
        this.outcome = outcome;
    }

    /** The outcome of the run. */
    public Outcome outcome() {
        return outcome;
    }
}
