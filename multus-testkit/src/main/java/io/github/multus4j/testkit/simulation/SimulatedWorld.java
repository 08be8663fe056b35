package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The world of one history at its start: a VPC, Multus subnets, the configuration of the nodes, and
 * the nodes.
 */
final class SimulatedWorld {

    static final String ZONE = "us-east-1a";
    static final String OTHER_ZONE = "us-east-1b";
    static final String TRIGGER = "multus-ng";
    static final String GROUP = "node-group";
    static final String OUR_HOOK = "multus-hook";

    /**
     * A node that launches.
     *
     * @param action the lifecycle action that waits for it
     */
    record Node(String id, String zone, boolean isForUs, LifecycleAction action) {}

    final VirtualTime time;
    final FakeEc2Network ec2;
    final FakeVpc vpc;
    final List<Node> nodes = new ArrayList<>();
    final Map<String, Subnet> subnets = new HashMap<>();
    final Map<String, List<CidrReservation>> reservations = new HashMap<>();
    private final Set<String> notForUs = new LinkedHashSet<>();

    SimulatedWorld(VirtualTime time, long seed) {
        this.time = time;
        this.ec2 = FakeEc2Network.strict(time, time, seed);
        this.vpc = ec2.vpc("10.0.0.0/16");
        // Another tenant's instance in each zone.
        vpc.launch("m5.large", ZONE, Map.of());
        vpc.launch("m5.large", OTHER_ZONE, Map.of());
    }

    Subnet multusSubnet(Subnet subnet) {
        subnets.put(subnet.id(), subnet);
        return subnet;
    }

    void reserve(Subnet subnet, String cidr) {
        reservations.computeIfAbsent(subnet.id(), id -> new ArrayList<>()).add(ec2.reserve(subnet, cidr));
    }

    /** A node launches and waits for its lifecycle hook. */
    Node launch(String type, String zone, Duration pending, boolean isForUs, String hook) {
        return launch(type, zone, pending, isForUs ? TRIGGER : "other", hook);
    }

    /** A node with that tag launches; it is not for us if the tag is no trigger. */
    Node launch(String type, String zone, Duration pending, String tag, String hook) {
        boolean isForUs = tag.startsWith(TRIGGER);
        Instance instance = vpc.launchPending(type, zone, Map.of(tag, "true"), pending);
        LifecycleAction action = ec2.autoScaling().waiting(GROUP, hook, instance.id());
        Node node = new Node(instance.id(), zone, isForUs, action);
        nodes.add(node);
        if (!isForUs) {
            notForUs.add(node.id());
        }
        return node;
    }

    /** The expected number of Multus interfaces of a node. */
    int expectedInterfaces(Node node, NodeGroupSpec spec) {
        return spec.subnets()
                .select(ec2.instance(node.id()), List.copyOf(subnets.values()))
                .size();
    }

    /**
     * Whether the node can have all its interfaces: its type allows so many, and each subnet has a
     * free address for a missing one.
     */
    boolean hasRoomFor(Node node, NodeGroupSpec spec) {
        Instance instance = ec2.instance(node.id());
        List<NetworkInterface> all = ec2.interfaces();
        List<NetworkInterface> here =
                all.stream().filter(i -> i.isAttachedTo(node.id())).toList();
        long others = here.stream().filter(i -> !isFor(i, node)).count();
        int most = ec2.describeInstanceType(instance.type(), Deadline.in(Duration.ofMinutes(1), time))
                .orElseThrow()
                .maximumNetworkInterfaces();
        return others + expectedInterfaces(node, spec) <= most
                && spec.subnets().select(instance, List.copyOf(subnets.values())).stream()
                        .allMatch(subnet -> all.stream()
                                        .anyMatch(i ->
                                                isFor(i, node) && i.subnetId().equals(subnet.id()))
                                || hasFreeAddress(subnet, all));
    }

    private boolean hasFreeAddress(Subnet subnet, List<NetworkInterface> all) {
        AddressSet used = NetworkInterface.addressesInUse(subnet.id(), all);
        List<CidrReservation> reserved = reservations.getOrDefault(subnet.id(), List.of());
        return subnet.cidrs().stream()
                .allMatch(block -> AddressAllocation.lowestFree()
                        .next(block, used, reserved)
                        .isPresent());
    }

    private static boolean isFor(NetworkInterface candidate, Node node) {
        return node.id().equals(candidate.tags().get(OwnerTags.INSTANCE_ID));
    }

    HistoryCheck check(History history, Duration staleness) {
        return new HistoryCheck(ec2, history, subnets, reservations, notForUs, staleness);
    }

    @Override
    public String toString() {
        return nodes.size() + " nodes; subnets: "
                + subnets.values().stream()
                        .map(subnet -> subnet.id() + " " + subnet.cidrs() + " in " + subnet.zone())
                        .sorted()
                        .collect(Collectors.joining(", "))
                + "; reservations: "
                + reservations.values().stream()
                        .flatMap(List::stream)
                        .map(reservation -> reservation.cidr().toString())
                        .sorted()
                        .toList();
    }
}
