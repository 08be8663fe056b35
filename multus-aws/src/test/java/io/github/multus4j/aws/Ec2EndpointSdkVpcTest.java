package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.SubnetCidrReservationType;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The testkit's endpoint as the AWS SDK for Java sees it: the parts of a world, by the SDK's own
 * types.
 */
class Ec2EndpointSdkVpcTest extends EndpointWorld {

    @Test
    void createVpc_thenDelete_isDescribed() {
        assertThat(vpc.cidrBlock()).isEqualTo("10.0.0.0/16");
        assertThat(vpc.ipv6CidrBlockAssociationSet())
                .singleElement()
                .satisfies(association -> assertThat(
                                association.ipv6CidrBlockState().stateAsString())
                        .isEqualTo("associated"));
        assertThat(vpc.tags()).containsExactly(tag("Name", "test"));
        assertThat(ec2.associateVpcCidrBlock(r -> r.vpcId(vpc.vpcId()).cidrBlock("10.1.0.0/16"))
                        .cidrBlockAssociation()
                        .cidrBlock())
                .isEqualTo("10.1.0.0/16");
        assertRefused(() -> ec2.deleteVpc(r -> r.vpcId(vpc.vpcId())), "DependencyViolation");

        String empty = ec2.createVpc(r -> r.cidrBlock("10.9.0.0/16")).vpc().vpcId();
        ec2.deleteVpc(r -> r.vpcId(empty));

        assertRefused(() -> ec2.describeVpcs(r -> r.vpcIds(empty)), "InvalidVpcID.NotFound");
    }

    @Test
    void createSubnet_eachFamily_isDescribed() {
        Subnet ipv6Only = ec2.createSubnet(r -> r.vpcId(vpc.vpcId())
                        .ipv6CidrBlock(ipv6Block(3))
                        .ipv6Native(true)
                        .availabilityZone("us-east-1b"))
                .subnet();

        assertThat(ipv4.cidrBlock()).isEqualTo("10.0.1.0/24");
        assertThat(ipv4.availableIpAddressCount()).isEqualTo(251);
        assertThat(ipv4.ipv6CidrBlockAssociationSet()).isEmpty();
        assertThat(dual.ipv6CidrBlockAssociationSet()).singleElement().satisfies(association -> {
            assertThat(association.ipv6CidrBlock()).isEqualTo(ipv6Block(2));
            assertThat(association.ipv6CidrBlockState().state()).isEqualTo(SubnetCidrBlockStateCode.ASSOCIATED);
        });
        assertThat(ipv6Only.cidrBlock()).isNull();
        assertThat(ipv6Only.ipv6Native()).isTrue();
        assertThat(ipv6Only.availabilityZone()).isEqualTo("us-east-1b");
        ec2.deleteSubnet(r -> r.subnetId(ipv6Only.subnetId()));
        assertRefused(() -> ec2.describeSubnets(r -> r.subnetIds(ipv6Only.subnetId())), "InvalidSubnetID.NotFound");
    }

    @Test
    void associateSubnetCidrBlock_thenDisassociate_changesTheSubnet() {
        String associationId = ec2.associateSubnetCidrBlock(
                        r -> r.subnetId(ipv4.subnetId()).ipv6CidrBlock(ipv6Block(7)))
                .ipv6CidrBlockAssociation()
                .associationId();
        ec2.modifySubnetAttribute(
                r -> r.subnetId(ipv4.subnetId()).assignIpv6AddressOnCreation(value -> value.value(true)));

        assertThat(described(ipv4).assignIpv6AddressOnCreation()).isTrue();
        ec2.modifySubnetAttribute(
                r -> r.subnetId(ipv4.subnetId()).assignIpv6AddressOnCreation(value -> value.value(false)));
        assertThat(ec2.disassociateSubnetCidrBlock(r -> r.associationId(associationId))
                        .ipv6CidrBlockAssociation()
                        .associationId())
                .isEqualTo(associationId);
    }

