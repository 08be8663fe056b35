/**
 * Reads EC2 into snapshots: {@link io.github.multus4j.internal.observe.SnapshotReader}.
 */
@NullMarked
package io.github.multus4j.internal.observe;

import org.jspecify.annotations.NullMarked;
