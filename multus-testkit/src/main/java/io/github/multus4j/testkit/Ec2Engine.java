package io.github.multus4j.testkit;

/**
 * All of the fake's behaviour, split by noun over one {@link World}. The port and the HTTP endpoint call it in the same way, with a request
 * record; one lock makes each call atomic.
 */
final class Ec2Engine {

    private final World world;
    private final Vpcs vpcs;
    private final Subnets subnets;
    private final Reservations reservations;
    private final SecurityGroups securityGroups;
    private final Instances instances;
    private final NetworkInterfaces networkInterfaces;
    private final Attachments attachments;
    private final Addresses addresses;
    private final Tags tags;
    private final InstanceTypes instanceTypes;
    private final Zones zones;
    private final AutoScalingGroups autoScalingGroups;
    private final LifecycleHooks lifecycleHooks;

    Ec2Engine(World world) {
        this.world = world;
        this.vpcs = new Vpcs(world);
        this.subnets = new Subnets(world);
        this.reservations = new Reservations(world);
        this.securityGroups = new SecurityGroups(world);
        this.instances = new Instances(world);
        this.networkInterfaces = new NetworkInterfaces(world);
        this.attachments = new Attachments(world);
        this.addresses = new Addresses(world);
        this.tags = new Tags(world);
        this.instanceTypes = new InstanceTypes(world);
        this.zones = new Zones(world);
        this.autoScalingGroups = new AutoScalingGroups(world);
        this.lifecycleHooks = new LifecycleHooks(world);
    }

    /**
     * A call as a client makes it: throttled, subject to faults, written to the journal.
     *
     * @throws Ec2Error if EC2 refuses it
     * @throws LostResponse if it took effect and the answer is to be lost
     */
    <R> R call(Ec2Request<R> request) {
        return setUp(request);
    }

    /** A call that builds the world of a test: the same rules, but neither throttled, nor subject to faults, nor in the journal. */
    <R> R setUp(Ec2Request<R> request) {
        synchronized (world) {
            return request.on(this);
        }
    }

    World world() {
        return world;
    }

    Vpcs vpcs() {
        return vpcs;
    }

    Subnets subnets() {
        return subnets;
    }

    Reservations reservations() {
        return reservations;
    }

    SecurityGroups securityGroups() {
        return securityGroups;
    }

    Instances instances() {
        return instances;
    }

    NetworkInterfaces networkInterfaces() {
        return networkInterfaces;
    }

    Attachments attachments() {
        return attachments;
    }

    Addresses addresses() {
        return addresses;
    }

    Tags tags() {
        return tags;
    }

    InstanceTypes instanceTypes() {
        return instanceTypes;
    }

    Zones zones() {
        return zones;
    }

    AutoScalingGroups autoScalingGroups() {
        return autoScalingGroups;
    }

    LifecycleHooks lifecycleHooks() {
        return lifecycleHooks;
    }
}
