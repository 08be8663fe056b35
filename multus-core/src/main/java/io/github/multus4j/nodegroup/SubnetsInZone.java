package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import java.util.List;

/**
 * The choice of the zone: an instance takes interfaces only in subnets of its Availability Zone.
 */
final class SubnetsInZone {

    private SubnetsInZone() {}

    /** Those subnets that lie in the instance's zone, in the given order. */
    static List<Subnet> of(Instance instance, List<Subnet> subnets) {
        return subnets.stream()
                .filter(subnet -> subnet.zone().equals(instance.zone()))
                .toList();
    }
}
