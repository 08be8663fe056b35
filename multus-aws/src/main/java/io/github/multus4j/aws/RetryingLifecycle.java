package io.github.multus4j.aws;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Repeats the calls of another port by the rules of {@link AwsLifecycle}, for a port that does not
 * repeat them itself; as {@link RetryingEc2Network} does for the other port. Both calls are
 * idempotent, so they are repeated after an unknown outcome too. Thread-safe if the other port and
 * the policy are.
 */
public final class RetryingLifecycle implements LifecycleActions {

    private final LifecycleActions actions;
    private final CallRetry retry;

    private RetryingLifecycle(LifecycleActions actions, CallPolicy policy) {
        this.actions = actions;
        this.retry = new CallRetry(policy);
    }

    /**
     * That port, with repetitions.
     *
     * @param actions makes each call once
     * @param policy how calls are repeated; its clock, sleeper and random are used
     */
    public static RetryingLifecycle over(LifecycleActions actions, CallPolicy policy) {
        return new RetryingLifecycle(actions, policy);
    }

    @Override
    public boolean complete(LifecycleAction action, LifecycleAction.Result result, Deadline deadline) {
        AtomicBoolean mayHaveSucceeded = new AtomicBoolean();
        return retry.call("CompleteLifecycleAction", Effect.REPEATABLE_CHANGE, deadline, () -> {
            try {
                // The action may be gone because an earlier attempt completed it and the answer was
                // lost.
                return actions.complete(action, result, deadline) || mayHaveSucceeded.get();
            } catch (Ec2Exception e) {
                if (e.kind() == Kind.OUTCOME_UNKNOWN) {
                    mayHaveSucceeded.set(true);
                }
                throw e;
            }
        });
    }

    @Override
    public boolean heartbeat(LifecycleAction action, Deadline deadline) {
        return retry.call(
                "RecordLifecycleActionHeartbeat",
                Effect.REPEATABLE_CHANGE,
                deadline,
                () -> actions.heartbeat(action, deadline));
    }

    /** As the other port reads it. */
    @Override
    public Map<String, Object> readJson(String text) {
        return actions.readJson(text);
    }

    /** As the other port reads it. */
    @Override
    public List<?> readJsonArray(String text) {
        return actions.readJsonArray(text);
    }
}
