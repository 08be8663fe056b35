package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.CidrAssociation;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.VpcItem;
import io.github.multus4j.testkit.internal.call.VpcRequests.AssociateVpcCidrBlock;
import io.github.multus4j.testkit.internal.call.VpcRequests.CreateVpc;
import io.github.multus4j.testkit.internal.call.VpcRequests.DeleteVpc;
import io.github.multus4j.testkit.internal.call.VpcRequests.DescribeVpcAttribute;
import io.github.multus4j.testkit.internal.call.VpcRequests.DescribeVpcs;
import io.github.multus4j.testkit.internal.call.VpcRequests.ModifyVpcAttribute;
import io.github.multus4j.testkit.internal.call.WireError;
import io.github.multus4j.testkit.internal.rule.VpcRule;
import io.github.multus4j.testkit.internal.state.StoredGroup;
import io.github.multus4j.testkit.internal.state.StoredVpc;
import io.github.multus4j.testkit.internal.state.World;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules for VPCs. */
public final class Vpcs {

    private static final Pattern IPV4_BLOCK = Pattern.compile("([^/]+)/([0-9]|[12][0-9]|3[0-2])");
    private static final Cidr AMAZON_IPV6 = Cidr.parse("2600:1f18::/32");

    private static final Filters<StoredVpc> FILTERS = Filters.<StoredVpc>tagged(Action.DESCRIBE_VPCS, vpc -> vpc.tags())
            .one("vpc-id", vpc -> vpc.id)
            .one("state", vpc -> "available")
            .one("is-default", vpc -> false)
            .one("owner-id", vpc -> World.ACCOUNT)
            .one("cidr", vpc -> vpc.ipv4.get(0).cidr())
            .many("cidr-block-association.cidr-block", vpc -> texts(vpc.ipv4.stream()))
            .many("ipv6-cidr-block-association.ipv6-cidr-block", vpc -> texts(vpc.ipv6.stream()));

    private final World world;
    private final Pager pager;

