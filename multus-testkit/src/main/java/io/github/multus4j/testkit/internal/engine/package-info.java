/**
 * One call from its arrival to its answer: latency, faults, throttling, the journal, and the
 * handler of the call.
 */
@NullMarked
package io.github.multus4j.testkit.internal.engine;

import org.jspecify.annotations.NullMarked;
