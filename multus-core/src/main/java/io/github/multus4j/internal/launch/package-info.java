/**
 * Nodes that launch together: their order, their turns and their addresses. Pure.
 */
@NullMarked
package io.github.multus4j.internal.launch;

import org.jspecify.annotations.NullMarked;