    public Vpcs(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    private static List<String> texts(Stream<CidrAssociation> associations) {
        return associations.map(a -> a.cidr().toString()).toList();
    }

    public VpcItem create(CreateVpc request) {
        TagRules.check(request.tags());
        checkIpv6(request.amazonProvidedIpv6CidrBlock(), request.ipv6CidrBlock());
        if (request.cidrBlock() == null) {
            throw VpcRule.VPC_CIDR_MISSING.error("The request must contain the parameter cidrBlock");
        }
        Cidr ipv4 = ipv4Block(request.cidrBlock());
        Cidr ipv6 = ipv6Block(request.amazonProvidedIpv6CidrBlock(), request.ipv6CidrBlock());
        StoredVpc vpc = new StoredVpc(world.birth(world.vpcs), request.tags());
        vpc.ipv4.add(association(ipv4));
        if (ipv6 != null) {
            vpc.ipv6.add(association(ipv6));
        }
        world.vpcs.add(vpc);
        StoredGroup group =
                new StoredGroup(world.birth(world.groups), vpc.id, "default", "default VPC security group", Map.of());
        world.groups.add(group);
        Permissions.addDefaults(world, group, true);
        RouteTables.addMain(world, vpc);
        return vpc.item();
    }

    public CidrAssociation associate(AssociateVpcCidrBlock request) {
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        checkIpv6(request.amazonProvidedIpv6CidrBlock(), request.ipv6CidrBlock());
        if (request.cidrBlock() != null && (request.amazonProvidedIpv6CidrBlock() || request.ipv6CidrBlock() != null)) {
            throw VpcRule.VPC_BLOCKS_MANY.error("Only one of cidrBlock and an IPv6 CIDR block can be specified.");
        }
        Cidr block = request.cidrBlock() != null
                ? ipv4Block(request.cidrBlock())
                : ipv6Block(request.amazonProvidedIpv6CidrBlock(), request.ipv6CidrBlock());
        if (block == null) {
            throw VpcRule.VPC_CIDR_MISSING.error("The request must contain the parameter cidrBlock");
        }
        if (vpc.cidrs().anyMatch(block::overlaps)) {
            throw VpcRule.VPC_CIDR_CONFLICT.error("The CIDR '" + block + "' conflicts with a block of the VPC.");
        }
        CidrAssociation association = association(block);
        (block.isIpv4() ? vpc.ipv4 : vpc.ipv6).add(association);
        return association;
    }

    public Listing<VpcItem> describe(DescribeVpcs request) {
        pager.check(request.page(), !request.vpcIds().isEmpty(), "VpcIds");
        Stream<StoredVpc> asked =
                request.vpcIds().isEmpty() ? world.vpcs.visible() : world.vpcs.require(request.vpcIds()).stream();
        List<StoredVpc> matching = FILTERS.apply(request.filters(), asked).toList();
        return pager.cut(
                request.action(), request.filters(), matching, vpc -> vpc.order, request.page(), StoredVpc::item);
    }

    public Boolean describeAttribute(DescribeVpcAttribute request) {
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        return switch (request.attribute()) {
            case "enableDnsSupport" -> vpc.dnsSupport;
            case "enableDnsHostnames" -> vpc.dnsHostnames;
            case "enableNetworkAddressUsageMetrics" -> vpc.networkAddressUsageMetrics;
            default -> throw WireError.invalid("attribute", request.attribute(), "Unknown attribute.");
        };
    }

    public Boolean modify(ModifyVpcAttribute request) {
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        Boolean support = request.enableDnsSupport();
        Boolean hostnames = request.enableDnsHostnames();
        Boolean metrics = request.enableNetworkAddressUsageMetrics();
        long given = Stream.of(support, hostnames, metrics)
                .flatMap(Stream::ofNullable)
                .count();
        if (given != 1) {
            throw VpcRule.VPC_ATTRIBUTES_MANY.error(
                    given == 0 ? "No attributes specified." : "Only one VPC attribute may be specified at a time");
        }
        if (Boolean.TRUE.equals(hostnames) && !vpc.dnsSupport) {
            throw VpcRule.VPC_DNS_HOSTNAMES.error("DNS host names of the VPC '" + vpc.id
                    + "' cannot be enabled: its attribute enableDnsSupport is false.");
        }
        vpc.dnsSupport = support == null ? vpc.dnsSupport : support;
        vpc.dnsHostnames = hostnames == null ? vpc.dnsHostnames : hostnames;
        vpc.networkAddressUsageMetrics = metrics == null ? vpc.networkAddressUsageMetrics : metrics;
        return true;
    }

    public Boolean delete(DeleteVpc request) {
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        boolean used = world.subnets.all().stream().anyMatch(s -> s.vpcId.equals(vpc.id))
                || world.groups.all().stream().anyMatch(g -> g.vpcId.equals(vpc.id) && !g.name.equals("default"))
                || RouteTables.hasOwn(world, vpc.id)
                || world.gateways.all().stream().anyMatch(g -> g.isAttachedTo(vpc.id))
                || world.groupAssociations.stream().anyMatch(a -> a.vpcId().equals(vpc.id));
        if (used) {
            throw VpcRule.VPC_IN_USE.error("The vpc '" + vpc.id + "' has dependencies and cannot be deleted.");
        }
        world.groups.all().stream()
                .filter(g -> g.vpcId.equals(vpc.id))
                .forEach(g -> Permissions.removeAll(world, g.id));
        world.groups.all().removeIf(g -> g.vpcId.equals(vpc.id));
        world.routeTables.all().removeIf(t -> t.vpcId.equals(vpc.id));
        world.vpcs.remove(vpc.id);
        return true;
    }

    private static void checkIpv6(boolean amazonProvided, @Nullable String text) {
        if (amazonProvided && text != null) {
            throw VpcRule.VPC_BLOCKS_MANY.error(
                    "Only one of amazonProvidedIpv6CidrBlock and ipv6CidrBlock can be specified.");
        }
    }

    /** Reads a block that a call names. */
    static Cidr parse(String text, String parameter) {
        return Cidr.tryParse(text)
                .orElseThrow(() -> VpcRule.CIDR_MALFORMED.error("Value (" + text + ") for parameter " + parameter
                        + " is invalid. This is not a valid CIDR block."));
    }

    /** Reads an IPv4 block of a call; EC2 sets its host bits to zero. */
    static Cidr canonical(String text, String parameter) {
        Matcher matcher = IPV4_BLOCK.matcher(text);
        Optional<IpAddress> address =
                matcher.matches() ? IpAddress.tryParse(matcher.group(1)).filter(IpAddress::isIpv4) : Optional.empty();
        return address.map(host -> Cidr.containing(host, Integer.parseInt(matcher.group(2))))
                .orElseGet(() -> parse(text, parameter));
    }

    private static Cidr ipv4Block(String text) {
        Cidr block = canonical(text, "cidrBlock");
        if (!block.isIpv4() || block.prefixLength() < 16 || block.prefixLength() > 28) {
            throw VpcRule.VPC_CIDR_OUT_OF_RANGE.error("The CIDR '" + text + "' is invalid.");
        }
        return block;
    }

    private @Nullable Cidr ipv6Block(boolean amazonProvided, @Nullable String text) {
        if (text != null) {
            Cidr block = parse(text, "ipv6CidrBlock");
            int length = block.prefixLength();
            if (block.isIpv4() || length < 44 || length > 60 || length % 4 != 0) {
                throw VpcRule.VPC_CIDR_OUT_OF_RANGE.error("The CIDR '" + text + "' is invalid.");
            }
            return block;
        }
        return amazonProvided ? amazonBlock() : null;
    }

    private Cidr amazonBlock() {
        Cidr block;
        do {
            BigInteger number =
                    BigInteger.valueOf(world.random.nextInt(1 << 24)).shiftLeft(72);
            IpAddress first = AMAZON_IPV6.first().plus(number);
            block = Cidr.containing(first, 56);
        } while (world.vpcs.all().stream().flatMap(StoredVpc::cidrs).anyMatch(block::overlaps));
        return block;
    }

    private CidrAssociation association(Cidr block) {
        return new CidrAssociation(world.ids.next("vpc-cidr-assoc"), block, "associated");
    }
}
