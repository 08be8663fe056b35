package io.github.multus4j.ec2;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The instant by which an operation must have ended, with all retries, waits and pages. It is
 * passed to every call, so that no layer needs a time-out of its own. A value: the remaining time
 * is computed with a given clock.
 *
 * @param at the instant
 */
public record Deadline(Instant at) {

    /**
     * The deadline that many milliseconds from now by the system's clock, as in
     * {@code Deadline.in(context.getRemainingTimeInMillis())}.
     */
    public static Deadline in(long milliseconds) {
        return in(Duration.ofMillis(milliseconds), Clock.systemUTC());
    }

    /** The deadline after that duration from now, by the given clock. */
    public static Deadline in(Duration duration, Clock clock) {
        return new Deadline(clock.instant().plus(duration));
    }

    /** The remaining time, never negative. */
    public Duration remaining(Clock clock) {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether no time remains. */
    public boolean passed(Clock clock) {
        return remaining(clock).isZero();
    }

    /** The deadline earlier by a reserve, for work that must still be possible afterwards. */
    public Deadline minus(Duration reserve) {
        return new Deadline(at.minus(reserve));
    }
}
