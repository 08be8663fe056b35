/**
 * Events in every shape in which they arrive, what each asks for, and completing the lifecycle hook. {@link
 * io.github.multus4j.lifecycle.Multus} is the entry point of the library.
 */
@NullMarked
package io.github.multus4j.lifecycle;

import org.jspecify.annotations.NullMarked;
