package io.github.multus4j.testkit;

/** A call that took effect and whose answer is to be lost: a dropped connection over HTTP, an unknown outcome at the port. */
final class LostResponse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostResponse(Action action) {
        super("the answer to " + action + " was lost");
    }
}
