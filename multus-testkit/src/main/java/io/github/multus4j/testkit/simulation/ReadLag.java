package io.github.multus4j.testkit.simulation;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * How far reads lag behind writes: most a little, few much.
 *
 * @param random goes by chance
 * @param mean on average
 */
record ReadLag(SplittableRandom random, Duration mean) implements Supplier<Duration> {

    /** How many times the mean a read lags at most. */
    private static final int MOST = 6;

    /** As much as a read lags at most if that is the mean. */
    static Duration longest(Duration mean) {
        return mean.multipliedBy(MOST);
    }

    @Override
    public Duration get() {
        double times = Math.min(MOST, -Math.log(1 - random.nextDouble()));
        return Duration.ofNanos((long) (mean.toNanos() * times));
    }
}
