/** Observes a node, plans its interfaces and makes them, or rolls back. */
@NullMarked
package io.github.multus4j.attach;

import org.jspecify.annotations.NullMarked;
