package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.internal.run.RunStoppedException;
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
import java.util.List;
import java.util.function.Supplier;

/**
 * Observes, plans and applies the release of a cluster's addresses: one call for each interface.
 */
public final class AddressReleaser {

    private static final String READING = "reading the addresses of the cluster";

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
                read(run, cluster), rules, memory, run.clock().instant());
        List<Release> released = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        AddressCalls calls = new AddressCalls(addresses, run.workDeadline());
        AddressCalls.byTarget(plan.releases(), Release::networkInterface, Release::block)
                .forEach(releases -> release(calls, releases, released, failed));
        return new ReleaseReport(released, failed, plan.memory(), plan.reasons());
    }

    private ClusterState read(Run run, ClusterPods cluster) {
        try {
            return state(run, cluster);
        } catch (RunStoppedException e) {
            throw new Ec2Exception(
                    Kind.UNAVAILABLE,
                    READING,
                    e.because().code().name(),
                    e.because().message());
        } catch (RuntimeException e) {
            throw Ec2Exception.ofPort(READING, e);
        }
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

    private static void release(
            AddressCalls calls, List<Release> releases, List<Release> released, List<Failure> failed) {
        String id = releases.get(0).networkInterface().id();
        try {
            calls.unassign(id, releases.stream().map(Release::block).toList());
            released.addAll(releases);
        } catch (RuntimeException e) {
            Ec2Exception failure = Ec2Exception.ofPort("the release of addresses of " + id, e);
            // A node has taken one of them over meanwhile: the others are released without it.
            if (failure.kind() == Kind.ADDRESS_NOT_ASSIGNED && releases.size() > 1) {
                releases.forEach(each -> release(calls, List.of(each), released, failed));
            } else if (failure.kind() == Kind.ADDRESS_NOT_ASSIGNED || failure.kind() == Kind.NOT_FOUND) {
                released.addAll(releases);
            } else {
                releases.forEach(each -> failed.add(new Failure(each, failure)));
            }
        }
    }
}
