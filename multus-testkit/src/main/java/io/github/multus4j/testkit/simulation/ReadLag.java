package io.github.multus4j.testkit.simulation;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The lag of reads behind writes: small for most, large for few.
 *
 * @param random the source of randomness
 * @param mean the average
 */
record ReadLag(SplittableRandom random, Duration mean) implements Supplier<Duration> {

    /** The greatest lag, in multiples of the mean. */
    private static final int MOST = 6;

    /** The greatest lag for that mean. */
    static Duration longest(Duration mean) {
        return mean.multipliedBy(MOST);
    }

    @Override
    public Duration get() {
        double times = Math.min(MOST, -Math.log(1 - random.nextDouble()));
        return Duration.ofNanos((long) (mean.toNanos() * times));
    }
}
