package io.github.multus4j.testkit;

/** The rule that a refused call has broken, for tests of the fake. */
interface BrokenRule {

    /** The rule's id, such as {@code attach-index-taken}. */
    String id();
}
