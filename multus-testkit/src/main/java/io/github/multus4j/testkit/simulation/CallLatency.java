package io.github.multus4j.testkit.simulation;

import io.github.multus4j.testkit.Action;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The latency of each call, there and back: the mean of its action, plus or minus 30 % at random.
 * Thread-safe.
 *
 * @param random the source of randomness
 */
record CallLatency(SplittableRandom random) implements Function<Action, Duration> {

    /** The deviation from the mean. */
    private static final double VARIATION = 0.3;

    /** The average latency of a call of that action, there and back. */
    static Duration mean(Action action) {
        return Duration.ofMillis(
                switch (action) {
                    case CREATE_NETWORK_INTERFACE -> 600;
                    case ATTACH_NETWORK_INTERFACE, DETACH_NETWORK_INTERFACE -> 800;
                    default -> action.isMutating() ? 200 : 100;
                });
    }

    @Override
    public Duration apply(Action action) {
        synchronized (random) {
            double times = 1 + VARIATION * (2 * random.nextDouble() - 1);
            return Duration.ofNanos((long) (mean(action).toNanos() * times));
        }
    }
}
