package io.github.multus4j.aws;

import java.time.Duration;

/**
 * Measures by how much a busy machine delays a thread: a thread of its own sleeps for short times,
 * and records the longest delay of its return. For tests with real time limits.
 */
final class SchedulingDelay implements AutoCloseable {

    private static final Duration SLEEP = Duration.ofMillis(10);

    private final Thread probe = new Thread(this::measure, "scheduling-delay");
    private volatile long longestNanos;

    private SchedulingDelay() {
        probe.setDaemon(true);
    }

    /** Begins to measure. */
    static SchedulingDelay measuring() {
        SchedulingDelay delay = new SchedulingDelay();
        delay.probe.start();
        return delay;
    }

    /** The longest delay so far. */
    Duration longest() {
        return Duration.ofNanos(longestNanos);
    }

    private void measure() {
        try {
            while (true) {
                long before = System.nanoTime();
                Thread.sleep(SLEEP.toMillis());
                longestNanos = Math.max(longestNanos, System.nanoTime() - before - SLEEP.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        probe.interrupt();
    }
}
