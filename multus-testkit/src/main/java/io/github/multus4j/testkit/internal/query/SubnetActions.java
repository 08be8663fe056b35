package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.CidrAssociation;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.SubnetItem;
import io.github.multus4j.testkit.internal.call.SubnetRequests.AssociateSubnetCidrBlock;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnet;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnetCidrReservation;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DeleteSubnet;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DeleteSubnetCidrReservation;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DescribeSubnets;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DisassociateSubnetCidrBlock;
import io.github.multus4j.testkit.internal.call.SubnetRequests.GetSubnetCidrReservations;
import io.github.multus4j.testkit.internal.call.SubnetRequests.ModifySubnetAttribute;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import io.github.multus4j.testkit.internal.resource.Zones;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;
import java.util.Map;

/** The actions on subnets and their CIDR reservations. */
final class SubnetActions {

    private SubnetActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.CREATE_SUBNET, SubnetActions::create,
                Action.DESCRIBE_SUBNETS, SubnetActions::describe,
                Action.DELETE_SUBNET, p -> WireAction.yesOrNo(new DeleteSubnet(p.required("SubnetId"))),
                Action.MODIFY_SUBNET_ATTRIBUTE, SubnetActions::modify,
                Action.ASSOCIATE_SUBNET_CIDR_BLOCK, SubnetActions::associate,
                Action.DISASSOCIATE_SUBNET_CIDR_BLOCK, SubnetActions::disassociate,
                Action.CREATE_SUBNET_CIDR_RESERVATION, SubnetActions::reserve,
                Action.GET_SUBNET_CIDR_RESERVATIONS, SubnetActions::reservations,
                Action.DELETE_SUBNET_CIDR_RESERVATION, SubnetActions::release);
    }

    private static Call<SubnetItem> create(QueryRequest p) {
        CreateSubnet request = new CreateSubnet(
                p.required("VpcId"),
                p.text("CidrBlock"),
                p.text("Ipv6CidrBlock"),
                p.flag("Ipv6Native", false),
                p.text("AvailabilityZone"),
                p.text("AvailabilityZoneId"),
                p.text("OutpostArn"),
                SharedParameters.tags(p, "subnet"));
        return new Call<>(request, (xml, subnet) -> xml.element("subnet", subnet, SubnetActions::write));
    }

    private static Call<Listing<SubnetItem>> describe(QueryRequest p) {
        DescribeSubnets request =
                new DescribeSubnets(p.texts("SubnetId"), SharedParameters.filters(p), SharedParameters.page(p));
        return WireAction.listing(request, "subnetSet", SubnetActions::write);
    }

    private static Call<Boolean> modify(QueryRequest p) {
        return WireAction.yesOrNo(new ModifySubnetAttribute(
                p.required("SubnetId"),
                p.flag("AssignIpv6AddressOnCreation.Value"),
                p.flag("MapPublicIpOnLaunch.Value"),
                p.integer("EnableLniAtDeviceIndex")));
    }

    private static Call<CidrAssociation> associate(QueryRequest p) {
        String subnetId = p.required("SubnetId");
        AssociateSubnetCidrBlock request = new AssociateSubnetCidrBlock(subnetId, p.required("Ipv6CidrBlock"));
        return new Call<>(
                request,
                (xml, association) -> xml.text("subnetId", subnetId)
                        .element("ipv6CidrBlockAssociation", association, SubnetActions::write));
    }

    private static Call<SubnetItem> disassociate(QueryRequest p) {
        String associationId = p.required("AssociationId");
        return new Call<>(new DisassociateSubnetCidrBlock(associationId), (xml, subnet) -> {
            xml.text("subnetId", subnet.subnet().id());
            subnet.ipv6Associations().stream()
                    .filter(association -> association.id().equals(associationId))
                    .forEach(gone -> xml.element("ipv6CidrBlockAssociation", gone, SubnetActions::write));
        });
    }

    private static Call<CidrReservation> reserve(QueryRequest p) {
        Map<String, String> tags = SharedParameters.tags(p, "subnet-cidr-reservation");
        CreateSubnetCidrReservation request = new CreateSubnetCidrReservation(
                p.required("SubnetId"),
                p.required("Cidr"),
                p.required("ReservationType"),
                p.text("Description", ""),
                tags);
        return new Call<>(
                request, (xml, reservation) -> xml.element("subnetCidrReservation", reservation, SubnetActions::write));
    }

    private static Call<Listing<CidrReservation>> reservations(QueryRequest p) {
        GetSubnetCidrReservations request = new GetSubnetCidrReservations(
                p.required("SubnetId"), SharedParameters.filters(p), SharedParameters.page(p));
        return new Call<>(request, (xml, listing) -> {
            List<CidrReservation> all = listing.items();
            xml.items("subnetIpv4CidrReservationSet", ofFamily(all, true), SubnetActions::write);
            xml.items("subnetIpv6CidrReservationSet", ofFamily(all, false), SubnetActions::write);
            SharedParameters.nextToken(xml, listing);
        });
    }

    private static Call<CidrReservation> release(QueryRequest p) {
        return new Call<>(
                new DeleteSubnetCidrReservation(p.required("SubnetCidrReservationId")),
                (xml, gone) -> xml.element("deletedSubnetCidrReservation", gone, SubnetActions::write));
    }

    private static List<CidrReservation> ofFamily(List<CidrReservation> reservations, boolean ipv4) {
        return reservations.stream()
                .filter(each -> each.cidr().isIpv4() == ipv4)
                .toList();
    }

    private static void write(Xml xml, SubnetItem item) {
        Subnet subnet = item.subnet();
        xml.text("subnetId", subnet.id()).text("vpcId", subnet.vpcId()).text("ownerId", World.ACCOUNT);
        xml.text("state", "available").text("availabilityZone", subnet.zone());
        xml.text("availabilityZoneId", Zones.id(subnet.zone()));
        xml.text("outpostArn", subnet.outpostArn()).text("enableLniAtDeviceIndex", subnet.lniDeviceIndex());
        xml.text("cidrBlock", subnet.ipv4Cidr());
        xml.items("ipv6CidrBlockAssociationSet", item.ipv6Associations(), SubnetActions::write);
        xml.text("availableIpAddressCount", item.availableIpAddressCount());
        xml.text("assignIpv6AddressOnCreation", item.assignIpv6AddressOnCreation());
        xml.text("mapPublicIpOnLaunch", item.mapPublicIpOnLaunch());
        xml.text("ipv6Native", item.ipv6Native()).text("defaultForAz", false);
        SharedParameters.tagSet(xml, subnet.tags());
    }

    private static void write(Xml xml, CidrAssociation association) {
        xml.text("associationId", association.id()).text("ipv6CidrBlock", association.cidr());
        xml.element("ipv6CidrBlockState", state -> state.text("state", association.state()));
    }

    private static void write(Xml xml, CidrReservation reservation) {
        xml.text("subnetCidrReservationId", reservation.id()).text("subnetId", reservation.subnetId());
        xml.text("cidr", reservation.cidr()).text("reservationType", reservation.type());
        xml.text("ownerId", World.ACCOUNT).text("description", reservation.description());
    }
}
