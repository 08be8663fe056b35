/**
 * The ports of multus4j over the AWS SDK for Java 2.x: {@link io.github.multus4j.aws.AwsEc2Network}
 * and {@link io.github.multus4j.aws.AwsLifecycle}. Clients are the caller's, and stay so: nothing
 * here closes one. Calls are repeated here and nowhere else; how, is a
 * {@link io.github.multus4j.aws.CallPolicy}. {@link io.github.multus4j.aws.RetryingEc2Network} and
 * {@link io.github.multus4j.aws.RetryingLifecycle} do the same for other ports.
 */
@NullMarked
package io.github.multus4j.aws;

import org.jspecify.annotations.NullMarked;
