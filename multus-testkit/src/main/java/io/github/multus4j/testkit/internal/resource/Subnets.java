package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.CidrAssociation;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.SubnetItem;
import io.github.multus4j.testkit.internal.call.SubnetRequests.AssociateSubnetCidrBlock;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnet;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DeleteSubnet;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DescribeSubnets;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DisassociateSubnetCidrBlock;
import io.github.multus4j.testkit.internal.call.SubnetRequests.ModifySubnetAttribute;
import io.github.multus4j.testkit.internal.rule.VpcRule;
import io.github.multus4j.testkit.internal.state.StoredSubnet;
import io.github.multus4j.testkit.internal.state.StoredVpc;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The rules for subnets. */
public final class Subnets {

    private static final Filters<SubnetItem> FILTERS = Filters.<SubnetItem>tagged(
                    Action.DESCRIBE_SUBNETS, s -> s.subnet().tags())
            .one("subnet-id", s -> s.subnet().id())
            .one("vpc-id", s -> s.subnet().vpcId())
            .one("availability-zone", s -> s.subnet().zone())
            .one("availabilityZone", s -> s.subnet().zone())
            .one("availability-zone-id", s -> Zones.id(s.subnet().zone()))
            .one("available-ip-address-count", SubnetItem::availableIpAddressCount)
            .one("state", s -> "available")
            .one("default-for-az", s -> false)
            .one("owner-id", s -> World.ACCOUNT)
            .one("ipv6-native", SubnetItem::ipv6Native)
            .one("map-public-ip-on-launch", SubnetItem::mapPublicIpOnLaunch)
            .many("cidr-block", Subnets::ipv4Cidr)
            .many("cidrBlock", Subnets::ipv4Cidr)
            .many("cidr", Subnets::ipv4Cidr)
            .many(
                    "ipv6-cidr-block-association.ipv6-cidr-block",
                    s -> s.ipv6Associations().stream()
                            .map(a -> a.cidr().toString())
                            .toList())
            .many(
                    "ipv6-cidr-block-association.association-id",
                    s -> s.ipv6Associations().stream().map(CidrAssociation::id).toList())
            .many(
                    "ipv6-cidr-block-association.state",
                    s -> s.ipv6Associations().stream()
                            .map(CidrAssociation::state)
                            .toList())
            .many("outpost-arn", s -> Stream.ofNullable(s.subnet().outpostArn()).toList())
            .absent("customer-owned-ipv4-pool");

    private final World world;
    private final Pager pager;

