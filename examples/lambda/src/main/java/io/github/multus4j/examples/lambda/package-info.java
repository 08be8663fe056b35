/** A Lambda function that attaches Multus interfaces when Auto Scaling launches a node. */
@NullMarked
package io.github.multus4j.examples.lambda;

import org.jspecify.annotations.NullMarked;
