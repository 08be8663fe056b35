package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.internal.call.InstanceRequests.RunInstances;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.CreateSecurityGroup;
import io.github.multus4j.testkit.internal.call.SubnetRequests.AssociateSubnetCidrBlock;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnet;
import io.github.multus4j.testkit.internal.call.SubnetRequests.ModifySubnetAttribute;
import io.github.multus4j.testkit.internal.call.VpcItem;
import io.github.multus4j.testkit.internal.call.VpcRequests.AssociateVpcCidrBlock;
import io.github.multus4j.testkit.internal.engine.Ec2Engine;
import io.github.multus4j.testkit.internal.state.Behaviour;
import io.github.multus4j.testkit.internal.state.StoredGroup;
import io.github.multus4j.testkit.internal.state.StoredSubnet;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A VPC of a {@link FakeEc2Network}, with methods to fill it. Instances get their primary interface
 * in a separate subnet for each zone, in the block {@code 100.64.0.0/16} that is added to the VPC
 * at the first launch, so the addresses of the test's subnets stay free.
 */
public final class FakeVpc {

    private static final Cidr NODES = Cidr.parse("100.64.0.0/16");
    private static final Cidr OTHER_NODES = Cidr.parse("100.65.0.0/16");
    private static final int NODES_PREFIX = 20;
    private static final String IMAGE = "ami-0123456789abcdef0";

    private final Ec2Engine engine;
    private final String id;

    FakeVpc(Ec2Engine engine, VpcItem vpc) {
        this.engine = engine;
        this.id = vpc.id();
    }

    /** Its id, {@code vpc-…}. */
    public String id() {
        return id;
    }

    /** Its IPv6 block. */
    public Cidr ipv6Cidr() {
        synchronized (engine.world()) {
            return engine.world().vpcs.get(id).ipv6.get(0).cidr();
        }
    }

    /** Makes a subnet with IPv4 addresses. */
    public Subnet subnet(String ipv4Cidr, String zone) {
        return subnet(ipv4Cidr, zone, Map.of());
    }

    /** Makes a subnet with IPv4 addresses and tags. */
    public Subnet subnet(String ipv4Cidr, String zone, Map<String, String> tags) {
        return create(new CreateSubnet(id, ipv4Cidr, null, false, zone, tags));
    }

    /**
     * Makes a subnet with IPv4 addresses on an Outpost. An instance that is launched in it runs
     * there.
     */
    public Subnet outpostSubnet(String ipv4Cidr, String zone, String outpostArn) {
        return create(new CreateSubnet(id, ipv4Cidr, null, false, zone, null, outpostArn, Map.of()));
    }

    /**
     * An interface of that subnet that is attached at that device index is a local network
     * interface.
     */
    public void enableLniAtDeviceIndex(Subnet subnet, int deviceIndex) {
        engine.setUp(new ModifySubnetAttribute(subnet.id(), null, null, deviceIndex));
    }

    /**
     * Makes a subnet with addresses of both families; its IPv6 block is the next free /64 of the
     * VPC's.
     */
    public Subnet dualStackSubnet(String ipv4Cidr, String zone) {
        return dualStackSubnet(ipv4Cidr, nextIpv6Cidr(), zone);
    }

    /**
     * Makes a subnet with addresses of both families; the IPv6 block is /44 to /64 in steps of 4.
     */
    public Subnet dualStackSubnet(String ipv4Cidr, String ipv6Cidr, String zone) {
        return create(new CreateSubnet(id, ipv4Cidr, ipv6Cidr, false, zone, Map.of()));
    }

    /** Makes a subnet without IPv4 addresses; its IPv6 block is the next free /64 of the VPC's. */
    public Subnet ipv6OnlySubnet(String zone) {
        return ipv6OnlySubnet(nextIpv6Cidr(), zone);
    }

    /** Makes a subnet without IPv4 addresses; the IPv6 block is /44 to /64 in steps of 4. */
    public Subnet ipv6OnlySubnet(String ipv6Cidr, String zone) {
        return create(new CreateSubnet(id, null, ipv6Cidr, true, zone, Map.of()));
    }

