/**
 * EC2's nouns as immutable values, and {@link io.github.multus4j.ec2.Ec2Network}, the port through
 * which all code here calls EC2. Values of EC2 that this library does not know stay
 * {@code UNKNOWN}; they never fail a reader.
 */
@NullMarked
package io.github.multus4j.ec2;

import org.jspecify.annotations.NullMarked;
