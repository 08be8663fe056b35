package io.github.multus4j.testkit.simulation;

import io.github.multus4j.testkit.Action;
import java.time.Duration;
import java.util.SplittableRandom;

/** Random faults. */
final class RandomFaultModel implements FaultModel {

    private final SplittableRandom random;
    private final double trouble;
    private final int slowestMillis;

    /**
     * @param trouble the probability that a call meets a fault
     * @param slowestMillis the longest round trip without a fault
     */
    RandomFaultModel(SplittableRandom random, double trouble, int slowestMillis) {
        this.random = random;
        this.trouble = trouble;
        this.slowestMillis = slowestMillis;
    }

    @Override
    public Fate fate(int number, Action action) {
        if (random.nextDouble() >= trouble) {
            return Fate.ANSWERED;
        }
        Fate fate = switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> Fate.THROTTLED;
            case 4 -> Fate.DENIED;
            case 5, 6 -> Fate.ERROR_BEFORE_EFFECT;
            case 7, 8 -> Fate.ERROR_AFTER_EFFECT;
            case 9 -> Fate.REQUEST_LOST;
            case 10, 11 -> Fate.ANSWER_LOST;
            case 12 -> Fate.LATE_EFFECT;
            case 13 -> Fate.CRASH_AND_REQUEST_LOST;
            case 14 -> Fate.CRASH_AND_EFFECT;
            default -> Fate.SLOW;
        };
        return action.isMutating() || fate.mattersForReads() ? fate : Fate.ERROR_BEFORE_EFFECT;
    }

    @Override
    public Duration roundTrip(Action action) {
        return Duration.ofMillis(20 + random.nextInt(slowestMillis));
    }

    @Override
    public Duration lateness() {
        return Duration.ofMillis(100 + random.nextInt(20_000));
    }
}
