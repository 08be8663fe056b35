package io.github.multus4j.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @Test
    void remaining_beforeAtAndAfter_isNeverNegative() {
        assertThat(new Deadline(NOON.plusMillis(1)).remaining(CLOCK)).isEqualTo(Duration.ofMillis(1));
        assertThat(new Deadline(NOON).remaining(CLOCK)).isZero();
        assertThat(new Deadline(NOON.minusSeconds(9)).remaining(CLOCK)).isZero();
        assertThat(new Deadline(Instant.MIN).remaining(CLOCK)).isZero();
    }

    @Test
    void passed_atTheInstant_isTrue() {
        assertThat(new Deadline(NOON.plusNanos(1)).passed(CLOCK)).isFalse();
        assertThat(new Deadline(NOON).passed(CLOCK)).isTrue();
        assertThat(new Deadline(NOON.minusNanos(1)).passed(CLOCK)).isTrue();
    }

    @Test
    void in_durationAndClock_isThatFarFromNow() {
        assertThat(Deadline.in(Duration.ofSeconds(60), CLOCK)).isEqualTo(new Deadline(NOON.plusSeconds(60)));
        assertThat(Deadline.in(Duration.ofSeconds(-1), CLOCK).passed(CLOCK)).isTrue();
    }

    @Test
    void in_milliseconds_countsFromTheSystemsClock() {
        Instant before = Instant.now();
        Deadline deadline = Deadline.in(60_000);

        assertThat(deadline.at())
                .isBetween(before.plusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(Deadline.in(Long.MAX_VALUE).passed(CLOCK)).isFalse();
    }

    @Test
    void minus_reserve_isEarlierAndMayHavePassed() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(60), CLOCK);

        assertThat(deadline.minus(Duration.ofSeconds(20)).remaining(CLOCK)).isEqualTo(Duration.ofSeconds(40));
        assertThat(deadline.minus(Duration.ofSeconds(61)).passed(CLOCK)).isTrue();
        assertThat(deadline.remaining(CLOCK)).isEqualTo(Duration.ofSeconds(60));
    }
}
