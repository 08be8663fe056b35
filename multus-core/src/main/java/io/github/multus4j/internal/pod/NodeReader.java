package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.observe.FactCache;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.pod.Claim;
import io.github.multus4j.pod.NodePods;
import io.github.multus4j.pod.NodeState;
import io.github.multus4j.pod.NodeState.Holder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that decides about the addresses of a node's Pods: its interfaces and the holders of
 * claimed addresses, side by side. A prefix that is missing costs a second round, over the node's
 * subnets: EC2 has no filter for it. Subnets and limits are kept for five minutes.
 */
public final class NodeReader {

    private final Ec2Network ec2;
    private final FactCache<Subnet> subnets;
    private final ReservationReader reservations;
    private final FactCache<InstanceType> types;

    public NodeReader(Ec2Network ec2, ReservationReader reservations, Clock clock) {
        this.ec2 = ec2;
        this.subnets = new FactCache<>(clock, Timing.FACTS_TIME_TO_LIVE);
        this.reservations = reservations;
        this.types = new FactCache<>(clock, Timing.FACTS_TIME_TO_LIVE);
    }

    /** The present state of a node. */
    public NodeState read(Run run, NodePods node) {
        Deadline deadline = run.workDeadline();
        List<Claim> claims = node.pods().stream()
                .flatMap(pod -> pod.claims().stream())
                .filter(Claim::isActive)
                .toList();
        Supplier<List<NetworkInterface>> own =
                interfaces(run, "attachment.instance-id", List.of(node.instanceId()), deadline);
        Supplier<List<NetworkInterface>> ipv4 =
                interfaces(run, "addresses.private-ip-address", addresses(claims, true), deadline);
        Supplier<List<NetworkInterface>> ipv6 =
                interfaces(run, "ipv6-addresses.ipv6-address", addresses(claims, false), deadline);
        Supplier<@Nullable InstanceType> type = run.read(() -> typeOf(node.instanceId(), deadline));

        List<NetworkInterface> interfaces = own.get();
        List<String> subnetIds =
                interfaces.stream().map(NetworkInterface::subnetId).distinct().toList();
        List<Cidr> missing = claims.stream()
                .map(Claim::block)
                .filter(block -> interfaces.stream()
                        .noneMatch(each -> each.addresses().countAbsent(block).signum() == 0))
                .toList();
        boolean prefixMissing = missing.stream().anyMatch(block -> !block.isSingleAddress());
        Supplier<List<NetworkInterface>> inSubnets =
                interfaces(run, "subnet-id", prefixMissing ? subnetIds : List.of(), deadline);
        Supplier<List<Subnet>> known = subnets(run, subnetIds, deadline);
        List<Supplier<List<CidrReservation>>> reserved = subnetIds.stream()
                .map(id -> run.<List<CidrReservation>>read(() -> reservations.of(id, deadline)))
                .toList();
        return new NodeState(
                node.instanceId(),
                interfaces,
                known.get(),
                reserved.stream().flatMap(read -> read.get().stream()).toList(),
                type.get(),
                node.pods(),
                holders(node, interfaces, missing, Stream.of(ipv4, ipv6, inSubnets)));
    }

    private static List<String> addresses(List<Claim> claims, boolean ipv4) {
        return claims.stream()
                .filter(claim -> claim.block().isIpv4() == ipv4 && !claim.isPrefix())
                .map(Claim::address)
                .distinct()
                .toList();
    }

    private Supplier<List<NetworkInterface>> interfaces(
            Run run, String filter, List<String> values, Deadline deadline) {
        return values.isEmpty()
                ? List::of
                : run.read(() -> ec2.describeNetworkInterfaces(List.of(Filter.of(filter, values)), deadline));
    }

    /**
     * The interfaces of others with a missing block. Other VPCs may use the same addresses, so only
     * the node's own subnets count. Kubernetes is asked once for each node.
     */
    private static List<Holder> holders(
            NodePods node,
            List<NetworkInterface> own,
            List<Cidr> missing,
            Stream<Supplier<List<NetworkInterface>>> reads) {
        Set<String> ownIds = own.stream().map(NetworkInterface::id).collect(Collectors.toSet());
        Set<String> subnetIds = own.stream().map(NetworkInterface::subnetId).collect(Collectors.toSet());
        Map<String, NetworkInterface> others = new LinkedHashMap<>();
        reads.flatMap(read -> read.get().stream())
                .filter(each -> subnetIds.contains(each.subnetId()) && !ownIds.contains(each.id()))
                .filter(each -> missing.stream().anyMatch(block -> hasPartOf(each, block)))
                .forEach(each -> others.put(each.id(), each));
        Map<String, Optional<List<Claim>>> claims = new HashMap<>();
        return others.values().stream()
                .map(holder -> new Holder(holder, rivals(node, holder, claims)))
                .toList();
    }

    private static boolean hasPartOf(NetworkInterface networkInterface, Cidr block) {
        return networkInterface.addresses().countAbsent(block).compareTo(block.size()) < 0;
    }

    private static @Nullable List<Claim> rivals(
            NodePods node, NetworkInterface holder, Map<String, Optional<List<Claim>>> known) {
        if (holder.attachment() == null) {
            return List.of();
        }
        return known.computeIfAbsent(
                        holder.attachment().instanceId(),
                        id -> Optional.ofNullable(node.otherNodes().claimsOn(id)))
                .orElse(null);
    }

    private @Nullable InstanceType typeOf(String instanceId, Deadline deadline) {
        InstanceType known = types.get(instanceId);
        if (known == null) {
            known = Precaution.read(
                            () -> ec2.describeInstance(instanceId, deadline)
                                    .flatMap(instance -> ec2.describeInstanceType(instance.type(), deadline)),
                            Optional.<InstanceType>empty())
                    .orElse(null);
            if (known != null) {
                types.put(instanceId, known);
            }
        }
        return known;
    }

    private Supplier<List<Subnet>> subnets(Run run, List<String> ids, Deadline deadline) {
        List<String> unknown =
                ids.stream().filter(id -> subnets.get(id) == null).toList();
        Supplier<List<Subnet>> read = unknown.isEmpty()
                ? List::of
                : run.read(() -> ec2.describeSubnets(List.of(Filter.of("subnet-id", unknown)), deadline));
        return () -> {
            read.get().forEach(subnet -> subnets.put(subnet.id(), subnet));
            List<Subnet> all = new ArrayList<>();
            for (String id : ids) {
                Subnet subnet = subnets.get(id);
                if (subnet != null) {
                    all.add(subnet);
                }
            }
            return all;
        };
    }
}
