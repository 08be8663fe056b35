package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.simulation.SimulatedWorld.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A storm in virtual time. */
final class SimulatedStorm {

    private static final String TYPE = "m5.4xlarge";
    private static final int MOST_STEPS = 20_000_000;
    private static final int REDELIVERIES = 2;
    private static final int LONGEST_DELAY_MILLIS = 20_000;

    private final Storm storm;
    private final SplittableRandom random;
    private final SimulatedWorld world;

    SimulatedStorm(Storm storm, Executor threads) {
        this.storm = storm;
        this.random = new SplittableRandom(~storm.seed());
        this.world = new SimulatedWorld(new VirtualTime(threads, MOST_STEPS), random.nextLong());
    }

    StormReport play(EventHandler.Program program) {
        List<NodeGroupSpec> specs = new ArrayList<>();
        String[] subnetIds = subnets();
        for (int group = 0; group < storm.nodeGroups(); group++) {
            specs.add(spec(trigger(group), subnetIds));
        }
        world.ec2.behaviour().throttling(true);
        if (!storm.readLag().isZero()) {
            world.ec2.behaviour().readsLag(storm.readLags());
        }
        SimulationRun run = new SimulationRun(
                world,
                specs.get(0),
                program,
                new StormFaultModel(storm.latencies()),
                ReadLag.longest(storm.readLag()),
                random.split());
        Instant start = world.time.instant();
        List<Duration> launches = storm.launches();
        for (int i = 0; i < launches.size(); i++) {
            int number = i + 1;
            world.time.in(launches.get(i), () -> launch(run, number, specs));
        }
        List<StormReport.Run> runs = run.playOut().stream()
                .sorted(Comparator.comparing(delivery -> ended(delivery)))
                .map(delivery ->
                        new StormReport.Run(delivery.instanceId, start.plus(ended(delivery)), delivery.outcome))
                .toList();
        List<String> nodes = world.nodes.stream().map(Node::id).toList();
        return StormReport.of(
                storm, start, world.ec2, world.subnets.values(), nodes, runs, run.broken(mayBeLeft(runs)));
    }

    private static Duration ended(Delivery delivery) {
        Duration ended = delivery.ended;
        return ended == null ? delivery.deadline : ended;
    }

    /** The interfaces that failed runs have named. */
    private List<String> mayBeLeft(List<StormReport.Run> runs) {
        List<Leftover> named = runs.stream()
                .map(StormReport.Run::outcome)
                .filter(Outcome.Failed.class::isInstance)
                .flatMap(outcome -> ((Outcome.Failed) outcome).leftovers().stream())
                .toList();
        return world.ec2.interfaces().stream()
                .filter(i -> i.tags().containsKey(OwnerTags.INSTANCE_ID))
                .filter(i -> HistoryCheck.isNamed(i, named))
                .map(NetworkInterface::id)
                .toList();
    }

    private String[] subnets() {
        List<String> ids = new ArrayList<>();
        for (int zone = 0; zone < storm.zones(); zone++) {
            for (int i = 0; i < storm.interfaces(); i++) {
                String block = "10.0." + 4 * ids.size() + ".0/" + storm.prefixLength();
                String name = zone(zone);
                Subnet subnet = switch (storm.family()) {
                    case IPV4 -> world.vpc.subnet(block, name);
                    case DUAL_STACK -> world.vpc.dualStackSubnet(block, name);
                    case IPV6_ONLY -> world.vpc.ipv6OnlySubnet(name);
                };
                ids.add(world.multusSubnet(subnet).id());
            }
        }
        return ids.toArray(String[]::new);
    }

    private static String zone(int number) {
        return number == 0 ? SimulatedWorld.ZONE : SimulatedWorld.OTHER_ZONE;
    }

    private static String trigger(int group) {
        return group == 0 ? SimulatedWorld.TRIGGER : SimulatedWorld.TRIGGER + "-" + (group + 1);
    }

    private NodeGroupSpec spec(String trigger, String[] subnetIds) {
        return NodeGroupSpec.builder()
                .trigger(trigger)
                .subnets(subnetIds)
                .securityGroups(
                        SecurityGroups.shared(world.vpc.defaultSecurityGroup().id()))
                .addressing(storm.addressing())
                .onFailure(storm.onFailure())
                .build();
    }

    private void launch(SimulationRun run, int number, List<NodeGroupSpec> specs) {
        int group = number % specs.size();
        Node node = world.launch(
                TYPE, zone(number / specs.size() % storm.zones()), Duration.ZERO, trigger(group), "Launch-LC-Hook");
        NodeGroupSpec spec = specs.get(group);
        deliver(run, storm.eventDelay(), node, spec, REDELIVERIES);
        if (number % storm.redeliveredEvery() == 0) {
            deliver(run, storm.eventDelay().plus(randomDelay()), node, spec, REDELIVERIES);
        }
        if (number % storm.dyingEvery() == 0) {
            run.others(
                    storm.eventDelay().plus(randomDelay()),
                    node.id() + " is terminated",
                    () -> world.ec2.terminate(node.id()));
        }
    }

    private Duration randomDelay() {
        return Duration.ofMillis(random.nextInt(LONGEST_DELAY_MILLIS));
    }

    /** As Lambda does: two more attempts after a failure, after one minute and after two. */
    private void deliver(SimulationRun run, Duration in, Node node, NodeGroupSpec spec, int retries) {
        run.deliver(in, node, spec, storm.inOneProcess(), storm.timeout(), delivery -> {
            if (delivery.hasFailed() && retries > 0) {
                deliver(run, Duration.ofMinutes(1 + REDELIVERIES - retries), node, spec, retries - 1);
            }
        });
    }

    /** No faults; calls take as long as EC2's. */
    private record StormFaultModel(Function<Action, Duration> latencies) implements FaultModel {

        @Override
        public Fate fate(int number, Action action) {
            return Fate.ANSWERED;
        }

        @Override
        public Duration roundTrip(Action action) {
            return latencies.apply(action);
        }
    }
}
