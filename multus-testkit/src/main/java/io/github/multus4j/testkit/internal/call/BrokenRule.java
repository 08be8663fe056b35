package io.github.multus4j.testkit.internal.call;

/** The rule that a refused call has broken, for tests of the fake. */
public interface BrokenRule {

    /** The rule's id, such as {@code attach-index-taken}. */
    String id();
}
