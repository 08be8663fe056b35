package io.github.multus4j.pod;

import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that decides about the addresses of a node's Pods.
 *
 * @param instanceId the node's instance
 * @param interfaces the interfaces of the instance
 * @param subnets the subnets of these interfaces
 * @param reservations the CIDR reservations of these subnets
 * @param instanceType the limits; null if they are not known, EC2 then decides
 * @param pods the claims of the node's living Pods
 * @param holders the other interfaces that hold a claimed address
 */
public record NodeState(
        String instanceId,
        List<NetworkInterface> interfaces,
        List<Subnet> subnets,
        List<Subnet.CidrReservation> reservations,
        @Nullable InstanceType instanceType,
        List<PodClaims> pods,
        List<Holder> holders) {

    public NodeState {
        interfaces = List.copyOf(interfaces);
        subnets = List.copyOf(subnets);
        reservations = List.copyOf(reservations);
        pods = List.copyOf(pods);
        holders = List.copyOf(holders);
    }

    /** The claims of all Pods, in the order of {@link Claim#OLDEST_FIRST}. */
    public List<Claim> claims() {
        return pods.stream()
                .flatMap(pod -> pod.claims().stream())
                .sorted(Claim.OLDEST_FIRST)
                .toList();
    }

    /** The subnet of an interface. */
    Optional<Subnet> subnetOf(NetworkInterface networkInterface) {
        return subnets.stream()
                .filter(subnet -> subnet.id().equals(networkInterface.subnetId()))
                .findFirst();
    }

    /**
     * An interface of another node, or of none, that holds a claimed address.
     *
     * @param networkInterface the interface
     * @param rivals the claims of the living Pods of its node, as Kubernetes shows them now; empty
     *     if its instance is terminated, or it is not attached. Null if that is not known:
     *     Kubernetes gave no answer, or does not know the instance, which then may serve another
     *     cluster
     */
    public record Holder(
            NetworkInterface networkInterface, @Nullable List<Claim> rivals) {

        public Holder {
            rivals = rivals == null ? null : List.copyOf(rivals);
        }

        /** The claims to that address; null if they are not known. */
        @Nullable
        List<Claim> rivalsFor(Cidr block) {
            return rivals == null
                    ? null
                    : rivals.stream()
                            .filter(rival -> rival.block().overlaps(block))
                            .toList();
        }
    }
}
