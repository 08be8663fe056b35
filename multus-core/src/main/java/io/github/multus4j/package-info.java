/**
 * The entry point: {@link io.github.multus4j.Multus} makes nodes Multus-ready, plans, and sweeps.
 */
@NullMarked
package io.github.multus4j;

import org.jspecify.annotations.NullMarked;
