/**
 * The addresses of Pods on Multus interfaces: from the Pods of Kubernetes to claims, from claims to
 * the addresses of interfaces in EC2. Start at {@link io.github.multus4j.pod.AddressPlanner}.
 */
@NullMarked
package io.github.multus4j.pod;

import org.jspecify.annotations.NullMarked;
