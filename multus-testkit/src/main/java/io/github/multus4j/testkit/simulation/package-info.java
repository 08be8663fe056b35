/**
 * Deterministic simulation: a program that handles launch events, in virtual time, in worlds where calls fail, answers get lost, processes die,
 * events come twice and others get in the way. {@link io.github.multus4j.testkit.simulation.Simulation} is the way in.
 */
@NullMarked
package io.github.multus4j.testkit.simulation;

import org.jspecify.annotations.NullMarked;
