package io.github.multus4j;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Reproducible random cases: case n of a test draws from seed n. A failure names its seed;
 * {@code -Dmultus.seed=n} runs that case alone. {@code -Dmultus.times=10} runs ten times as many
 * cases, {@code 0.1} a tenth.
 */
public final class Seeds {

    private static final String SEED = "multus.seed";
    private static final String TIMES = "multus.times";

    private Seeds() {}

    /** One case. */
    @FunctionalInterface
    public interface Case {

        void check(RandomGenerator random);
    }

    /** Whether too few cases run for a statement about all of them. */
    public static boolean areFew() {
        return Long.getLong(SEED) != null || times() < 1;
    }

    /** Checks the cases, and returns their number. */
    public static int forEachOf(int cases, Case test) {
        Long only = Long.getLong(SEED);
        if (only != null) {
            check(only, test);
            return 1;
        }
        int count = (int) Math.ceil(cases * times());
        for (long seed = 0; seed < count; seed++) {
            check(seed, test);
        }
        return count;
    }

    private static double times() {
        return Double.parseDouble(System.getProperty(TIMES, "1"));
    }

    private static void check(long seed, Case test) {
        try {
            test.check(new SplittableRandom(seed));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new AssertionError("seed " + seed + " (again with -D" + SEED + "=" + seed + "): " + e, e);
        }
    }
}
