/**
 * From the configuration and a snapshot of EC2 to the missing interfaces: {@link\n *
 * io.github.multus4j.internal.plan.Planner}. Pure: the same input gives the same plan.
 */
@NullMarked
package io.github.multus4j.internal.plan;

import org.jspecify.annotations.NullMarked;
