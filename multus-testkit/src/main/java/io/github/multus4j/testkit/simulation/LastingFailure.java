package io.github.multus4j.testkit.simulation;

import io.github.multus4j.testkit.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A failure that lasts over many runs, such as a missing permission: every call of one action meets
 * it until the faults are cleared, and no other fault occurs.
 *
 * @param action the action
 * @param met the fate of its calls
 * @param otherwise the faults of all other calls
 */
record LastingFailure(Action action, Fate met, FaultModel otherwise) implements FaultModel {

    /**
     * The longest time of the first run after the cause is mended, after any number of failed runs.
     */
    static final Duration HEALED_WITHIN = Duration.ofSeconds(30);

    private static final int ONE_IN = 32;
    private static final List<Action> ACTIONS = List.of(
            Action.CREATE_NETWORK_INTERFACE,
            Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
            Action.ATTACH_NETWORK_INTERFACE);
    private static final List<Fate> FATES = List.of(Fate.DENIED, Fate.THROTTLED, Fate.ERROR_BEFORE_EFFECT);

    /**
     * The lasting failure of a history, if it has one. It follows from the seed alone, so other
     * histories stay the same.
     */
    static Optional<LastingFailure> of(long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        if (random.nextInt(ONE_IN) > 0) {
            return Optional.empty();
        }
        return Optional.of(new LastingFailure(
                ACTIONS.get(random.nextInt(ACTIONS.size())),
                FATES.get(random.nextInt(FATES.size())),
                new RandomFaultModel(random.split(), 0, 300)));
    }

    @Override
    public Fate fate(int number, Action called) {
        return called == action ? met : Fate.ANSWERED;
    }

    @Override
    public Duration roundTrip(Action called) {
        return otherwise.roundTrip(called);
    }

    @Override
    public Duration lateness() {
        return otherwise.lateness();
    }
}
