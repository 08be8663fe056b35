package io.github.multus4j.testkit.simulation;

import io.github.multus4j.testkit.Action;
import java.time.Duration;

/** The faults and delays of calls on their way to EC2 and back. */
@FunctionalInterface
interface FaultModel {

    /** No faults; every call takes a tenth of a second. */
    FaultModel CALM = (number, action) -> Fate.ANSWERED;

    /** The fate of the call of that number, counted over all processes from 1 on. */
    Fate fate(int number, Action action);

    /** The latency of a call of that action, there and back. */
    default Duration roundTrip(Action action) {
        return Duration.ofMillis(100);
    }

    /** The delay of a {@link Fate#LATE_EFFECT} after the client's time-out. */
    default Duration lateness() {
        return Duration.ofSeconds(5);
    }
}
