package io.github.multus4j.testkit;

import io.github.multus4j.testkit.internal.engine.FaultPlan;

/**
 * What is to go wrong: {@code ec2.faults().on(ATTACH_NETWORK_INTERFACE).loseResponse()}. Several faults of one action add up. Thread-safe.
 */
public final class Faults {

    private final FaultPlan plan;

    Faults(FaultPlan plan) {
        this.plan = plan;
    }

    /** Begins a fault of the next call of that action; nothing is planned until it is said what goes wrong. */
    public Fault on(Action action) {
        return new Fault(plan, action);
    }

    /** Forgets what was planned. */
    public void clear() {
        plan.clear();
    }
}