    /** Adds an IPv6 block to a subnet. */
    public Subnet addIpv6(Subnet subnet) {
        engine.setUp(new AssociateSubnetCidrBlock(subnet.id(), nextIpv6Cidr()));
        synchronized (engine.world()) {
            return engine.world().subnets.get(subnet.id()).subnet();
        }
    }

    /** Each new interface in that subnet gets an IPv6 address, unless its request excludes it. */
    public void assignIpv6OnCreation(Subnet subnet) {
        engine.setUp(new ModifySubnetAttribute(subnet.id(), true, null));
    }

    /** Makes a security group. */
    public SecurityGroup securityGroup(String name) {
        return engine.setUp(new CreateSecurityGroup(name, "made by a test", id, Map.of()))
                .group();
    }

    /** The default security group of the VPC. */
    public SecurityGroup defaultSecurityGroup() {
        synchronized (engine.world()) {
            return engine.world().groups.all().stream()
                    .map(StoredGroup::group)
                    .filter(group -> group.vpcId().equals(id) && group.name().equals("default"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * Launches an instance: running at once, unless {@link Ec2Behaviour#instancesPendingFor} says
     * otherwise.
     */
    public Instance launch(String type, String zone, Map<String, String> tags) {
        return launchIn(nodeSubnet(zone), type, tags);
    }

    /** Launches an instance with its primary interface in that subnet. */
    public Instance launch(String type, Subnet subnet, Map<String, String> tags) {
        return launchIn(subnet.id(), type, tags);
    }

    /** Launches an instance that is {@code pending} for that long, by the fake's clock. */
    public Instance launchPending(String type, String zone, Map<String, String> tags, Duration pending) {
        Behaviour behaviour = engine.world().behaviour;
        String subnetId = nodeSubnet(zone);
        synchronized (engine.world()) {
            Duration before = behaviour.pending;
            try {
                behaviour.pending = pending;
                return launchIn(subnetId, type, tags);
            } finally {
                behaviour.pending = before;
            }
        }
    }

    private Instance launchIn(String subnetId, String type, Map<String, String> tags) {
        String instanceId = engine.setUp(
                        new RunInstances(IMAGE, type, 1, 1, subnetId, null, List.of(), List.of(), tags, Map.of(), null))
                .get(0)
                .instance()
                .id();
        synchronized (engine.world()) {
            return engine.world().item(engine.world().instances.get(instanceId)).instance();
        }
    }

    private Subnet create(CreateSubnet request) {
        return engine.setUp(request).subnet();
    }

    private String nextIpv6Cidr() {
        synchronized (engine.world()) {
            return next(ipv6Cidr(), 64).toString();
        }
    }

    /** The first block of that length that no subnet overlaps. */
    private Cidr next(Cidr range, int prefixLength) {
        List<Cidr> taken = engine.world().subnets.all().stream()
                .filter(subnet -> subnet.vpcId.equals(id))
                .flatMap(subnet -> subnet.subnet().cidrs().stream())
                .toList();
        BigInteger step = BigInteger.ONE.shiftLeft(range.first().bits() - prefixLength);
        Cidr block = Cidr.containing(range.first(), prefixLength);
        while (taken.stream().anyMatch(block::overlaps)) {
            block = Cidr.containing(block.first().plus(step), prefixLength);
        }
        return block;
    }

    /** The subnet for the primary interfaces of a zone, made on demand. */
    private String nodeSubnet(String zone) {
        synchronized (engine.world()) {
            String name = "nodes-" + zone;
            Optional<StoredSubnet> present = engine.world().subnets.all().stream()
                    .filter(subnet ->
                            subnet.vpcId.equals(id) && name.equals(subnet.tags().get("Name")))
                    .findFirst();
            if (present.isPresent()) {
                return present.get().id;
            }
            List<Cidr> blocks = engine.world().vpcs.get(id).cidrs().toList();
            Cidr nodes = blocks.get(0).overlaps(NODES) ? OTHER_NODES : NODES;
            if (!blocks.contains(nodes)) {
                engine.setUp(new AssociateVpcCidrBlock(id, nodes.toString(), false, null));
            }
            String cidr = next(nodes, NODES_PREFIX).toString();
            return create(new CreateSubnet(id, cidr, null, false, zone, Map.of("Name", name)))
                    .id();
        }
    }
}
