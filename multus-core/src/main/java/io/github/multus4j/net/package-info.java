/**
 * IP addresses, CIDR blocks and sets of addresses of both families, as plain numbers. They find a
 * free address in a subnet without walking the subnet. Start at
 * {@link io.github.multus4j.net.AddressSet}.
 */
@NullMarked
package io.github.multus4j.net;

import org.jspecify.annotations.NullMarked;
