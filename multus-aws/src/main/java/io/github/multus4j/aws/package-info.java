/** The ports of multus4j over the AWS SDK for Java 2.x. */
@NullMarked
package io.github.multus4j.aws;

import org.jspecify.annotations.NullMarked;
