/** What docs/performance.md was measured with. */
@NullMarked
package io.github.multus4j.benchmarks;

import org.jspecify.annotations.NullMarked;
