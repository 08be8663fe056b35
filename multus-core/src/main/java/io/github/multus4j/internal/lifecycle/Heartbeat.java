package io.github.multus4j.internal.lifecycle;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import java.time.Clock;
import java.time.Instant;

/**
 * Keeps a lifecycle action alive while a run works on its instance: called often, beats every 15 seconds, half of the shortest time-out that
 * a hook can have (<a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html">PutLifecycleHook</a>).
 * Thread-safe.
 */
public final class Heartbeat implements Runnable {

    private final LifecycleActions actions;
    private final LifecycleAction action;
    private final Clock clock;
    private final Deadline end;
    private Instant next;
    private boolean over;

    /** @param end by when the run has ended, and each beat too */
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
                stop(); // nobody waits any more
            }
        } catch (Ec2Exception e) {
            if (e.kind() == Ec2Exception.Kind.DENIED || e.kind() == Ec2Exception.Kind.INVALID) {
                stop(); // it will not be allowed later either; the run goes on, and completing says whether it was in
                // time
            }
        } catch (RuntimeException e) {
            stop(); // a defect of the port's: the run goes on, and completing the hook may still work
        }
    }

    private synchronized void stop() {
        over = true;
    }
}
