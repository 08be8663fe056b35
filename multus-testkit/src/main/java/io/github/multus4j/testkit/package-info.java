/**
 * EC2's network as a program can be tested against:
 * {@link io.github.multus4j.testkit.FakeEc2Network}, in memory and as strict as EC2, with faults on
 * demand, a journal of calls, and a clock that is moved by hand.
 * {@link io.github.multus4j.testkit.endpoint.Ec2Endpoint} serves it over HTTP to EC2 clients in any
 * language, and {@link io.github.multus4j.testkit.endpoint.MetadataEndpoint} the metadata of one of
 * its instances to agents.
 */
@NullMarked
package io.github.multus4j.testkit;

import org.jspecify.annotations.NullMarked;
