/**
 * Applies a plan by a deadline, or rolls it back: {@link\n *
 * io.github.multus4j.internal.apply.Attacher}.
 */
@NullMarked
package io.github.multus4j.internal.apply;

import org.jspecify.annotations.NullMarked;
