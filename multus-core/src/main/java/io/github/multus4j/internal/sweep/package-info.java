/**
 * Finds leaks and incomplete nodes without an event, and repairs them: {@link\n *
 * io.github.multus4j.internal.sweep.Sweeper}.
 */
@NullMarked
package io.github.multus4j.internal.sweep;

import org.jspecify.annotations.NullMarked;
