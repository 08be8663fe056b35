/** The query protocol of EC2 and EC2 Auto Scaling: parameters in, XML out. */
@NullMarked
package io.github.multus4j.testkit.internal.query;

import org.jspecify.annotations.NullMarked;
