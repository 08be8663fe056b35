/**
 * Lifecycle events of EC2 Auto Scaling, and the port that completes their hooks.
 */
@NullMarked
package io.github.multus4j.lifecycle;

import org.jspecify.annotations.NullMarked;
