package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.AssociateSecurityGroupVpc;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.DisassociateSecurityGroupVpc;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StartInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StopInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.TerminateInstances;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnetCidrReservation;
import io.github.multus4j.testkit.internal.call.VpcRequests.CreateVpc;
import io.github.multus4j.testkit.internal.engine.Ec2Engine;
import io.github.multus4j.testkit.internal.engine.EngineAccess;
import io.github.multus4j.testkit.internal.engine.PortCalls;
import io.github.multus4j.testkit.internal.state.World;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * EC2's network in memory, as strict as EC2: addresses, device indexes, limits, client tokens,
 * paging and clean-up obey EC2's rules, and calls that break one fail with EC2's code and message.
 * It starts empty; {@link #vpc} begins a world.
 *
 * <pre>{@code
 * FakeEc2Network ec2 = FakeEc2Network.strict();
 * FakeVpc vpc = ec2.vpc("10.0.0.0/16");
 * Subnet signalling = vpc.subnet("10.0.4.0/24", "us-east-1a");
 * Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus-ng", "true"));
 * }</pre>
 *
 * <p>It is both ports: {@link Ec2Network}, and {@link Ec2Addresses} for the addresses of existing
 * interfaces. Methods that build the world obey the same rules, but are not in the {@link
 * #journal()} and not subject to {@link #faults()} and throttling. Everything is deterministic, and
 * time stands still unless a call or the test moves it. Thread-safe: concurrent calls are atomic.
 */
public final class FakeEc2Network implements Ec2Network, Ec2Addresses {

    private static final String REGION = "us-east-1";

    static {
        EngineAccess.open(fake -> ((FakeEc2Network) fake).engine);
    }

    private final Ec2Engine engine;
    private final PortCalls port;
    private final OtherTenants otherTenants;
    private final FakeLifecycleActions autoScaling;
    private final Faults faults;
    private final Journal journal;
    private final Ec2Behaviour behaviour;

    private FakeEc2Network(Clock clock, Sleeper sleeper, String region, long seed) {
        this.engine = new Ec2Engine(new World(clock, sleeper, region, seed));
        this.port = new PortCalls(engine);
        this.otherTenants = new OtherTenants(engine);
        this.autoScaling = new FakeLifecycleActions(engine, port);
        this.faults = new Faults(engine.faults());
        this.journal = new Journal(engine.journal());
        this.behaviour = new Ec2Behaviour(engine.world().behaviour);
    }

    /**
     * A fake that keeps every rule, in Region us-east-1, on a {@link ManualTime}; the same at every
     * run.
     */
    public static FakeEc2Network strict() {
        return strict(1);
    }

    /** As {@link #strict()}, with other ids and other addresses of EC2's choice for each seed. */
    public static FakeEc2Network strict(long seed) {
        ManualTime time = new ManualTime();
        return new FakeEc2Network(time, time, REGION, seed);
    }

    /**
     * A fake that keeps every rule, on the caller's clock:
     * {@code strict(Clock.systemUTC(), Sleeper.SYSTEM)} is real time.
     */
    public static FakeEc2Network strict(Clock clock, Sleeper sleeper) {
        return strict(clock, sleeper, REGION);
    }

    /** As {@link #strict(Clock, Sleeper)}, in another Region. */
    public static FakeEc2Network strict(Clock clock, Sleeper sleeper, String region) {
        return new FakeEc2Network(clock, sleeper, region, 1);
    }

    /**
     * As {@link #strict(Clock, Sleeper)}, with other ids and other addresses of EC2's choice for
     * each seed.
     */
    public static FakeEc2Network strict(Clock clock, Sleeper sleeper, long seed) {
        return new FakeEc2Network(clock, sleeper, REGION, seed);
    }

    // The world of a test. Where others need an IPv4 address that a test does not name, they take
    // the highest one free.

    /** Makes a VPC with that IPv4 block and an IPv6 block of Amazon's. */
    public FakeVpc vpc(String ipv4Cidr) {
        return new FakeVpc(engine, engine.setUp(new CreateVpc(ipv4Cidr, true, null, Map.of())));
    }

    /** Makes a VPC with those blocks; the IPv6 one is of length /44 to /60 in steps of 4. */
    public FakeVpc vpc(String ipv4Cidr, String ipv6Cidr) {
        return new FakeVpc(engine, engine.setUp(new CreateVpc(ipv4Cidr, false, ipv6Cidr, Map.of())));
    }

    /**
     * Associates a security group with a VPC that is not its own: network interfaces in that VPC
     * may have the group from now on.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html">AssociateSecurityGroupVpc</a>
     */
    public void associate(SecurityGroup group, FakeVpc vpc) {
        engine.setUp(new AssociateSecurityGroupVpc(group.id(), vpc.id()));
    }

    /** Removes that association, which no interface of the VPC may use any more. */
    public void disassociate(SecurityGroup group, FakeVpc vpc) {
        engine.setUp(new DisassociateSecurityGroupVpc(group.id(), vpc.id()));
    }

    /** Sets a part of a subnet aside ({@code explicit}): EC2 does not choose addresses there. */
    public CidrReservation reserve(Subnet subnet, String cidr) {
        return reserve(subnet, cidr, "");
    }

    /** As {@link #reserve(Subnet, String)}, with a description. */
    public CidrReservation reserve(Subnet subnet, String cidr, String description) {
        return engine.setUp(new CreateSubnetCidrReservation(subnet.id(), cidr, "explicit", description, Map.of()));
    }

    /** Sets a part of a subnet aside for prefixes ({@code prefix}). */
    public CidrReservation reserveForPrefixes(Subnet subnet, String cidr) {
        return engine.setUp(new CreateSubnetCidrReservation(subnet.id(), cidr, "prefix", "", Map.of()));
    }

    /** Adds an instance type, or replaces it. */
    public void add(InstanceType type) {
        synchronized (engine.world()) {
            engine.world().types.add(type);
        }
    }

    /**
     * Another tenant takes the address, of either family, with an interface that is not attached.
     */
    public NetworkInterface occupy(Subnet subnet, String address) {
        return otherTenants.occupy(subnet, address);
    }

    /**
     * Another tenant takes the whole prefix, a /28 or in IPv6 a /80, with an interface that is not
     * attached.
     */
    public NetworkInterface occupyPrefix(Subnet subnet, String prefix) {
        return otherTenants.occupyPrefix(subnet, prefix);
    }

    /**
     * An AWS service takes the address with an interface that it manages: hidden unless requested.
     */
    public NetworkInterface occupyManaged(Subnet subnet, String address) {
        return otherTenants.occupyManaged(subnet, address);
    }

    /**
     * Another tenant attaches an interface at that index of network card 0, in the subnet of the
     * primary interface.
     */
    public NetworkInterface attachStranger(String instanceId, int deviceIndex) {
        return attachStranger(instanceId, deviceIndex, 0);
    }

    /**
     * Another tenant attaches an interface at that index of that network card, in the subnet of the
     * primary interface.
     */
    public NetworkInterface attachStranger(String instanceId, int deviceIndex, int networkCardIndex) {
        return otherTenants.attach(instanceId, deviceIndex, networkCardIndex);
    }

    /**
     * Terminates an instance: interfaces with DeleteOnTermination are deleted, others become
     * available.
     */
    public void terminate(String instanceId) {
        engine.setUp(new TerminateInstances(List.of(instanceId)));
    }

    /** Stops a running instance. */
    public void stop(String instanceId) {
        engine.setUp(new StopInstances(List.of(instanceId)));
    }

    /** Starts a stopped instance. */
    public void start(String instanceId) {
        engine.setUp(new StartInstances(List.of(instanceId)));
    }

    /**
     * Other callers of the account use up EC2's tokens for that action. Its calls are refused until
     * one token has come back. Without effect unless {@link Ec2Behaviour#throttling} is on.
     *
     * @throws IllegalArgumentException if it is an action of EC2 Auto Scaling's, which the fake
     *     does not throttle
     */
    public void drain(Action action) {
        engine.drain(action);
    }

    /**
     * All network interfaces as they are now: managed ones, and those that calls do not see yet,
     * included.
     */
    public List<NetworkInterface> interfaces() {
        return otherTenants.interfaces();
    }

    /**
     * The instance as it is now, also if calls do not see it yet.
     *
     * @throws IllegalArgumentException if there is none with that id
     */
    public Instance instance(String instanceId) {
        return otherTenants.instance(instanceId);
    }

    // The state of the fake, its settings and its parts.

    /** The planned faults. */
    public Faults faults() {
        return faults;
    }

    /** Optional behaviour of EC2: delays, throttling, empty pages, limits. */
    public Ec2Behaviour behaviour() {
        return behaviour;
    }

    /** The calls made so far. */
    public Journal journal() {
        return journal;
    }

    /** EC2 Auto Scaling, as far as lifecycle actions are concerned. */
    public FakeLifecycleActions autoScaling() {
        return autoScaling;
    }

    /**
     * The time of this fake, for the code under test. Each thread that sleeps moves
     * it. With {@code executor(Runnable::run)} a run has one thread, and takes the same time at
     * every run of a test.
     *
     * @throws IllegalStateException if the fake was given another clock
     */
    public ManualTime time() {
        if (clock() instanceof ManualTime time) {
            return time;
        }
        throw new IllegalStateException("this fake runs on " + clock() + ", not on manual time");
    }

    /** The clock of this fake. */
    public Clock clock() {
        return engine.world().clock();
    }

    /** The engine that answers the calls. */
    Ec2Engine engine() {
        return engine;
    }

    // The ports.

    @Override
    public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
        return port.describeInstances(filters, deadline);
    }

    @Override
    public List<Subnet> describeSubnets(List<Filter> filters, Deadline deadline) {
        return port.describeSubnets(filters, deadline);
    }

    @Override
    public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
        return port.describeNetworkInterfaces(filters, deadline);
    }

    @Override
    public List<CidrReservation> getSubnetCidrReservations(String subnetId, Deadline deadline) {
        return port.getSubnetCidrReservations(subnetId, deadline);
    }

    @Override
    public List<SecurityGroup> describeSecurityGroups(List<Filter> filters, Deadline deadline) {
        return port.describeSecurityGroups(filters, deadline);
    }

    @Override
    public Optional<List<SecurityGroup.VpcAssociation>> describeSecurityGroupVpcAssociations(
            List<Filter> filters, Deadline deadline) {
        return Optional.of(port.describeSecurityGroupVpcAssociations(filters, deadline));
    }

    @Override
    public Optional<InstanceType> describeInstanceType(String name, Deadline deadline) {
        return port.describeInstanceType(name, deadline);
    }

    @Override
    public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
        return port.createNetworkInterface(request, deadline);
    }

    @Override
    public String attachNetworkInterface(
            String networkInterfaceId, String instanceId, int deviceIndex, int networkCardIndex, Deadline deadline) {
        return port.attachNetworkInterface(networkInterfaceId, instanceId, deviceIndex, networkCardIndex, deadline);
    }

    @Override
    public void modifySourceDestCheck(String networkInterfaceId, boolean enabled, Deadline deadline) {
        port.modifySourceDestCheck(networkInterfaceId, enabled, deadline);
    }

    @Override
    public void modifyDeleteOnTermination(
            String networkInterfaceId, String attachmentId, boolean deleteOnTermination, Deadline deadline) {
        port.modifyDeleteOnTermination(networkInterfaceId, attachmentId, deleteOnTermination, deadline);
    }

    @Override
    public void createTags(String resourceId, Map<String, String> tags, Deadline deadline) {
        port.createTags(resourceId, tags, deadline);
    }

    @Override
    public void detachNetworkInterface(String attachmentId, Deadline deadline) {
        port.detachNetworkInterface(attachmentId, deadline);
    }

    @Override
    public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
        port.deleteNetworkInterface(networkInterfaceId, deadline);
    }

    @Override
    public AddressList assignPrivateIpAddresses(
            String networkInterfaceId, AddressList ipv4, boolean allowReassignment, Deadline deadline) {
        return port.assignPrivateIpAddresses(networkInterfaceId, ipv4, allowReassignment, deadline);
    }

    @Override
    public void unassignPrivateIpAddresses(String networkInterfaceId, AddressList ipv4, Deadline deadline) {
        port.unassignPrivateIpAddresses(networkInterfaceId, ipv4, deadline);
    }

    @Override
    public AddressList assignIpv6Addresses(String networkInterfaceId, AddressList ipv6, Deadline deadline) {
        return port.assignIpv6Addresses(networkInterfaceId, ipv6, deadline);
    }

    @Override
    public AddressList unassignIpv6Addresses(String networkInterfaceId, AddressList ipv6, Deadline deadline) {
        return port.unassignIpv6Addresses(networkInterfaceId, ipv6, deadline);
    }
}
