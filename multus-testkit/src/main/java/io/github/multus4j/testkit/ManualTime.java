package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Time that stands still until a thread sleeps: a {@link Clock} and a {@link Sleeper} in one.
 * Sleeping moves the clock and returns at once, so a test of a minute's waiting takes no time and
 * is repeatable. Thread-safe; the time never goes back.
 */
public final class ManualTime extends Clock implements Sleeper {

    /** The first time of the clock, by default. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Hand hand;
    private final ZoneId zone;

    /** The time of the clock, shared by its views in other zones. */
    private static final class Hand {

        private Instant now;

        Hand(Instant now) {
            this.now = now;
        }

        synchronized Instant now() {
            return now;
        }

        synchronized void advance(Duration duration) {
            now = now.plus(duration);
        }
    }

    /** A clock that stands at {@link #START}. */
    public ManualTime() {
        this(START);
    }

    /** A clock that stands at that instant. */
    public ManualTime(Instant start) {
        this(new Hand(start), ZoneOffset.UTC);
    }

    private ManualTime(Hand hand, ZoneId zone) {
        this.hand = hand;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return hand.now();
    }

    /** Moves the clock on. */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + duration);
        }
        hand.advance(duration);
    }

    /** Moves the clock on by that long and returns at once; a negative time is none. */
    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before sleeping " + duration);
        }
        if (!duration.isNegative()) {
            advance(duration);
        }
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same time, shown in another zone. */
    @Override
    public Clock withZone(ZoneId other) {
        return new ManualTime(hand, other);
    }

    @Override
    public String toString() {
        return "ManualTime[" + instant() + "]";
    }
}
