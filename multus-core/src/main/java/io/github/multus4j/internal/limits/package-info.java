/**
 * The times, the numbers and the forms of names that all packages share: {@link
 * io.github.multus4j.internal.limits.Timing}.
 */
@NullMarked
package io.github.multus4j.internal.limits;

import org.jspecify.annotations.NullMarked;
