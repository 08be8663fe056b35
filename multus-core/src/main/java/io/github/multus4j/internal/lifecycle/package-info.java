/**
 * Reads events in every shape in which they arrive, and keeps lifecycle hooks alive.
 */
@NullMarked
package io.github.multus4j.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
