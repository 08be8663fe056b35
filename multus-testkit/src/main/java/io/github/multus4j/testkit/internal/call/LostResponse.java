package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.testkit.Action;

/**
 * A call that took effect, with a lost answer: a dropped connection over HTTP, an unknown outcome
 * at the port.
 */
public final class LostResponse extends RuntimeException {

    /**
     * The code of the exception and of the journal's entry. {@code ErrorTable} has no row for it:
     * the outcome is unknown.
     */
    public static final String CODE = "LostResponse";

    private static final long serialVersionUID = 1L;

    public LostResponse(Action action) {
        super("the answer to " + action + " was lost");
    }
}
