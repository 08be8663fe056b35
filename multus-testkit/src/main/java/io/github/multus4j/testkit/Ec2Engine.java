package io.github.multus4j.testkit;

import io.github.multus4j.ec2.ErrorTable.Unanswered;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All of the fake's behaviour, split by noun over one {@link World}. The port and the HTTP endpoint call it in the same way, with a request
 * record; one lock makes each call atomic.
 */
final class Ec2Engine {

    private final World world;
    private final Faults faults = new Faults();
    private final Journal journal = new Journal();
    private final Throttle throttle;
    private final Vpcs vpcs;
    private final Subnets subnets;
    private final Reservations reservations;
    private final SecurityGroups securityGroups;
    private final Permissions permissions;
    private final GroupAssociations groupAssociations;
    private final RouteTables routeTables;
    private final Routes routes;
    private final InternetGateways internetGateways;
    private final Instances instances;
    private final InstanceStatuses instanceStatuses;
    private final AttributesOfInstances instanceAttributes;
    private final Images images;
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
        this.throttle = new Throttle(world.clock());
        this.vpcs = new Vpcs(world);
        this.subnets = new Subnets(world);
        this.reservations = new Reservations(world);
        this.securityGroups = new SecurityGroups(world);
        this.permissions = new Permissions(world);
        this.groupAssociations = new GroupAssociations(world);
        this.routeTables = new RouteTables(world);
        this.routes = new Routes(world);
        this.internetGateways = new InternetGateways(world);
        this.networkInterfaces = new NetworkInterfaces(world);
        this.attachments = new Attachments(world);
        this.instances = new Instances(world, new Launches(world, networkInterfaces, attachments));
        this.instanceStatuses = new InstanceStatuses(world);
        this.instanceAttributes = new AttributesOfInstances(world);
        this.images = new Images(world);
        this.addresses = new Addresses(world);
        this.tags = new Tags(world);
        this.instanceTypes = new InstanceTypes(world);
        this.zones = new Zones(world);
        this.lifecycleHooks = new LifecycleHooks(world, instances);
        this.autoScalingGroups = new AutoScalingGroups(world, lifecycleHooks);
    }

    /**
     * A call as a client makes it: throttled, subject to faults, written to the journal.
     *
     * @throws Ec2Error if EC2 refuses it
     * @throws LostResponse if it took effect and the answer is to be lost
     */
    <R> R call(Ec2Request<R> request) {
        Duration latency = world.behaviour.latency(request.action());
        pass(latency.dividedBy(2));
        try {
            return arrived(request);
        } finally {
            pass(latency.minus(latency.dividedBy(2)));
        }
    }

    private <R> R arrived(Ec2Request<R> request) {
        Map<String, String> parameters = Described.parameters(request);
        Action action = request.action();
        List<Fault> hits = faults.next(action);
        try {
            hits.forEach(fault -> pass(fault.delay()));
            hits.forEach(fault -> fault.before().run());
            if (world.behaviour.isThrottling()) {
                throttle.take(request);
            }
            for (Fault fault : hits) {
                Ec2Error refusal = fault.refusal();
                if (refusal != null) {
                    throw refusal;
                }
            }
            R answer = setUp(request);
            for (Fault fault : hits) {
                RuntimeException afterEffect = fault.afterEffect();
                if (afterEffect != null) {
                    throw afterEffect;
                }
            }
            journal.add(world.now(), action, parameters, "", Described.answer(answer));
            return answer;
        } catch (Ec2Error e) {
            journal.add(world.now(), action, parameters, e.code(), e.text());
            throw e;
        } catch (LostResponse e) {
            journal.add(world.now(), action, parameters, LostResponse.CODE, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void pass(Duration delay) {
        if (delay.isZero()) {
            return;
        }
        try {
            world.sleeper().sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ec2Error(Unanswered.INTERRUPTED, "interrupted before the call", 500, null);
        }
    }

    /** A call that builds the world of a test: the same rules, but neither throttled, nor subject to faults, nor in the journal. */
    <R> R setUp(Ec2Request<R> request) {
        synchronized (world) {
            settle();
            R answer = request.on(this);
            if (request.action().isMutating()) {
                settle();
            }
            return answer;
        }
    }

    /** Catches up with the clock; needs the lock. */
    void settle() {
        world.settle();
        lifecycleHooks.settle();
        world.settle();
        world.remember(world.now());
    }

    /** Forgets all that was made, what was called and what was to go wrong. */
    void reset() {
        synchronized (world) {
            world.clear();
            journal.clear();
            faults.clear();
        }
    }

    /** Leaves an action without tokens, see {@link Throttle}. */
    void drain(Action action) {
        throttle.drain(action);
    }

    World world() {
        return world;
    }

    Faults faults() {
        return faults;
    }

    Journal journal() {
        return journal;
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

    Permissions permissions() {
        return permissions;
    }

    GroupAssociations groupAssociations() {
        return groupAssociations;
    }

    RouteTables routeTables() {
        return routeTables;
    }

    Routes routes() {
        return routes;
    }

    InternetGateways internetGateways() {
        return internetGateways;
    }

    Instances instances() {
        return instances;
    }

    InstanceStatuses instanceStatuses() {
        return instanceStatuses;
    }

    AttributesOfInstances instanceAttributes() {
        return instanceAttributes;
    }

    Images images() {
        return images;
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