    public Subnets(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    private static List<String> ipv4Cidr(SubnetItem item) {
        return Stream.ofNullable(item.subnet().ipv4Cidr()).map(Cidr::toString).toList();
    }

    public SubnetItem create(CreateSubnet request) {
        TagRules.check(request.tags());
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        String zone = zone(request);
        if (request.ipv6Native() && request.cidrBlock() != null) {
            throw VpcRule.SUBNET_IPV6_ONLY_WITH_IPV4.error("cidrBlock is not supported for an IPv6 only subnet.");
        }
        if (request.ipv6Native() ? request.ipv6CidrBlock() == null : request.cidrBlock() == null) {
            throw VpcRule.SUBNET_CIDR_MISSING.error(
                    "The request must contain the parameter " + (request.ipv6Native() ? "ipv6CidrBlock" : "cidrBlock"));
        }
        Cidr ipv4 = request.ipv6Native() ? null : block(vpc, Objects.requireNonNull(request.cidrBlock()), true);
        Cidr ipv6 = request.ipv6CidrBlock() == null ? null : block(vpc, request.ipv6CidrBlock(), false);
        StoredSubnet subnet = new StoredSubnet(
                world.birth(world.subnets),
                vpc.id,
                zone,
                ipv4,
                request.ipv6Native(),
                request.outpostArn(),
                request.tags());
        if (ipv6 != null) {
            subnet.ipv6.add(association(ipv6));
        }
        world.subnets.add(subnet);
        return item(subnet);
    }

    private String zone(CreateSubnet request) {
        String name = request.availabilityZone();
        String id = request.availabilityZoneId();
        if (name != null && id != null) {
            throw VpcRule.SUBNET_ZONE_TWICE.error(
                    "Only one of availabilityZone and availabilityZoneId can be specified.");
        }
        if (id != null) {
            return Zones.ofId(world, id);
        }
        if (name == null) {
            return Zones.names(world).get(0);
        }
        Zones.check(world, name);
        return name;
    }

    private Cidr block(StoredVpc vpc, String text, boolean ipv4) {
        Cidr block = ipv4 ? Vpcs.canonical(text, "cidrBlock") : Vpcs.parse(text, "ipv6CidrBlock");
        int length = block.prefixLength();
        boolean sized = ipv4 ? length >= 16 && length <= 28 : length >= 44 && length <= 64 && length % 4 == 0;
        if (block.isIpv4() != ipv4 || !sized || vpc.cidrs().noneMatch(range -> range.contains(block))) {
            throw VpcRule.SUBNET_CIDR_OUT_OF_RANGE.error("The CIDR '" + text + "' is invalid.");
        }
        boolean conflict = world.subnets.all().stream()
                .filter(other -> other.vpcId.equals(vpc.id))
                .flatMap(other -> other.subnet().cidrs().stream())
                .anyMatch(block::overlaps);
        if (conflict) {
            throw VpcRule.SUBNET_CIDR_CONFLICT.error("The CIDR '" + text + "' conflicts with another subnet");
        }
        return block;
    }

    public Listing<SubnetItem> describe(DescribeSubnets request) {
        pager.check(request.page(), !request.subnetIds().isEmpty(), "SubnetIds");
        Stream<StoredSubnet> asked = request.subnetIds().isEmpty()
                ? world.subnets.visible()
                : world.subnets.require(request.subnetIds()).stream();
        List<SubnetItem> matching =
                FILTERS.apply(request.filters(), asked.map(this::item)).toList();
        return pager.cut(
                request.action(),
                request.filters(),
                matching,
                item -> world.subnets.get(item.subnet().id()).order,
                request.page(),
                item -> item);
    }

    public Boolean delete(DeleteSubnet request) {
        StoredSubnet subnet = world.subnets.require(request.subnetId());
        if (world.interfaces.all().stream().anyMatch(i -> i.subnet == subnet)) {
            throw VpcRule.SUBNET_IN_USE.error("The subnet '" + subnet.id + "' has dependencies and cannot be deleted.");
        }
        world.reservations.all().removeIf(r -> r.subnetId.equals(subnet.id));
        RouteTables.forget(world, subnet);
        world.subnets.remove(subnet.id);
        return true;
    }

    public Boolean modify(ModifySubnetAttribute request) {
        StoredSubnet subnet = world.subnets.require(request.subnetId());
        Boolean ipv6 = request.assignIpv6AddressOnCreation();
        Boolean publicIp = request.mapPublicIpOnLaunch();
        Integer lni = request.enableLniAtDeviceIndex();
        long given = Stream.of(ipv6, publicIp, lni).filter(Objects::nonNull).count();
        if (given != 1) {
            throw VpcRule.SUBNET_ATTRIBUTES_MANY.error(
                    given == 0 ? "No attributes specified." : "Only one subnet attribute may be specified at a time");
        }
        if (lni != null) {
            subnet.lniDeviceIndex = lni;
        }
        if (ipv6 != null) {
            if (ipv6 && !subnet.subnet().hasIpv6()) {
                throw VpcRule.SUBNET_WITHOUT_IPV6.error(
                        "Invalid value 'true' for assignIpv6AddressOnCreation. The subnet '" + subnet.id
                                + "' does not have an IPv6 CIDR block associated with it");
            }
            subnet.assignIpv6AddressOnCreation = ipv6;
        }
        if (publicIp != null) {
            subnet.mapPublicIpOnLaunch = publicIp;
        }
        return true;
    }

    public CidrAssociation associate(AssociateSubnetCidrBlock request) {
        StoredSubnet subnet = world.subnets.require(request.subnetId());
        CidrAssociation association = association(block(world.vpcs.get(subnet.vpcId), request.ipv6CidrBlock(), false));
        subnet.ipv6.add(association);
        return association;
    }

    public SubnetItem disassociate(DisassociateSubnetCidrBlock request) {
        for (StoredSubnet subnet : world.subnets.all()) {
            for (CidrAssociation association : subnet.ipv6) {
                if (association.id().equals(request.associationId()) && association.isAssociated()) {
                    checkUnused(subnet, association);
                    subnet.ipv6.set(
                            subnet.ipv6.indexOf(association),
                            new CidrAssociation(association.id(), association.cidr(), "disassociated"));
                    subnet.assignIpv6AddressOnCreation &= subnet.subnet().hasIpv6();
                    return item(subnet);
                }
            }
        }
        throw VpcRule.CIDR_ASSOCIATION_UNKNOWN.error(
                "The subnet CIDR block association ID '" + request.associationId() + "' does not exist");
    }

    private void checkUnused(StoredSubnet subnet, CidrAssociation association) {
        boolean used = world.interfaces.all().stream()
                .filter(i -> i.subnet == subnet)
                .flatMap(i -> Stream.concat(
                        i.ipv6Addresses.stream(), i.ipv6Prefixes.stream().map(Cidr::first)))
                .anyMatch(association.cidr()::contains);
        if (used) {
            throw VpcRule.CIDR_ASSOCIATION_IN_USE.error("The CIDR block '" + association.cidr() + "' of subnet '"
                    + subnet.id + "' has dependencies and cannot be disassociated.");
        }
    }

    SubnetItem item(StoredSubnet subnet) {
        return subnet.item(new AddressSpace(world, subnet).free());
    }

    private CidrAssociation association(Cidr block) {
        return new CidrAssociation(world.ids.next("subnet-cidr-assoc"), block, "associated");
    }
}
