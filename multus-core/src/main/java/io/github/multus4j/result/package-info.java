/**
 * The answers of the library: plans, outcomes of runs, reports of sweeps, and the listener of a
 * run.
 */
@NullMarked
package io.github.multus4j.result;

import org.jspecify.annotations.NullMarked;
