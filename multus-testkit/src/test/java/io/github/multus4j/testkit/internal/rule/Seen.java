package io.github.multus4j.testkit.internal.rule;

/** What the last step of a scenario showed. */
interface Seen {

    String ACCEPTED = "accepted";
    String KEPT = "kept";
    String NOT_KEPT = "not kept";

    /** In short: {@link #ACCEPTED}, an error code, {@code HTTP 500}, or for a rule about an effect {@link #KEPT} or {@link #NOT_KEPT}. */
    String outcome();

    /** What a rule about an effect showed. */
    static Seen effect(boolean kept) {
        return () -> kept ? KEPT : NOT_KEPT;
    }
}
