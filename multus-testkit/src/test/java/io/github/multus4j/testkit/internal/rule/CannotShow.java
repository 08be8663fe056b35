package io.github.multus4j.testkit.internal.rule;

/** A scenario cannot be played on this target. */
public final class CannotShow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotShow(String why) {
        super(why);
    }
}
