/**
 * From the wanted state and what is there to what is missing: {@link io.github.multus4j.plan.Planner}. Pure: no clock, no I/O, no logging;
 * the same question gets the same answer.
 */
@NullMarked
package io.github.multus4j.plan;

import org.jspecify.annotations.NullMarked;
