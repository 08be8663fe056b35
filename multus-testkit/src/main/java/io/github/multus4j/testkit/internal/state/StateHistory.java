package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.testkit.Ec2Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Past states, for reads that lag ({@link Ec2Behaviour#readsLag}). They begin with the first call
 * after a lag was set; that first state stands for all earlier time. A state is kept until
 * {@link #REACH} after the next one replaced it.
 */
public final class StateHistory {

    /** The oldest time that a read can show. */
    public static final Duration REACH = Duration.ofMinutes(5);

    /** In ascending order; each state was visible from its time until the time of the next one. */
    private final Deque<TimedState> states = new ArrayDeque<>();

    /** Records the state since that instant, which is not before the one recorded last. */
    void note(Instant since, VisibleState listed) {
        TimedState last = states.peekLast();
        if (last != null && last.listed().equals(listed)) {
            return;
        }
        // One instant has one state, the last one of that instant. The first state stays, because
        // it stands for all earlier time.
        if (last != null && states.size() > 1 && !last.time().isBefore(since)) {
            states.removeLast();
        }
        states.addLast(new TimedState(since, listed));
        forget(since.minus(REACH));
    }

    /** Drops states that had been replaced by then. */
    private void forget(Instant then) {
        while (states.size() > 1 && !second().time().isAfter(then)) {
            states.removeFirst();
        }
    }

    private TimedState second() {
        Iterator<TimedState> each = states.iterator();
        each.next();
        return each.next();
    }

    /** The state at that time, or the earliest recorded one; empty if there is none. */
    Optional<TimedState> at(Instant time) {
        for (Iterator<TimedState> latestFirst = states.descendingIterator(); latestFirst.hasNext(); ) {
            TimedState moment = latestFirst.next();
            if (!moment.time().isAfter(time)) {
                return Optional.of(new TimedState(time, moment.listed()));
            }
        }
        return Optional.ofNullable(states.peekFirst());
    }

    /** Forgets everything. */
    void clear() {
        states.clear();
    }
}
