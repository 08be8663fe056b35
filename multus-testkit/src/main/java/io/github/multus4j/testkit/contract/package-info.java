/**
 * What every implementation of the ports must do, as tests to extend: {@link io.github.multus4j.testkit.contract.Ec2NetworkContract} and {@link
 * io.github.multus4j.testkit.contract.LifecycleActionsContract}. A target that is less than EC2 declares what it lacks, as {@link
 * io.github.multus4j.testkit.contract.Capability capabilities}.
 */
@NullMarked
package io.github.multus4j.testkit.contract;

import org.jspecify.annotations.NullMarked;
