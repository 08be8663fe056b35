package io.github.multus4j.testkit;

import io.github.multus4j.testkit.internal.engine.FaultPlan;

/**
 * The planned faults: {@code ec2.faults().on(ATTACH_NETWORK_INTERFACE).loseResponse()}. Several
 * faults of one action add up. Thread-safe.
 */
public final class Faults {

    private final FaultPlan plan;

    Faults(FaultPlan plan) {
        this.plan = plan;
    }

    /** Begins a fault of the next call of that action; a method of the fault must follow. */
    public Fault on(Action action) {
        return new Fault(plan, action);
    }

    /** Forgets all planned faults. */
    public void clear() {
        plan.clear();
    }
}
