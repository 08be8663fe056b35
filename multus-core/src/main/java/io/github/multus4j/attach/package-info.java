/**
 * Makes a node Multus-ready: looks, plans, applies, and rolls back, within a deadline. {@link io.github.multus4j.attach.Attacher} does it,
 * {@link io.github.multus4j.attach.Outcome} is what came of it. What runs of one process share is in {@code SharedState}.
 */
@NullMarked
package io.github.multus4j.attach;

import org.jspecify.annotations.NullMarked;
