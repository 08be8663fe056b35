package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.LostResponse;
import io.github.multus4j.testkit.internal.engine.FaultPlan;
import io.github.multus4j.testkit.internal.engine.PlannedFault;
import java.time.Duration;

/**
 * A fault of some calls of one action: first the calls are chosen (the next one by default), then
 * the fault. Calls are counted from the moment at which the fault was requested.
 */
public final class Fault {

    private final FaultPlan plan;
    private final Action action;
    private int first = 1;
    private int last = 1;

    Fault(FaultPlan plan, Action action) {
        this.plan = plan;
        this.action = action;
    }

    /** Only the n-th call from now; 1 is the next one. */
    public Fault call(int n) {
        first = n;
        last = n;
        return this;
    }

    /** The next n calls. */
    public Fault nextCalls(int n) {
        first = 1;
        last = n;
        return this;
    }

    /** Every call from now on, until {@link Faults#clear}. */
    public Fault everyCall() {
        first = 1;
        last = Integer.MAX_VALUE;
        return this;
    }

    /** The call is refused with that code of EC2, and has no effect. */
    public void failWith(String code) {
        failWith(code, "asked for by a test");
    }

    /** The call is refused with that code and message of EC2, and has no effect. */
    public void failWith(String code, String message) {
        refuse(Ec2Error.askedFor(code, message, null));
    }

    /**
     * The call is refused and has no effect; its meaning is given here, for codes that mean several
     * things.
     */
    public void failWith(String code, String message, Kind kind) {
        refuse(Ec2Error.askedFor(code, message, kind));
    }

    /**
     * The call takes effect, but its answer never comes: an unknown outcome at the port, a dropped
     * connection over HTTP.
     */
    public void loseResponse() {
        takeEffectAnd(new LostResponse(action));
    }

    /** The call takes effect, but its answer is that error, such as {@code InternalError}. */
    public void takeEffectAndFailWith(String code) {
        takeEffectAnd(Ec2Error.askedFor(code, "asked for by a test, after the call took effect", null));
    }

    /** The call takes that long, by the fake's clock, and succeeds. */
    public void delay(Duration duration) {
        plan.add(new PlannedFault(action, first, last, duration, Fault::nothing, null, null));
    }

    /** An event just before the call takes effect: another caller is faster. */
    public void meanwhile(Runnable event) {
        plan.add(new PlannedFault(action, first, last, Duration.ZERO, event, null, null));
    }

    private void refuse(Ec2Error error) {
        plan.add(new PlannedFault(action, first, last, Duration.ZERO, Fault::nothing, error, null));
    }

    private void takeEffectAnd(RuntimeException error) {
        plan.add(new PlannedFault(action, first, last, Duration.ZERO, Fault::nothing, null, error));
    }

    private static void nothing() {}
}
