package io.github.multus4j.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.CallRates;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final CallRates RATES = CallRates.ofDefaults();

    /** A little below EC2's rate, for calls that arrive closer together than they were sent. */
    private static final int AT_ONCE = 98;

    private final RateLimiter rateLimiter = new RateLimiter(RATES);

    private Duration waitFor(RateLimiter.Call call, Instant now) {
        return Duration.between(now, rateLimiter.take(call, now));
    }

    private void take(RateLimiter.Call call, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(waitFor(call, START)).as("call %d", i + 1).isZero();
        }
    }

    @Test
    void take_beyondTheBucket_waitsForTheRate() {
        take(RateLimiter.Call.MODIFY, AT_ONCE - 1);

        Duration first = waitFor(RateLimiter.Call.MODIFY, START);
        Duration second = waitFor(RateLimiter.Call.MODIFY, START);

        assertThat(first).isBetween(Duration.ZERO, Duration.ofMillis(200));
        assertThat(second.minus(first)).isEqualTo(Duration.ofMillis(200)); // 5 a second
    }

    @Test
    void take_otherCall_usesAnotherBucket() {
        take(RateLimiter.Call.MODIFY, AT_ONCE - 1);
        take(RateLimiter.Call.CREATE, AT_ONCE - 1);
        take(RateLimiter.Call.ATTACH, 47); // of 50
    }

    @Test
    void take_afterAPause_hasAFullBucketAtMost() {
        for (int i = 0; i < 200; i++) {
            rateLimiter.take(RateLimiter.Call.ATTACH, START);
        }
        Instant later = START.plusSeconds(3600);

        for (int i = 0; i < 47; i++) {
            assertThat(waitFor(RateLimiter.Call.ATTACH, later)).isZero();
        }
        assertThat(waitFor(RateLimiter.Call.ATTACH, later).plus(waitFor(RateLimiter.Call.ATTACH, later)))
                .isPositive();
    }

    @Test
    void take_unlimitedRates_doesNotWait() {
        RateLimiter unlimited = new RateLimiter(CallRates.unlimited());

        for (int i = 0; i < 100_000; i++) {
            assertThat(unlimited.take(RateLimiter.Call.CREATE, START)).isEqualTo(START);
        }
    }
}
