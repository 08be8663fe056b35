package io.github.multus4j.testkit;

/** A scenario does not come to its point on this target. */
final class CannotShow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotShow(String why) {
        super(why);
    }
}
