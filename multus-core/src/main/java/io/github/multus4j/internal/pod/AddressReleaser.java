package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.pod.ClusterPods;
import io.github.multus4j.pod.ClusterState;
import io.github.multus4j.pod.PodAddressRules;
import io.github.multus4j.pod.ReleasePlan;
import io.github.multus4j.pod.ReleasePlan.Memory;
import io.github.multus4j.pod.ReleasePlan.Release;
import io.github.multus4j.pod.ReleasePlanner;
import io.github.multus4j.pod.ReleaseReport;
import io.github.multus4j.pod.ReleaseReport.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Observes, plans and applies the release of a cluster's addresses: one call for each interface.
 */
public final class AddressReleaser {

    private final Ec2Network ec2;
    private final Ec2Addresses addresses;
    private final ReservationReader reservations;
    private final PodAddressRules rules;

    public AddressReleaser(
            Ec2Network ec2, Ec2Addresses addresses, ReservationReader reservations, PodAddressRules rules) {
        this.ec2 = ec2;
        this.addresses = addresses;
        this.reservations = reservations;
        this.rules = rules;
    }

    /** Releases the addresses that no Pod claims. */
    public ReleaseReport release(Run run, ClusterPods cluster, Memory memory) {
        ReleasePlan plan = ReleasePlanner.plan(
                state(run, cluster), rules, memory, run.clock().instant());
        List<Release> released = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        calls(plan).forEach(call -> release(call, run.workDeadline(), released, failed));
        return new ReleaseReport(released, failed, plan.memory(), plan.reasons());
    }

    private ClusterState state(Run run, ClusterPods cluster) {
        Deadline deadline = run.workDeadline();
        List<NetworkInterface> interfaces = cluster.nodes().isEmpty()
                ? List.of()
                : run.read(() -> ec2.describeNetworkInterfaces(
                                List.of(Filter.of(
                                        "attachment.instance-id",
                                        cluster.nodes().keySet())),
                                deadline))
                        .get();
        List<Supplier<List<CidrReservation>>> reads = interfaces.stream()
                .map(NetworkInterface::subnetId)
                .distinct()
                .map(id -> run.<List<CidrReservation>>read(() -> reservations.of(id, deadline)))
                .toList();
        return new ClusterState(
                cluster.nodes(),
                interfaces,
                reads.stream().flatMap(read -> read.get().stream()).toList(),
                cluster.pods());
    }

    /** The releases of each call: those of one interface and family. */
    private static Iterable<List<Release>> calls(ReleasePlan plan) {
        Map<String, List<Release>> calls = new LinkedHashMap<>();
        for (Release each : plan.releases()) {
            String key = each.networkInterface().id() + each.block().isIpv4();
            calls.computeIfAbsent(key, first -> new ArrayList<>()).add(each);
        }
        return calls.values();
    }

    private void release(List<Release> releases, Deadline deadline, List<Release> released, List<Failure> failed) {
        try {
            Release first = releases.get(0);
            String id = first.networkInterface().id();
            AddressList list =
                    AddressLists.of(releases.stream().map(Release::block).toList());
            if (first.block().isIpv4()) {
                addresses.unassignPrivateIpAddresses(id, list, deadline);
            } else {
                addresses.unassignIpv6Addresses(id, list, deadline);
            }
            released.addAll(releases);
        } catch (Ec2Exception e) {
            // A node has taken one of them over meanwhile: the others are released without it.
            if (e.kind() == Ec2Exception.Kind.ADDRESS_NOT_ASSIGNED && releases.size() > 1) {
                releases.forEach(each -> release(List.of(each), deadline, released, failed));
            } else if (e.kind() == Ec2Exception.Kind.ADDRESS_NOT_ASSIGNED || e.kind() == Ec2Exception.Kind.NOT_FOUND) {
                released.addAll(releases);
            } else {
                releases.forEach(each -> failed.add(new Failure(each, e)));
            }
        }
    }
}
