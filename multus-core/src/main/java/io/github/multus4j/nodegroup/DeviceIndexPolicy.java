package io.github.multus4j.nodegroup;

/**
 * The device indexes that an interface may have. The own index of the n-th Multus subnet of a node
 * is n, on each network card.
 */
public enum DeviceIndexPolicy {
    /**
     * The lowest free ones, in the order of the subnets. A warning names a node with other indexes
     * than its subnets' own.
     */
    LOWEST_FREE,
    /**
     * Its subnet's own index only: if another interface has it, the run fails before anything is
     * made.
     */
    OWN
}
