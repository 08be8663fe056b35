package io.github.multus4j.nodegroup;

/** The reaction to a node with more interfaces than its instance type allows. */
public enum TypeLimits {
    /**
     * Nothing is made if the type's limit for the whole instance is exceeded. A network card's
     * limit only warns: flexible ENA queues can raise it.
     */
    REFUSE,
    /** The plan warns, and EC2 decides. */
    WARN
}
