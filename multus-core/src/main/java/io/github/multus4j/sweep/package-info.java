/**
 * Mends what events missed, which are best effort: removes interfaces of ours that nobody needs any more, and makes nodes ready that no event
 * came for. {@link io.github.multus4j.sweep.Sweeper} does it, once for each call; {@link io.github.multus4j.sweep.SweepReport} is what came
 * of it.
 */
@NullMarked
package io.github.multus4j.sweep;

import org.jspecify.annotations.NullMarked;
