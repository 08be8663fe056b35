/**
 * The contracts of the ports as tests to extend: {@link
 * io.github.multus4j.testkit.contract.Ec2NetworkContract} and {@link
 * io.github.multus4j.testkit.contract.LifecycleActionsContract}. A target that is less complete
 * than EC2 declares its {@link io.github.multus4j.testkit.contract.Capability capabilities}.
 *
 * <p>The contracts run on JUnit 5.11 or newer and on JUnit 6, in the version that your project
 * declares.
 */
@NullMarked
package io.github.multus4j.testkit.contract;

import org.jspecify.annotations.NullMarked;
