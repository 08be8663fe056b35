package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.testkit.Ec2Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * How the world was, for reads that lag ({@link Ec2Behaviour#readsLag}). It begins with the first call after a lag was set: what there was then
 * has been there always. A moment is kept until {@link #REACH} after the next one took its place.
 */
public final class Hindsight {

    /** How far back a read can look. */
    public static final Duration REACH = Duration.ofMinutes(5);

    /** In ascending order; what was to be seen from each one's time on, until that of the next. */
    private final Deque<Moment> moments = new ArrayDeque<>();

    /** Remembers how the world has been since that instant, which is not before the one noted last. */
    void note(Instant since, Sight sight) {
        Moment last = moments.peekLast();
        if (last != null && last.sight().equals(sight)) {
            return;
        }
        // One instant shows one world, that after all its changes; but what was there at first has been there always.
        if (last != null && moments.size() > 1 && !last.time().isBefore(since)) {
            moments.removeLast();
        }
        moments.addLast(new Moment(since, sight));
        forget(since.minus(REACH));
    }

    /** Lets go of moments that had passed by then. */
    private void forget(Instant then) {
        while (moments.size() > 1 && !second().time().isAfter(then)) {
            moments.removeFirst();
        }
    }

    private Moment second() {
        Iterator<Moment> each = moments.iterator();
        each.next();
        return each.next();
    }

    /** How the world was at that time, or at the earliest that is remembered; empty if nothing is. */
    Optional<Moment> at(Instant time) {
        for (Iterator<Moment> latestFirst = moments.descendingIterator(); latestFirst.hasNext(); ) {
            Moment moment = latestFirst.next();
            if (!moment.time().isAfter(time)) {
                return Optional.of(new Moment(time, moment.sight()));
            }
        }
        return Optional.ofNullable(moments.peekFirst());
    }

    /** Forgets everything. */
    void clear() {
        moments.clear();
    }
}
