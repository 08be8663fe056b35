package io.github.multus4j.internal.lifecycle;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.lifecycle.UncompletedHookException;
import io.github.multus4j.result.Outcome;

/**
 * Ends a lifecycle hook by the rule of {@link ContinueOrAbandon}, or keeps it open with a
 * heartbeat. A terminated instance takes its hook with it. Thread-safe.
 */
public final class HookCompletion {

    private final LifecycleActions lifecycle;

    public HookCompletion(LifecycleActions lifecycle) {
        this.lifecycle = lifecycle;
    }

    /**
     * Ends the hook, or keeps it open.
     *
     * @throws UncompletedHookException if the hook could not be completed
     */
    public void complete(LifecycleAction action, Outcome outcome, Deadline deadline) {
        if (outcome instanceof Outcome.Skipped skipped && skipped.gone()) {
            return;
        }
        ContinueOrAbandon.of(outcome)
                .ifPresentOrElse(
                        result -> complete(action, result, outcome, deadline), () -> keepOpen(action, deadline));
    }

    private void complete(LifecycleAction action, LifecycleAction.Result result, Outcome outcome, Deadline deadline) {
        try {
            // False means that the action was completed before or has timed out; both are fine.
            lifecycle.complete(action, result, deadline);
        } catch (RuntimeException e) { // A user's port may throw any exception.
            throw new UncompletedHookException(action, outcome, Ec2Exception.ofPort("CompleteLifecycleAction", e));
        }
    }

    private void keepOpen(LifecycleAction action, Deadline deadline) {
        try {
            lifecycle.heartbeat(action, deadline);
        } catch (RuntimeException e) {
            // The hook's time-out continues from the last heartbeat, and the outcome has the
            // failure.
            return;
        }
    }
}
