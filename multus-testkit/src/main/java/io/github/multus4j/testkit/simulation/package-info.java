/**
 * Deterministic simulation: a program that handles launch events, in virtual time, in worlds with
 * failing calls, lost answers, dying processes, duplicate events and other tenants. The entry point
 * is {@link io.github.multus4j.testkit.simulation.Simulation}.
 */
@NullMarked
package io.github.multus4j.testkit.simulation;

import org.jspecify.annotations.NullMarked;
