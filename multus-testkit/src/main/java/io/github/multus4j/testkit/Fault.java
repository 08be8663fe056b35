package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Ec2Exception.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with the calls of one action that are chosen here: first which calls (the next one, unless said otherwise), then what. Calls
 * are counted from the moment at which the fault was asked for.
 */
public final class Fault {

    private final Faults faults;
    private final Action action;
    private int first = 1;
    private int last = 1;
    private int seen;

    private Duration delay = Duration.ZERO;
    private Runnable before = () -> {};
    private @Nullable Ec2Error refusal;
    private @Nullable RuntimeException afterEffect;

    Fault(Faults faults, Action action) {
        this.faults = faults;
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

    /** The call is refused with that code of EC2's, and has no effect. */
    public void failWith(String code) {
        failWith(code, "asked for by a test");
    }

    /** The call is refused with that code and message of EC2's, and has no effect. */
    public void failWith(String code, String message) {
        refusal = Ec2Error.askedFor(code, message, null);
        faults.add(this);
    }

    /** The call is refused and has no effect; what it means is said here, for codes that mean several things. */
    public void failWith(String code, String message, Kind kind) {
        refusal = Ec2Error.askedFor(code, message, kind);
        faults.add(this);
    }

    /** The call takes effect, but its answer never comes: an unknown outcome at the port, a dropped connection over HTTP. */
    public void loseResponse() {
        afterEffect = new LostResponse(action);
        faults.add(this);
    }

    /** The call takes effect, but what comes back is that error, such as {@code InternalError}. */
    public void takeEffectAndFailWith(String code) {
        afterEffect = Ec2Error.askedFor(code, "asked for by a test, after the call took effect", null);
        faults.add(this);
    }

    /** The call takes that long, by the fake's clock, and succeeds. */
    public void delay(Duration duration) {
        delay = duration;
        faults.add(this);
    }

    /** Something else happens just before the call takes effect: another caller is faster. */
    public void meanwhile(Runnable event) {
        before = event;
        faults.add(this);
    }

    Action action() {
        return action;
    }

    /** Counts a call; whether it is one of those that are chosen. */
    boolean hits() {
        seen++;
        return seen >= first && seen <= last;
    }

    Duration delay() {
        return delay;
    }

    Runnable before() {
        return before;
    }

    @Nullable
    Ec2Error refusal() {
        return refusal;
    }

    @Nullable
    RuntimeException afterEffect() {
        return afterEffect;
    }
}
