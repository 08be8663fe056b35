package io.github.multus4j.ec2;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The instant by which something must have ended, everything included: retries, waits, pages. It is passed down to every call, so that no
 * layer needs a time-out of its own. A value: what is left of it is asked with a clock in hand.
 *
 * @param at the instant
 */
public record Deadline(Instant at) {

    /** The deadline that many milliseconds from now by the system's clock, as in {@code Deadline.in(context.getRemainingTimeInMillis())}. */
    public static Deadline in(long milliseconds) {
        return in(Duration.ofMillis(milliseconds), Clock.systemUTC());
    }

    /** The deadline that far from now by the given clock. */
    public static Deadline in(Duration duration, Clock clock) {
        return new Deadline(clock.instant().plus(duration));
    }

    /** What is left, never negative. */
    public Duration remaining(Clock clock) {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether nothing is left of it. */
    public boolean passed(Clock clock) {
        return remaining(clock).isZero();
    }

    /** The deadline that much earlier: keeps a reserve for what must still be possible after it. */
    public Deadline minus(Duration reserve) {
        return new Deadline(at.minus(reserve));
    }
}
