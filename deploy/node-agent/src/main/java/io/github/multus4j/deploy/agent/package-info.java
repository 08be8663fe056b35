/**
 * A program that runs on a node at boot and attaches the node's own Multus interfaces; begin at
 * {@link io.github.multus4j.deploy.agent.Main}.
 */
@NullMarked
package io.github.multus4j.deploy.agent;

import org.jspecify.annotations.NullMarked;
