package io.github.multus4j.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.CallRates;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final CallRates RATES = CallRates.ofDefaults();

    /** A little below EC2's rate, for calls that arrive closer together than they were sent. */
    private static final int AT_ONCE = 98;

    private final Pace pace = new Pace(RATES);

    private Duration waitFor(Pace.Call call, Instant now) {
        return Duration.between(now, pace.take(call, now));
    }

    private void take(Pace.Call call, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(waitFor(call, START)).as("call %d", i + 1).isZero();
        }
    }

    @Test
    void take_beyondTheBucket_waitsForTheRate() {
        take(Pace.Call.MODIFY, AT_ONCE - 1);

        Duration first = waitFor(Pace.Call.MODIFY, START);
        Duration second = waitFor(Pace.Call.MODIFY, START);

        assertThat(first).isBetween(Duration.ZERO, Duration.ofMillis(200));
        assertThat(second.minus(first)).isEqualTo(Duration.ofMillis(200)); // 5 a second
    }

    @Test
    void take_otherCall_usesAnotherBucket() {
        take(Pace.Call.MODIFY, AT_ONCE - 1);
        take(Pace.Call.CREATE, AT_ONCE - 1);
        take(Pace.Call.ATTACH, 47); // of 50
    }

    @Test
    void take_afterAPause_hasAFullBucketAtMost() {
        for (int i = 0; i < 200; i++) {
            pace.take(Pace.Call.ATTACH, START);
        }
        Instant later = START.plusSeconds(3600);

        for (int i = 0; i < 47; i++) {
            assertThat(waitFor(Pace.Call.ATTACH, later)).isZero();
        }
        assertThat(waitFor(Pace.Call.ATTACH, later).plus(waitFor(Pace.Call.ATTACH, later)))
                .isPositive();
    }

    @Test
    void take_unlimitedRates_doesNotWait() {
        Pace unlimited = new Pace(CallRates.unlimited());

        for (int i = 0; i < 100_000; i++) {
            assertThat(unlimited.take(Pace.Call.CREATE, START)).isEqualTo(START);
        }
    }
}
