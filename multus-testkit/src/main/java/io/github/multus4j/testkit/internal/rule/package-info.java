/**
 * The rules of EC2 that the fake keeps, each with its source: the rows of the table of conformance.
 */
@NullMarked
package io.github.multus4j.testkit.internal.rule;

import org.jspecify.annotations.NullMarked;
