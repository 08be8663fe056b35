package io.github.multus4j.testkit;

import io.github.multus4j.testkit.VpcRequests.AssociateVpcCidrBlock;
import io.github.multus4j.testkit.VpcRequests.CreateVpc;
import io.github.multus4j.testkit.VpcRequests.DeleteVpc;
import io.github.multus4j.testkit.VpcRequests.DescribeVpcs;

final class Vpcs {

    private final World world;

    Vpcs(World world) {
        this.world = world;
    }

    VpcItem create(CreateVpc request) {
        return world.notYet(request);
    }

    Listing<VpcItem> describe(DescribeVpcs request) {
        return world.notYet(request);
    }

    Boolean delete(DeleteVpc request) {
        return world.notYet(request);
    }

    CidrAssociation associate(AssociateVpcCidrBlock request) {
        return world.notYet(request);
    }
}
