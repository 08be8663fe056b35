package io.github.multus4j.testkit;

import io.github.multus4j.ec2.CidrReservation;
import io.github.multus4j.testkit.SubnetRequests.CreateSubnetCidrReservation;
import io.github.multus4j.testkit.SubnetRequests.DeleteSubnetCidrReservation;
import io.github.multus4j.testkit.SubnetRequests.GetSubnetCidrReservations;

final class Reservations {

    private final World world;

    Reservations(World world) {
        this.world = world;
    }

    CidrReservation create(CreateSubnetCidrReservation request) {
        return world.notYet(request);
    }

    Listing<CidrReservation> list(GetSubnetCidrReservations request) {
        return world.notYet(request);
    }

    CidrReservation delete(DeleteSubnetCidrReservation request) {
        return world.notYet(request);
    }
}
