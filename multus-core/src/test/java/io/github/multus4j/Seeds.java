package io.github.multus4j;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random cases that can be had again: case n of a test draws from seed n. A failure names its seed; {@code -Dmultus.seed=n} runs that case
 * alone.
 */
public final class Seeds {

    private static final String PROPERTY = "multus.seed";

    private Seeds() {}

    /** One case. */
    @FunctionalInterface
    public interface Case {

        void check(RandomGenerator random);
    }

    /** Whether one case runs alone, so that nothing can be said about all of them. */
    public static boolean areReplayed() {
        return Long.getLong(PROPERTY) != null;
    }

    public static void forEachOf(int cases, Case test) {
        Long only = Long.getLong(PROPERTY);
        if (only != null) {
            check(only, test);
            return;
        }
        for (long seed = 0; seed < cases; seed++) {
            check(seed, test);
        }
    }

    private static void check(long seed, Case test) {
        try {
            test.check(new SplittableRandom(seed));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new AssertionError("seed " + seed + " (again with -D" + PROPERTY + "=" + seed + "): " + e, e);
        }
    }
}
