/**
 * Reads the interfaces of a node and the holders of claimed addresses, and applies the plans of
 * {@link io.github.multus4j.pod}.
 */
@NullMarked
package io.github.multus4j.internal.pod;

import org.jspecify.annotations.NullMarked;
