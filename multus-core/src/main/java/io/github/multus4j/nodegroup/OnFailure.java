package io.github.multus4j.nodegroup;

/** What becomes of the interfaces that a failed run has made. */
public enum OnFailure {
    /** They are detached and deleted: the node has all of its interfaces or none of this run's. */
    ROLL_BACK,
    /** They stay, and the next run for the instance goes on from there. */
    KEEP
}
