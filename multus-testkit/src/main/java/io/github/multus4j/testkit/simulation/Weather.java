package io.github.multus4j.testkit.simulation;

import io.github.multus4j.testkit.Action;
import java.time.Duration;

/** What calls meet on their way to EC2 and back. */
interface Weather {

    /** What becomes of the call of that number, counted over all processes from 1 on. */
    Fate fate(int number, Action action);

    /** How long a call of that action takes, there and back. */
    Duration roundTrip(Action action);

    /** How long after the client's time-out a {@link Fate#LATE_EFFECT} comes. */
    Duration lateness();

    /** Nothing goes wrong; every call takes a tenth of a second. */
    Weather CALM = new Weather() {
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
