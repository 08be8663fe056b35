package io.github.multus4j.internal.apply;

/** When a run makes interfaces. */
public enum CreationOrder {
    /** Each just before it is attached. */
    SIDE_BY_SIDE,
    /**
     * All before the first is attached, for a node in service: an interface that cannot be made
     * leaves the node untouched.
     */
    ALL_FIRST
}
