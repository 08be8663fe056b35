package io.github.multus4j.testkit.simulation;

import io.github.multus4j.testkit.Action;
import java.time.Duration;

/** The faults and delays of calls on their way to EC2 and back. */
interface FaultModel {

    /** The fate of the call of that number, counted over all processes from 1 on. */
    Fate fate(int number, Action action);

    /** The latency of a call of that action, there and back. */
    Duration roundTrip(Action action);

    /** The delay of a {@link Fate#LATE_EFFECT} after the client's time-out. */
    Duration lateness();

    /** No faults; every call takes a tenth of a second. */
    FaultModel CALM = new FaultModel() {
        @Override
        public Fate fate(int number, Action action) {
            return Fate.ANSWERED;
        }

        @Override
        public Duration roundTrip(Action action) {
            return Duration.ofMillis(100);
        }

        @Override
        public Duration lateness() {
            return Duration.ofSeconds(5);
        }
    };
}
