package io.github.multus4j.testkit;

import io.github.multus4j.testkit.SecurityGroupRequests.CreateSecurityGroup;
import io.github.multus4j.testkit.SecurityGroupRequests.DeleteSecurityGroup;
import io.github.multus4j.testkit.SecurityGroupRequests.DescribeSecurityGroups;

final class SecurityGroups {

    private final World world;

    SecurityGroups(World world) {
        this.world = world;
    }

    SecurityGroupItem create(CreateSecurityGroup request) {
        return world.notYet(request);
    }

    Listing<SecurityGroupItem> describe(DescribeSecurityGroups request) {
        return world.notYet(request);
    }

    Boolean delete(DeleteSecurityGroup request) {
        return world.notYet(request);
    }
}
