package io.github.multus4j.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.CallRates.Bucket;
import io.github.multus4j.ec2.CallRates.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Bucket SMALL = new Bucket(3, 2);

    private static Instant at(double seconds) {
        return START.plus(Duration.ofNanos((long) (seconds * 1e9)));
    }

    @Test
    void holds_fullBucket_isItsSize() {
        TokenBucket full = SMALL.full(START);

        assertThat(full.holds(3, START)).isTrue();
        assertThat(full.holds(4, START)).isFalse();
        assertThat(full.holds(4, at(100))).isFalse();
    }

    @Test
    void take_moreThanItHolds_isGivenWhenTheTokensHaveComeBack() {
        TokenBucket tokens = SMALL.full(START).take(3, START);

        assertThat(tokens.given()).isEqualTo(START);
        assertThat(tokens.take(1, START).given()).isEqualTo(at(0.5));
        assertThat(tokens.take(4, START).given()).isEqualTo(at(2));
        assertThat(tokens.take(1, at(0.4)).given()).isEqualTo(at(0.5));
        assertThat(tokens.take(1, at(0.6)).given()).isBefore(at(0.6));
    }

    @Test
    void empty_oneTokenLater_holdsOne() {
        TokenBucket empty = SMALL.full(START).take(1, START).empty(at(1));

        assertThat(empty.holds(1, at(1.49))).isFalse();
        assertThat(empty.holds(1, at(1.5))).isTrue();
        assertThat(empty.holds(2, at(1.5))).isFalse();
    }

    /** The same calls, counted as tokens that come back over time. */
    @Test
    void holdsAndTake_randomCalls_agreeWithACountOfTokens() {
        Random random = new Random(1);
        Bucket bucket = new Bucket(50, 5);
        TokenBucket tokens = bucket.full(START);
        double count = 50;
        Instant now = START;
        for (int call = 0; call < 10_000; call++) {
            Duration pause = Duration.ofMillis(random.nextInt(500));
            now = now.plus(pause);
            count = Math.min(50, count + pause.toMillis() * 5 / 1000.0);
            boolean enough = count > 1 - 1e-9;
            assertThat(tokens.holds(1, now))
                    .as("call %d, %s tokens", call, count)
                    .isEqualTo(enough);
            if (enough) {
                tokens = tokens.take(1, now);
                count -= 1;
            }
        }
    }
}