    @Test
    void describeSubnets_pagesAndFilters_giveTheSameSubnets() {
        for (int i = 10; i < 20; i++) {
            subnet("10.0." + i + ".0/24", null);
        }

        List<Integer> pageSizes =
                ec2.describeSubnetsPaginator(r -> r.maxResults(5).filters(filter("vpc-id", vpc.vpcId()))).stream()
                        .map(page -> page.subnets().size())
                        .toList();

        assertThat(pageSizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(12);
        assertThat(pageSizes)
                .hasSizeGreaterThan(2)
                .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(5));
        assertThat(ec2.describeSubnets(r -> r.filters(filter("cidr-block", "10.0.1?.0/24")))
                        .subnets())
                .hasSize(10);
        assertRefused(
                () -> ec2.describeSubnets(r -> r.filters(filter("no-such-filter", "x"))), "InvalidParameterValue");
    }

    @Test
    void createSubnetCidrReservation_thenDelete_isDescribed() {
        String id = ec2.createSubnetCidrReservation(r -> r.subnetId(dual.subnetId())
                        .cidr("10.0.2.128/25")
                        .reservationType(SubnetCidrReservationType.EXPLICIT)
                        .description("media"))
                .subnetCidrReservation()
                .subnetCidrReservationId();
        ec2.createSubnetCidrReservation(r -> r.subnetId(dual.subnetId())
                .cidr(ipv6Block(2).replace("::/64", ":1::/80"))
                .reservationType(SubnetCidrReservationType.PREFIX));

        var reservations = ec2.getSubnetCidrReservations(r -> r.subnetId(dual.subnetId()));

        assertThat(reservations.subnetIpv4CidrReservations()).singleElement().satisfies(reservation -> {
            assertThat(reservation.cidr()).isEqualTo("10.0.2.128/25");
            assertThat(reservation.description()).isEqualTo("media");
        });
        assertThat(reservations.subnetIpv6CidrReservations()).hasSize(1);
        assertThat(ec2.deleteSubnetCidrReservation(r -> r.subnetCidrReservationId(id))
                        .deletedSubnetCidrReservation()
                        .subnetCidrReservationId())
                .isEqualTo(id);
    }

    @Test
    void createSecurityGroup_thenDelete_isDescribed() {
        SecurityGroup group = ec2.describeSecurityGroups(r -> r.groupIds(groupId))
                .securityGroups()
                .get(0);

        assertThat(group.groupName()).isEqualTo("media");
        assertThat(group.description()).isEqualTo("Media traffic");
        assertThat(group.vpcId()).isEqualTo(vpc.vpcId());
        ec2.deleteSecurityGroup(r -> r.groupId(groupId));
        assertRefused(() -> ec2.describeSecurityGroups(r -> r.groupIds(groupId)), "InvalidGroup.NotFound");
    }

    @Test
    void createTags_thenDelete_areDescribed() {
        String id = newInterface(ipv4);

        ec2.createTags(r -> r.resources(id).tags(tag("a", "<&> é 🎈"), tag("b", "")));

        assertThat(described(id).tagSet()).containsExactlyInAnyOrder(tag("a", "<&> é 🎈"), tag("b", ""));
        ec2.deleteTags(r -> r.resources(id).tags(Tag.builder().key("b").build()));
        assertThat(ec2.describeTags(r -> r.filters(filter("resource-id", id))).tags())
                .singleElement()
                .satisfies(tag -> {
                    assertThat(tag.key()).isEqualTo("a");
                    assertThat(tag.resourceType()).isEqualTo(ResourceType.NETWORK_INTERFACE);
                });
    }

    @Test
    void describeInstanceTypesAndZones_standardWorld_areDescribed() {
        var network = ec2.describeInstanceTypes(r -> r.instanceTypes(InstanceType.M5_4_XLARGE))
                .instanceTypes()
                .get(0)
                .networkInfo();

        assertThat(network.maximumNetworkInterfaces()).isEqualTo(8);
        assertThat(network.ipv4AddressesPerInterface()).isEqualTo(30);
        assertThat(network.networkCards())
                .singleElement()
                .satisfies(card -> assertThat(card.maximumNetworkInterfaces()).isEqualTo(8));
        assertThat(ec2.describeAvailabilityZones().availabilityZones())
                .extracting(zone -> zone.zoneName())
                .contains("us-east-1a");
    }
}
