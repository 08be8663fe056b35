package io.github.multus4j.testkit.internal.rule;

/** The result of a scenario's last step. */
interface Seen {

    String ACCEPTED = "accepted";
    String KEPT = "kept";
    String NOT_KEPT = "not kept";

    /**
     * In short: {@link #ACCEPTED}, an error code, {@code HTTP 500}, or for a rule about an effect
     * {@link #KEPT} or {@link #NOT_KEPT}.
     */
    String outcome();

    /** The result of a rule about an effect. */
    static Seen effect(boolean kept) {
        return () -> kept ? KEPT : NOT_KEPT;
    }
}
