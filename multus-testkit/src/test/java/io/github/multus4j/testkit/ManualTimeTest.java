package io.github.multus4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ManualTimeTest {

    private final ManualTime time = new ManualTime();

    @Test
    void sleep_anyDuration_movesTheClockAtOnce() throws InterruptedException {
        time.sleep(Duration.ofHours(1));
        time.sleep(Duration.ofHours(-1));

        assertThat(time.instant()).isEqualTo(ManualTime.START.plus(Duration.ofHours(1)));
    }

    @Test
    void sleep_interrupted_isNotDone() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> time.sleep(Duration.ofHours(1))).isInstanceOf(InterruptedException.class);
        assertThat(time.instant()).isEqualTo(ManualTime.START);
    }

    @Test
    void advance_back_isRefused() {
        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withZone_otherZone_isTheSameTime() {
        time.advance(Duration.ofMinutes(1));

        assertThat(time.withZone(ZoneId.of("Asia/Tokyo")).instant()).isEqualTo(time.instant());
    }
}
