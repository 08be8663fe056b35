package io.github.multus4j.testkit;

import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.testkit.CatalogRequests.DescribeInstanceTypes;

final class InstanceTypes {

    private final World world;

    InstanceTypes(World world) {
        this.world = world;
    }

    Listing<InstanceType> describe(DescribeInstanceTypes request) {
        return world.notYet(request);
    }
}
