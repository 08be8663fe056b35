package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.launch.AddressByRank;
import io.github.multus4j.internal.launch.LaunchOrder;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of EC2 that matters for one instance.
 *
 * @param order the instance, and those that launch together with it
 * @param selection the subnets that apply to it and their groups
 * @param interfaces all interfaces of those subnets, of any owner
 * @param reservations the CIDR reservations by subnet id; a subnet without a read is absent
 * @param securityGroups the groups of the selection that exist
 * @param instanceType the limits of its type; null if EC2 does not know the type
 * @param claimed the claims of other instances, by subnet id, see {@link AddressByRank#claimed}
 * @param denied the reads that were denied
 */
public record Snapshot(
        LaunchOrder order,
        Selection selection,
        List<NetworkInterface> interfaces,
        Map<String, List<CidrReservation>> reservations,
        List<SecurityGroup> securityGroups,
        @Nullable InstanceType instanceType,
        Map<String, Map<IpAddress, String>> claimed,
        Denied denied) {

    /**
     * The reads for which this process lacks the permission.
     *
     * @param reservationsOf the subnets without known CIDR reservations
     * @param securityGroups whether the groups of the selection are not known
     */
    public record Denied(Set<String> reservationsOf, boolean securityGroups) {

        /** Everything could be read. */
        public static final Denied NOTHING = new Denied(Set.of(), false);

        public Denied {
            reservationsOf = Set.copyOf(reservationsOf);
        }
    }

    public Snapshot {
        interfaces = List.copyOf(interfaces);
        reservations = Map.copyOf(reservations);
        securityGroups = List.copyOf(securityGroups);
        claimed = Map.copyOf(claimed);
    }

    /** With everything read, and without claims of other instances. */
    public Snapshot(
            LaunchOrder order,
            Selection selection,
            List<NetworkInterface> interfaces,
            Map<String, List<CidrReservation>> reservations,
            List<SecurityGroup> securityGroups,
            @Nullable InstanceType instanceType) {
        this(order, selection, interfaces, reservations, securityGroups, instanceType, Map.of(), Denied.NOTHING);
    }

    /** With the claims of other instances. */
    public Snapshot withClaimed(Map<String, Map<IpAddress, String>> newClaimed) {
        return new Snapshot(
                order, selection, interfaces, reservations, securityGroups, instanceType, newClaimed, denied);
    }

    /** The instance. */
    public Instance instance() {
        return order.instance();
    }

    /** The number of instances of the zone that launch together, including this one. */
    public int nodesLaunchingTogether() {
        return order.neighbours().size();
    }

    /** A subnet's addresses, as the instance sees them. */
    public AddressByRank addressesOf(String subnetId) {
        return AddressByRank.of(
                        order,
                        interfaces.stream()
                                .filter(i -> i.subnetId().equals(subnetId))
                                .toList())
                .claimed(claimed.getOrDefault(subnetId, Map.of()));
    }

    /** The CIDR reservations of a subnet. */
    public List<CidrReservation> reservationsOf(String subnetId) {
        return reservations.getOrDefault(subnetId, List.of());
    }

    /**
     * All attachments of the instance, also attaching and detaching ones: from the instance itself,
     * and from interfaces that it does not show yet.
     */
    List<Attachment> attachments() {
        Stream<Attachment> seen = interfaces.stream()
                .map(NetworkInterface::attachment)
                .filter(Objects::nonNull)
                .filter(a -> a.instanceId().equals(instance().id()));
        return Stream.concat(instance().attachments().stream(), seen).toList();
    }
}
