/**
 * The calls as values: their parameters, answers and errors. They know neither the state of the
 * fake nor the wire.
 */
@NullMarked
package io.github.multus4j.testkit.internal.call;

import org.jspecify.annotations.NullMarked;
