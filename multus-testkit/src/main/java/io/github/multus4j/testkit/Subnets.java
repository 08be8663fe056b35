package io.github.multus4j.testkit;

import io.github.multus4j.testkit.SubnetRequests.AssociateSubnetCidrBlock;
import io.github.multus4j.testkit.SubnetRequests.CreateSubnet;
import io.github.multus4j.testkit.SubnetRequests.DeleteSubnet;
import io.github.multus4j.testkit.SubnetRequests.DescribeSubnets;
import io.github.multus4j.testkit.SubnetRequests.DisassociateSubnetCidrBlock;
import io.github.multus4j.testkit.SubnetRequests.ModifySubnetAttribute;

final class Subnets {

    private final World world;

    Subnets(World world) {
        this.world = world;
    }

    SubnetItem create(CreateSubnet request) {
        return world.notYet(request);
    }

    Listing<SubnetItem> describe(DescribeSubnets request) {
        return world.notYet(request);
    }

    Boolean delete(DeleteSubnet request) {
        return world.notYet(request);
    }

    Boolean modify(ModifySubnetAttribute request) {
        return world.notYet(request);
    }

    CidrAssociation associate(AssociateSubnetCidrBlock request) {
        return world.notYet(request);
    }

    SubnetItem disassociate(DisassociateSubnetCidrBlock request) {
        return world.notYet(request);
    }
}
