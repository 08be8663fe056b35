/** A first run of multus4j against the fake EC2, without an AWS account. */
@NullMarked
package io.github.multus4j.examples.quickstart;

import org.jspecify.annotations.NullMarked;
