/**
 * Lambda functions: one attaches Multus interfaces when Auto Scaling launches a node, one sweeps on
 * a schedule.
 */
@NullMarked
package io.github.multus4j.deploy.lambda;

import org.jspecify.annotations.NullMarked;
