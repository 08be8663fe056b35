/** The instance metadata service: tokens, and the tree of an instance. */
@NullMarked
package io.github.multus4j.testkit.internal.metadata;

import org.jspecify.annotations.NullMarked;
