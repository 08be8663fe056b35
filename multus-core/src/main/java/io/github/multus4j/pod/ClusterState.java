package io.github.multus4j.pod;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.AddressSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that decides about addresses without a Pod, in a cluster.
 *
 * @param nodes the names of the cluster's nodes, by instance id
 * @param interfaces the interfaces of these instances; others are left alone
 * @param reservations the CIDR reservations of their subnets
 * @param pods the claims of all living Pods of the cluster
 */
public record ClusterState(
        Map<String, String> nodes,
        List<NetworkInterface> interfaces,
        List<Subnet.CidrReservation> reservations,
        List<PodClaims> pods) {

    public ClusterState {
        nodes = Map.copyOf(nodes);
        interfaces = List.copyOf(interfaces);
        reservations = List.copyOf(reservations);
        pods = List.copyOf(pods);
    }

    /** The addresses that a living Pod claims, on any node and with any standing. */
    AddressSet claimed() {
        return AddressSet.builder()
                .addBlocks(pods.stream()
                        .flatMap(pod -> pod.claims().stream())
                        .map(Claim::block)
                        .toList())
                .build();
    }

    /** The nodes with a Pod whose claims are not all known. */
    Set<String> unclearNodes() {
        return pods.stream()
                .filter(pod -> !pod.isComplete())
                .map(PodClaims::node)
                .collect(Collectors.toSet());
    }
}
