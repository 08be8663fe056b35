/**
 * The configuration of a node group, validated as a whole.
 * {@link io.github.multus4j.nodegroup.NodeGroupSpec} is the entry point; its three decisions
 * ({@link io.github.multus4j.nodegroup.SubnetSelection subnets}, {@link
 * io.github.multus4j.nodegroup.SecurityGroups security groups}, {@link
 * io.github.multus4j.nodegroup.AddressAllocation addresses}) work alone, on values.
 */
@NullMarked
package io.github.multus4j.nodegroup;

import org.jspecify.annotations.NullMarked;
