package io.github.multus4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleAction.Result;
import io.github.multus4j.lifecycle.LifecycleActions;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link LifecycleActions} as tests: it completes actions and keeps them
 * active. A subclass names the target and starts actions in it.
 */
public abstract class LifecycleActionsContract {

    private static final String NOBODYS_TOKEN = "01234567-89ab-cdef-0123-456789abcdef";

    /** For subclasses. */
    protected LifecycleActionsContract() {}

    /** The target. The same within one test. */
    protected abstract LifecycleActions actions();

    /** Makes an instance wait for a launch hook, and returns its action, which is active. */
    protected abstract LifecycleAction start();

    /** Whether that action is still pending in the target's world. */
    protected abstract boolean isWaiting(LifecycleAction action);

    /** The deadline for the next call; 20 seconds by the system's clock. */
    protected Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(20), Clock.systemUTC());
    }

    @Test
    void complete_activeAction_endsIt() {
        LifecycleAction action = start();

        assertThat(actions().complete(action, Result.CONTINUE, deadline())).isTrue();
        assertThat(isWaiting(action)).isFalse();
    }

    @Test
    void complete_abandoned_endsIt() {
        LifecycleAction action = start();

        assertThat(actions().complete(action, Result.ABANDON, deadline())).isTrue();
        assertThat(isWaiting(action)).isFalse();
    }

    @Test
    void complete_again_answersThatItWasNotActive() {
        LifecycleAction action = start();
        actions().complete(action, Result.CONTINUE, deadline());

        assertThat(actions().complete(action, Result.CONTINUE, deadline())).isFalse();
        assertThat(actions().complete(action, Result.ABANDON, deadline())).isFalse();
    }

    @Test
    void complete_tokenOfNobody_answersThatItWasNotActive() {
        LifecycleAction action = start();
        LifecycleAction stale = withToken(action, NOBODYS_TOKEN);

        assertThat(actions().complete(stale, Result.CONTINUE, deadline())).isFalse();
        assertThat(isWaiting(action)).isTrue();
    }

    @Test
    void complete_oneOfTwo_leavesTheOther() {
        LifecycleAction one = start();
        LifecycleAction other = start();

        actions().complete(one, Result.CONTINUE, deadline());

        assertThat(isWaiting(other)).isTrue();
        assertThat(actions().complete(other, Result.CONTINUE, deadline())).isTrue();
    }

    @Test
    void heartbeat_activeAction_keepsItActive() {
        LifecycleAction action = start();

        assertThat(actions().heartbeat(action, deadline())).isTrue();
        assertThat(actions().heartbeat(action, deadline())).isTrue();
        assertThat(isWaiting(action)).isTrue();
    }

    @Test
    void heartbeat_completedAction_answersThatItIsNotActive() {
        LifecycleAction action = start();
        actions().complete(action, Result.CONTINUE, deadline());

        assertThat(actions().heartbeat(action, deadline())).isFalse();
    }

    @Test
    void heartbeat_tokenOfNobody_answersThatItIsNotActive() {
        assertThat(actions().heartbeat(withToken(start(), NOBODYS_TOKEN), deadline()))
                .isFalse();
    }

    @Test
    void complete_unknownGroup_isRefused() {
        LifecycleAction action = start();
        LifecycleAction elsewhere =
                new LifecycleAction("no-such-group", action.lifecycleHookName(), action.token(), action.instanceId());

        assertThatThrownBy(() -> actions().complete(elsewhere, Result.CONTINUE, deadline()))
                .isInstanceOf(Ec2Exception.class)
                .extracting(refusal -> ((Ec2Exception) refusal).kind())
                .isEqualTo(Ec2Exception.Kind.INVALID);
        assertThat(isWaiting(action)).isTrue();
    }

    private static LifecycleAction withToken(LifecycleAction action, String token) {
        return new LifecycleAction(
                action.autoScalingGroupName(), action.lifecycleHookName(), token, action.instanceId());
    }
}
