package io.github.multus4j.internal.lifecycle;

import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.result.Outcome;
import java.util.Optional;

/**
 * The rule that decides how the lifecycle hook of a launch ends: CONTINUE for a ready node, and for
 * one that needs no interfaces; ABANDON after a failure that no retry can heal. After a failure
 * that may heal the hook stays open, so that the next delivery of the event has its whole time-out.
 */
final class ContinueOrAbandon {

    private ContinueOrAbandon() {}

    /** The result for an outcome; empty if the hook stays open. */
    static Optional<LifecycleAction.Result> of(Outcome outcome) {
        if (!(outcome instanceof Outcome.Failed failed)) {
            return Optional.of(LifecycleAction.Result.CONTINUE);
        }
        return failed.cause().mayHeal() ? Optional.empty() : Optional.of(LifecycleAction.Result.ABANDON);
    }
}
