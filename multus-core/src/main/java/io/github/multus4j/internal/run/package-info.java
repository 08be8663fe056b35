/**
 * One run's time, threads and calls of user code.
 */
@NullMarked
package io.github.multus4j.internal.run;

import org.jspecify.annotations.NullMarked;
