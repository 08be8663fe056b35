package io.github.multus4j.internal.sweep;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.internal.plan.Planner;
import io.github.multus4j.internal.plan.Selection;
import io.github.multus4j.internal.plan.Selector;
import io.github.multus4j.internal.policy.CheckedPolicies;
import io.github.multus4j.internal.policy.PolicyCalls;
import io.github.multus4j.internal.policy.PolicyException;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.SweepReport.Fate;
import io.github.multus4j.result.SweepReport.Lack;
import io.github.multus4j.result.SweepReport.Leak;
import io.github.multus4j.result.SweepReport.UnreadyNode;
import io.github.multus4j.result.SweepScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Scans a scope. The number of calls does not depend on the number of nodes, apart from pages. */
final class SweepScan {

    private final Ec2Network ec2;
    private final SweepScope scope;
    private final NodeGroupSpec spec;
    private final Deadline deadline;

    SweepScan(Ec2Network ec2, SweepScope scope, NodeGroupSpec spec, PolicyCalls policies, Deadline deadline) {
        this.ec2 = ec2;
        this.scope = scope;
        this.spec = CheckedPolicies.of(spec, policies);
        this.deadline = deadline;
    }

    ScanResult scan() {
        List<Leak> leaks = leaks();
        List<Instance> nodes = nodes();
        List<Filter> filters;
        try {
            filters = nodes.isEmpty() ? List.of() : spec.subnets().filters();
        } catch (PolicyException e) {
            return new ScanResult(leaks, List.of(), blockedBy(e, nodes), List.of(), Map.of());
        }
        List<Subnet> subnets = nodes.isEmpty() ? List.of() : ec2.describeSubnets(filters, deadline);
        Map<String, ScanResult.Node> chosen = new TreeMap<>();
        List<UnreadyNode> blocked = new ArrayList<>();
        for (Instance node : nodes) {
            Selection.Choice choice = Selector.select(spec, node, subnets);
            if (choice instanceof Selection.Choice.Selected selected) {
                chosen.put(node.id(), new ScanResult.Node(node, selected.selection()));
            } else if (((Selection.Choice.Settled) choice).plan() instanceof Plan.Blocked plan) {
                blocked.add(new UnreadyNode(node.id(), node.zone(), List.of(), Fate.BLOCKED, "", plan, null));
            }
        }
        List<String> warnings = new ArrayList<>(chosen.values().stream()
                .flatMap(node -> node.selection().warnings().stream())
                .distinct()
                .sorted()
                .toList());
        Map<String, List<NetworkInterface>> interfaces = interfaces(chosen);
        chosen.forEach((id, node) -> Planner.indexWarning(
                        spec, node.instance(), node.selection(), interfaces.getOrDefault(id, List.of()))
                .ifPresent(warnings::add));
        return new ScanResult(leaks, lacking(chosen, interfaces), blocked, warnings, chosen);
    }

    /** Without the filters no subnet is known, so no node can be checked. */
    private static List<UnreadyNode> blockedBy(PolicyException failure, List<Instance> nodes) {
        return nodes.stream()
                .map(node -> new UnreadyNode(
                        node.id(),
                        node.zone(),
                        List.of(),
                        Fate.BLOCKED,
                        "",
                        new Plan.Blocked(node.id(), List.of(failure.finding())),
                        null))
                .toList();
    }

    /**
     * Reads interfaces first and their owners after them: an instance is always older than its
     * interfaces.
     */
    private List<Leak> leaks() {
        List<NetworkInterface> loose = ec2
                .describeNetworkInterfaces(
                        scope.with(OwnerTags.anyNamedOwner(), Filter.of("status", "available")), deadline)
                .stream()
                .filter(i -> i.attachment() == null && ownerOf(i).isPresent())
                .sorted(Comparator.comparing(NetworkInterface::id))
                .toList();
        if (loose.isEmpty()) {
            return List.of();
        }
        Map<String, Instance> owners =
                ec2.describeInstances(List.of(Filter.of("instance-id", owners(loose))), deadline).stream()
                        .collect(Collectors.toMap(Instance::id, Function.identity(), (a, b) -> a));
        List<NetworkInterface> attached = attachedBeside(loose.stream()
                .filter(i -> ownerOf(i)
                        .map(owners::get)
                        .filter(o -> !o.state().isGoing())
                        .isPresent())
                .toList());
        List<Leak> leaks = new ArrayList<>();
        for (NetworkInterface suspect : loose) {
            String owner = ownerOf(suspect).orElseThrow();
            LeakRule.why(suspect, owner, owners.get(owner), attached)
                    .ifPresent(
                            why -> leaks.add(new Leak(suspect.id(), suspect.subnetId(), owner, why, Fate.FOUND, "")));
        }
        return leaks;
    }

    private static Optional<String> ownerOf(NetworkInterface networkInterface) {
        return OwnerTags.ownerOf(networkInterface.tags());
    }

    private static Set<String> owners(Collection<NetworkInterface> interfaces) {
        return interfaces.stream().flatMap(i -> ownerOf(i).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The interfaces of the same owners in the same subnets. */
    private List<NetworkInterface> attachedBeside(List<NetworkInterface> loose) {
        if (loose.isEmpty()) {
            return List.of();
        }
        Set<String> subnets = loose.stream().map(NetworkInterface::subnetId).collect(Collectors.toSet());
        return ec2.describeNetworkInterfaces(
                List.of(Filter.of("subnet-id", subnets), OwnerTags.namedOwnerIn(owners(loose))), deadline);
    }

    /** Running ones only: a stopped one, in a warm pool, is looked at when it runs. */
    private List<Instance> nodes() {
        return ec2
                .describeInstances(
                        scope.with(spec.requireTrigger().filter(), Filter.of("instance-state-name", "running")),
                        deadline)
                .stream()
                .sorted(Comparator.comparing(Instance::id))
                .toList();
    }

    /** The interfaces of the Multus subnets, by the instance that they concern. */
    private Map<String, List<NetworkInterface>> interfaces(Map<String, ScanResult.Node> nodes) {
        if (nodes.isEmpty()) {
            return Map.of();
        }
        Set<String> subnetIds = nodes.values().stream()
                .flatMap(node -> node.selection().subnetIds().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return byInstance(ec2.describeNetworkInterfaces(List.of(Filter.of("subnet-id", subnetIds)), deadline));
    }

    private List<UnreadyNode> lacking(
            Map<String, ScanResult.Node> nodes, Map<String, List<NetworkInterface>> interfaces) {
        List<UnreadyNode> lacking = new ArrayList<>();
        nodes.forEach((id, node) -> {
            List<Lack> lacks =
                    Planner.lacks(spec, node.instance(), node.selection(), interfaces.getOrDefault(id, List.of()));
            if (!lacks.isEmpty()) {
                lacking.add(new UnreadyNode(id, node.instance().zone(), lacks, Fate.FOUND, "", null, null));
            }
        });
        return lacking;
    }

    /** The interfaces that concern each instance: attached to it, or made for it. */
    private static Map<String, List<NetworkInterface>> byInstance(List<NetworkInterface> interfaces) {
        Map<String, List<NetworkInterface>> byInstance = new TreeMap<>();
        for (NetworkInterface each : interfaces) {
            Set<String> instances = new TreeSet<>();
            OwnerTags.namedOwner(each.tags()).ifPresent(instances::add);
            Optional.ofNullable(each.attachment()).ifPresent(a -> instances.add(a.instanceId()));
            instances.forEach(id ->
                    byInstance.computeIfAbsent(id, any -> new ArrayList<>()).add(each));
        }
        return byInstance;
    }
}
