package io.github.multus4j.testkit.simulation;

import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.simulation.SimulatedWorld.Node;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One node in one zone, its launch event delivered twice, and certain failing calls. EC2 takes a
 * moment for everything: to show new resources, to attach, to detach.
 *
 * @param interfaces the number of Multus subnets of the zone
 * @param onFailure the treatment of a failed run's interfaces
 * @param chosenByEc2 whether EC2 chooses the addresses; else the lowest free ones
 * @param faults the faults, by the number of the call
 */
record SmallHistory(int interfaces, OnFailure onFailure, boolean chosenByEc2, Map<Integer, Fate> faults) {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Pattern NAME =
            Pattern.compile("small (\\d+) (ROLL_BACK|KEEP) (lowest free|chosen by EC2)((?: \\d+:[A-Z_]+)*)");

    SmallHistory {
        faults = Map.copyOf(faults);
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static SmallHistory named(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the name of a history: " + name);
        }
        Map<Integer, Fate> faults = new TreeMap<>();
        for (String fault : matcher.group(4).strip().split(" ", -1)) {
            if (!fault.isEmpty()) {
                String[] parts = fault.split(":", -1);
                faults.put(Integer.valueOf(parts[0]), Fate.valueOf(parts[1]));
            }
        }
        return new SmallHistory(
                Integer.parseInt(matcher.group(1)),
                OnFailure.valueOf(matcher.group(2)),
                matcher.group(3).equals("chosen by EC2"),
                faults);
    }

    SmallHistory with(int call, Fate fate) {
        Map<Integer, Fate> more = new TreeMap<>(faults);
        more.put(call, fate);
        return new SmallHistory(interfaces, onFailure, chosenByEc2, more);
    }

    /** The verdict, and the calls of the history. */
    record Played(Verdict verdict, Map<Integer, Action> calls) {}

    Played play(EventHandler.Program program, Executor threads) {
        SimulatedWorld world = new SimulatedWorld(new VirtualTime(threads), 1);
        String[] ids = new String[interfaces];
        for (int i = 0; i < interfaces; i++) {
            ids[i] = world.multusSubnet(world.vpc.subnet("10.0." + (i + 1) + ".0/24", SimulatedWorld.ZONE))
                    .id();
        }
        Node node = world.launch("m5.4xlarge", SimulatedWorld.ZONE, Duration.ZERO, true, "Launch-LC-Hook");
        world.ec2
                .behaviour()
                .newThingsVisibleAfter(Duration.ofMillis(300))
                .attachingTakes(Duration.ofMillis(500))
                .detachingTakes(Duration.ofMillis(700));
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger(SimulatedWorld.TRIGGER)
                .subnets(ids)
                .securityGroups(
                        SecurityGroups.shared(world.vpc.defaultSecurityGroup().id()))
                .addressing(chosenByEc2 ? Addressing.chosenByEc2() : Addressing.lowestFree())
                .onFailure(onFailure)
                .build();
        Map<Integer, Action> calls = new TreeMap<>();
        SimulationRun run = new SimulationRun(
                world, spec, program, faultModel(calls), Duration.ofMillis(300), new SplittableRandom(1));
        run.deliver(Duration.ofSeconds(2), node, TIMEOUT, false, first -> {
            run.checkReadyUnlessDisturbed(first);
            run.deliver(Duration.ofSeconds(1), node, TIMEOUT, false, run::checkReadyUnlessDisturbed);
        });
        return new Played(run.end(toString()), calls);
    }

    private FaultModel faultModel(Map<Integer, Action> calls) {
        return (number, action) -> {
            calls.put(number, action);
            return faults.getOrDefault(number, Fate.ANSWERED);
        };
    }

    /** The name for a replay. */
    @Override
    public String toString() {
        return "small " + interfaces + " " + onFailure + (chosenByEc2 ? " chosen by EC2" : " lowest free")
                + new TreeMap<>(faults)
                        .entrySet().stream()
                                .map(fault -> " " + fault.getKey() + ":" + fault.getValue())
                                .collect(Collectors.joining());
    }
}
