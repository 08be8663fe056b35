/**
 * The fake over HTTP, for clients in any language:
 * {@link io.github.multus4j.testkit.endpoint.Ec2Endpoint} answers calls of EC2 and EC2 Auto
 * Scaling, {@link io.github.multus4j.testkit.endpoint.MetadataEndpoint} is the instance metadata
 * service of one instance.
 */
@NullMarked
package io.github.multus4j.testkit.endpoint;

import org.jspecify.annotations.NullMarked;
