package io.github.multus4j.internal.lifecycle;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import java.time.Clock;
import java.time.Instant;

/**
 * Keeps a lifecycle action alive while a run works on its instance: called often, beats every 15
 * seconds, half of the shortest time-out that a hook can have (<a
 * href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html">PutLifecycleHook</a>).
 * Thread-safe.
 */
public final class Heartbeat implements Runnable {

    private final LifecycleActions actions;
    private final LifecycleAction action;
    private final Clock clock;
    private final Deadline end;
    private Instant next;
    private boolean over;

    /**
     * @param end the end of the run, and of each heartbeat
     */
    public Heartbeat(LifecycleActions actions, LifecycleAction action, Clock clock, Deadline end) {
        this.actions = actions;
        this.action = action;
        this.clock = clock;
        this.end = end;
        this.next = clock.instant().plus(Timing.HEARTBEAT_PERIOD);
    }

    @Override
    public void run() {
        if (isDue()) {
            beat();
        }
    }

    private synchronized boolean isDue() {
        Instant now = clock.instant();
        if (over || now.isBefore(next)) {
            return false;
        }
        next = now.plus(Timing.HEARTBEAT_PERIOD);
        return true;
    }

    private void beat() {
        try {
            Deadline soon = Deadline.in(Timing.HEARTBEAT_TIME, clock);
            if (!actions.heartbeat(action, soon.at().isBefore(end.at()) ? soon : end)) {
                stop(); // The action is not pending any more.
            }
        } catch (Ec2Exception e) {
            if (e.kind() == Ec2Exception.Kind.DENIED || e.kind() == Ec2Exception.Kind.INVALID) {
                // It will not be allowed later either. The run continues, and completing the hook
                // shows whether it was in time.
                stop();
            }
        } catch (RuntimeException e) {
            // A defect of the port: the run continues, and completing the hook may still work.
            stop();
        }
    }

    private synchronized void stop() {
        over = true;
    }
}
