package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnetCidrReservation;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DeleteSubnetCidrReservation;
import io.github.multus4j.testkit.internal.call.SubnetRequests.GetSubnetCidrReservations;
import io.github.multus4j.testkit.internal.rule.VpcRule;
import io.github.multus4j.testkit.internal.state.StoredReservation;
import io.github.multus4j.testkit.internal.state.StoredSubnet;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;

/** The rules for subnet CIDR reservations. */
public final class Reservations {

    private static final Filters<StoredReservation> FILTERS = Filters.<StoredReservation>tagged(
                    Action.GET_SUBNET_CIDR_RESERVATIONS, r -> r.tags())
            .one("reservationType", r -> r.type)
            .one("subnet-id", r -> r.subnetId);

    private final World world;
    private final Pager pager;

    public Reservations(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    public CidrReservation create(CreateSubnetCidrReservation request) {
        TagRules.check(request.tags());
        StoredSubnet subnet = world.subnets.require(request.subnetId());
        if (!List.of("explicit", "prefix").contains(request.reservationType())) {
            throw VpcRule.RESERVATION_TYPE_UNKNOWN.error("Value (" + request.reservationType()
                    + ") for parameter reservationType is invalid. Expecting one of: explicit, prefix");
        }
        Cidr cidr = Vpcs.parse(request.cidr(), "cidr");
        if (subnet.subnet().cidrs().stream().noneMatch(block -> block.contains(cidr))) {
            throw VpcRule.RESERVATION_OUTSIDE_SUBNET.error(
                    "The CIDR '" + cidr + "' is not within the CIDR of subnet '" + subnet.id + "'");
        }
        boolean overlaps =
                world.reservations.all().stream().anyMatch(r -> r.subnetId.equals(subnet.id) && r.cidr.overlaps(cidr));
        if (overlaps) {
            throw VpcRule.RESERVATION_OVERLAP.error("The CIDR '" + cidr + "' conflicts with another reservation");
        }
        StoredReservation reservation = new StoredReservation(
                world.birth(world.reservations),
                subnet.id,
                cidr,
                request.reservationType(),
                request.description(),
                request.tags());
        world.reservations.add(reservation);
        return reservation.reservation();
    }

    public Listing<CidrReservation> list(GetSubnetCidrReservations request) {
        pager.check(request.page(), false, "");
        StoredSubnet subnet = world.subnets.require(request.subnetId());
        List<StoredReservation> matching = FILTERS.apply(
                        request.filters(), world.reservations.visible().filter(r -> r.subnetId.equals(subnet.id)))
                .toList();
        return pager.cut(
                request.action(),
                subnet.id + request.filters(),
                matching,
                r -> r.order,
                request.page(),
                StoredReservation::reservation);
    }

    public CidrReservation delete(DeleteSubnetCidrReservation request) {
        StoredReservation reservation = world.reservations.require(request.subnetCidrReservationId());
        world.reservations.remove(reservation.id);
        return reservation.reservation();
    }
}
