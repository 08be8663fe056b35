package io.github.multus4j.nodegroup;

/**
 * The treatment of a failed run's interfaces. The lifecycle hook is another decision:
 * {@code ContinueOrAbandon}.
 */
public enum OnFailure {
    /** They are detached and deleted: the node has all of its interfaces, or none of this run's. */
    ROLL_BACK,
    /** They stay, and the next run for the instance continues with them. */
    KEEP
}
