package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.simulation.SimulatedWorld.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/**
 * A random history that follows from its seed alone: the world, the faults, the times and numbers
 * of events, other tenants, terminated instances.
 */
final class RandomHistory {

    private static final List<Duration> TIMEOUTS =
            List.of(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(3));
    private static final List<String> TYPES =
            List.of("m5.4xlarge", "m5.4xlarge", "m5.4xlarge", "m5.xlarge", "m5.large");

    private final long seed;
    private final SplittableRandom random;
    private final SimulatedWorld world;
    private final Duration timeout;

    private RandomHistory(long seed, Executor threads) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.world = new SimulatedWorld(new VirtualTime(threads), random.nextLong());
        this.timeout = pick(TIMEOUTS);
    }

    static Verdict play(long seed, EventHandler.Program program, Executor threads) {
        return new RandomHistory(seed, threads).play(program);
    }

    private Verdict play(EventHandler.Program program) {
        Duration lag = Duration.ofMillis(pick(List.of(0, 0, 500, 1500)));
        Duration visibleAfter = Duration.ofMillis(pick(List.of(0, 200, 1000, 4000)));
        NodeGroupSpec spec = spec();
        double trouble = pick(List.of(0.0, 0.02, 0.05, 0.1, 0.2));
        FaultModel faultModel = new RandomFaultModel(random.split(), trouble, pick(List.of(50, 300, 900)));
        int nodes = pick(List.of(1, 1, 1, 2, 2, 3, 5));
        List<Node> launched = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            String zone = random.nextInt(4) == 0 ? SimulatedWorld.OTHER_ZONE : SimulatedWorld.ZONE;
            Duration pending = Duration.ofMillis(random.nextInt(8000));
            String hook = random.nextBoolean() ? SimulatedWorld.OUR_HOOK : "Launch-LC-Hook";
            launched.add(world.launch(pick(TYPES), zone, pending, random.nextInt(10) > 0, hook));
        }
        world.ec2
                .behaviour()
                .newThingsVisibleAfter(visibleAfter)
                .throttling(true)
                .attachingTakes(Duration.ofMillis(random.nextInt(3000)))
                .detachingTakes(Duration.ofMillis(random.nextInt(5000)))
                .endingTakes(Duration.ofMillis(random.nextInt(20_000)));
        if (!lag.isZero()) {
            world.ec2.behaviour().readsLag(new ReadLag(random.split(), lag));
        }
        Optional<LastingFailure> lasting = LastingFailure.of(seed);
        SimulationRun run = new SimulationRun(
                world,
                spec,
                program,
                lasting.<FaultModel>map(failure -> failure).orElse(faultModel),
                ReadLag.longest(lag).plus(visibleAfter),
                random.split());
        lasting.ifPresent(failure -> run.healsWithin(LastingFailure.HEALED_WITHIN));
        launched.forEach(node -> live(run, node));
        if (random.nextInt(8) == 0) {
            run.sweep(Duration.ofMillis(random.nextInt(90_000)), done -> {});
        }
        return run.end(String.valueOf(seed));
    }

    private NodeGroupSpec spec() {
        int subnets = 1 + random.nextInt(3);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2 * subnets; i++) {
            String zone = i < subnets ? SimulatedWorld.ZONE : SimulatedWorld.OTHER_ZONE;
            String block = "10.0." + (i + 1) + (random.nextInt(3) == 0 ? ".0/28" : ".0/24");
            boolean dualStack = random.nextInt(4) == 0;
            Subnet subnet = world.multusSubnet(
                    dualStack ? world.vpc.dualStackSubnet(block, zone) : world.vpc.subnet(block, zone));
            ids.add(subnet.id());
            int taken = random.nextInt(4);
            for (int address = 0; address < taken; address++) {
                world.ec2.occupy(subnet, "10.0." + (i + 1) + "." + (4 + 2 * address));
            }
            if (random.nextInt(5) == 0) {
                world.reserve(subnet, "10.0." + (i + 1) + ".8/30");
            }
        }
        return NodeGroupSpec.builder()
                .trigger(SimulatedWorld.TRIGGER)
                .subnets(ids.toArray(String[]::new))
                .securityGroups(
                        SecurityGroups.shared(world.vpc.defaultSecurityGroup().id()))
                .addressing(random.nextInt(3) == 0 ? Addressing.chosenByEc2() : Addressing.lowestFree())
                .onFailure(random.nextInt(3) == 0 ? OnFailure.KEEP : OnFailure.ROLL_BACK)
                .hooks(SimulatedWorld.OUR_HOOK)
                .build();
    }

    /**
     * The life of one node: its event once or more often, at once or later, and again after a
     * failure; other tenants; its end.
     */
    private void live(SimulationRun run, Node node) {
        Duration launch = Duration.ofMillis(random.nextInt(10_000));
        int events = pick(List.of(1, 1, 1, 2, 2, 3));
        for (int i = 0; i < events; i++) {
            Duration later = Duration.ofMillis(i == 0 ? 0 : random.nextInt(pick(List.of(1, 3_000, 60_000))));
            deliver(run, node, launch.plus(later), 2);
        }
        int otherTenants = random.nextInt(3);
        for (int i = 0; i < otherTenants; i++) {
            others(run, node, Duration.ofMillis(random.nextInt(30_000)));
        }
        if (random.nextInt(10) == 0) {
            Action action = pick(List.of(
                    Action.CREATE_NETWORK_INTERFACE,
                    Action.ATTACH_NETWORK_INTERFACE,
                    Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
                    Action.DELETE_NETWORK_INTERFACE,
                    Action.DETACH_NETWORK_INTERFACE,
                    Action.DESCRIBE_NETWORK_INTERFACES));
            run.others(
                    Duration.ofMillis(random.nextInt(30_000)),
                    "the account's tokens for " + action + " are used up",
                    () -> world.ec2.drain(action));
        }
        if (random.nextInt(8) == 0) {
            run.others(
                    Duration.ofMillis(random.nextInt(60_000)),
                    node.id() + " is terminated",
                    () -> world.ec2.terminate(node.id()));
        }
        if (random.nextInt(12) == 0) {
            run.deliver(
                    launch.plusSeconds(random.nextInt(100)),
                    node,
                    "return from the warm pool",
                    world.ec2.autoScaling().launchEvent(node.action(), "WarmPool", "AutoScalingGroup"),
                    timeout,
                    true,
                    delivery -> {});
        }
    }

    /** As Lambda does: two more attempts after a failure, after one minute and after two. */
    private void deliver(SimulationRun run, Node node, Duration in, int retries) {
        boolean warm = random.nextBoolean();
        boolean interrupt = random.nextInt(40) == 0;
        Duration interruptAfter = Duration.ofMillis(random.nextInt(10_000));
        run.deliver(in, node, timeout, warm, delivery -> {
            if (delivery.hasFailed() && retries > 0) {
                deliver(run, node, Duration.ofMinutes(3 - retries), retries - 1);
            }
        });
        if (interrupt) {
            run.interrupt(in.plus(interruptAfter), node);
        }
    }

    private void others(SimulationRun run, Node node, Duration in) {
        int index = 1 + random.nextInt(3);
        List<Subnet> subnets = List.copyOf(world.subnets.values());
        Subnet subnet = subnets.get(random.nextInt(subnets.size()));
        boolean takeAddress = random.nextBoolean();
        int host = 4 + random.nextInt(8);
        if (takeAddress) {
            run.others(in, "somebody takes address " + host + " of " + subnet.id(), () -> {
                String network = subnet.cidrs().get(0).first().toString();
                String address = network.substring(0, network.lastIndexOf('.') + 1) + host;
                run.madeByOthers(world.ec2.occupy(subnet, address).id());
            });
        } else {
            run.others(
                    in,
                    "somebody attaches at index " + index + " of " + node.id(),
                    () -> run.madeByOthers(
                            world.ec2.attachStranger(node.id(), index).id()));
        }
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
