package io.github.multus4j.nodegroup;

/**
 * Which device index an interface may have. The own index of the n-th Multus subnet of a node is n,
 * on each network card.
 */
public enum DeviceIndexPolicy {
    /**
     * The lowest free ones, in the order of the subnets. A node at other indexes than its subnets'
     * own is warned of.
     */
    LOWEST_FREE,
    /**
     * Its subnet's own index or none: if something else holds that, the run fails before anything
     * is made.
     */
    OWN
}
