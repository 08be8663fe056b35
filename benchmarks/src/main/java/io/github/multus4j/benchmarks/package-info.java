/** The programs behind the figures in docs/performance.md. */
@NullMarked
package io.github.multus4j.benchmarks;

import org.jspecify.annotations.NullMarked;
