package io.github.multus4j.testkit.simulation;

import java.time.Duration;
import java.util.Locale;

/** Durations as text. */
final class Times {

    private Times() {}

    /** Seconds, such as {@code 12.345s}. */
    static String text(Duration duration) {
        return String.format(Locale.ROOT, "%.3fs", duration.toNanos() / 1e9);
    }
}
