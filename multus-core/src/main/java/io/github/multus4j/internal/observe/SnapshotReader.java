package io.github.multus4j.internal.observe;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.launch.LaunchOrder;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.plan.Selection;
import io.github.multus4j.internal.plan.Selector;
import io.github.multus4j.internal.plan.Snapshot;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.TriggerTag;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Plan;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads all facts about one instance: two rounds of reads, those of a round side by side. Facts
 * that change rarely (reservations, groups, type) are cached for five minutes.
 */
public final class SnapshotReader {

    private final Ec2Network ec2;
    private final UnlistedAddresses unlisted;
    private final FactCache<List<CidrReservation>> reservations;
    private final FactCache<SecurityGroup> groups;
    private final FactCache<InstanceType> types;

    public SnapshotReader(Ec2Network ec2, Clock clock, UnlistedAddresses unlisted) {
        this.unlisted = unlisted;
        this.ec2 = ec2;
        this.reservations = new FactCache<>(clock, Timing.FACTS_TIME_TO_LIVE);
        this.groups = new FactCache<>(clock, Timing.FACTS_TIME_TO_LIVE);
        this.types = new FactCache<>(clock, Timing.FACTS_TIME_TO_LIVE);
    }

    /**
     * The result of the first round of reads.
     *
     * @param order the instance among those that launch together with it; null if there is no
     *     instance
     * @param subnets all subnets that the spec may select
     * @param choice the selected subnets, or the reason why there are none
     */
    public record Launch(@Nullable LaunchOrder order, List<Subnet> subnets, Selection.Choice choice) {

        /** The number of interfaces that it needs. */
        public int interfaces() {
            return choice instanceof Selection.Choice.Selected selected
                    ? selected.selection().subnetIds().size()
                    : 0;
        }

        /** The plan, if the first round settles it already; null if a snapshot is needed. */
        public @Nullable Plan settled() {
            return choice instanceof Selection.Choice.Settled settled ? settled.plan() : null;
        }

        private Selection selection() {
            return ((Selection.Choice.Selected) choice).selection();
        }

        /**
         * Whether it surely lacks interfaces: beside its primary one it has fewer than it is to
         * have, whatever they are.
         */
        public boolean lacksInterfaces() {
            return order != null && order.instance().attachments().size() - 1 < interfaces();
        }
    }

    /** The first round: the instance, those that launch together with it, and the subnets. */
    public Launch launch(Run run, String instanceId, NodeGroupSpec spec) {
        List<Filter> filters = spec.subnets().filters();
        Supplier<List<Subnet>> subnets = run.read(() -> ec2.describeSubnets(filters, run.workDeadline()));
        return launch(run, instanceId, spec, subnets);
    }

    /** The first round again, for facts that may have changed since. */
    public Launch launchAgain(Run run, String instanceId, NodeGroupSpec spec, Launch before) {
        return launch(run, instanceId, spec, before::subnets);
    }

    private Launch launch(Run run, String instanceId, NodeGroupSpec spec, Supplier<List<Subnet>> subnets) {
        Optional<LaunchOrder> found =
                findInstance(run, instanceId, launched(run, spec).get());
        if (found.isEmpty()) {
            Finding gone = new Finding(
                    Finding.Code.INSTANCE_NOT_FOUND,
                    "EC2 shows no instance " + instanceId + " in " + Timing.INSTANCE_VISIBILITY.toSeconds()
                            + " seconds: it is gone, or there is none of that id in this account and Region");
            Plan blocked = new Plan.Blocked(instanceId, List.of(gone));
            return new Launch(null, List.of(), new Selection.Choice.Settled(blocked));
        }
        LaunchOrder order = found.get();
        List<Subnet> all = subnets.get();
        return new Launch(order, all, Selector.select(spec, order.instance(), all));
    }

    /**
     * The second round: the subnets' interfaces and the rules for them.
     *
     * @param launch the first round, which has a selection
     */
    public Snapshot read(Run run, NodeGroupSpec spec, Launch launch) {
        return snapshot(run, spec, Objects.requireNonNull(launch.order()), launch.selection());
    }

    private Supplier<List<Instance>> launched(Run run, NodeGroupSpec spec) {
        TriggerTag trigger = spec.trigger();
        return trigger == null ? List::of : run.read(() -> SlotReader.launched(ec2, spec, run.workDeadline()));
    }

    /**
     * A launch event may come before the instance is visible. The instance may also lack the
     * trigger tag, or be gone.
     */
    private Optional<LaunchOrder> findInstance(Run run, String instanceId, List<Instance> launched) {
        Optional<Instance> instance =
                launched.stream().filter(i -> i.id().equals(instanceId)).findFirst();
        Instant giveUp = run.clock().instant().plus(Timing.INSTANCE_VISIBILITY);
        for (int tries = 0; instance.isEmpty(); tries++) {
            instance = run.await(run.start(() -> ec2.describeInstance(instanceId, run.workDeadline())));
            if (instance.isEmpty()) {
                if (run.hasPassed(giveUp)) {
                    return Optional.empty();
                }
                run.pauseLonger(tries, "looking for " + instanceId);
            }
        }
        return Optional.of(LaunchOrder.of(instance.get(), launched));
    }

    private Snapshot snapshot(Run run, NodeGroupSpec spec, LaunchOrder order, Selection selection) {
        Deadline deadline = run.workDeadline();
        List<String> groupIds = selection.allSecurityGroupIds();
        Supplier<List<SecurityGroup>> securityGroups = run.read(() -> securityGroups(groupIds, deadline));
        String typeName = order.instance().type();
        Supplier<Optional<InstanceType>> type = run.read(() -> instanceType(typeName, deadline));
        Map<String, Supplier<List<CidrReservation>>> reserved = new LinkedHashMap<>();
        if (spec.addressing().allocation().isPresent()) {
            for (String subnetId : selection.subnetIds()) {
                reserved.put(subnetId, run.read(() -> reservations(subnetId, deadline)));
            }
        }
        Filter ofSubnets = Filter.of("subnet-id", selection.subnetIds());
        Supplier<List<NetworkInterface>> interfaces =
                run.read(() -> ec2.describeNetworkInterfaces(List.of(ofSubnets), deadline));
        Map<String, List<CidrReservation>> reservationsBySubnet = new LinkedHashMap<>();
        reserved.forEach(
                (subnetId, read) -> unlessDenied(read).ifPresent(answer -> reservationsBySubnet.put(subnetId, answer)));
        Set<String> notRead = new TreeSet<>(reserved.keySet());
        notRead.removeAll(reservationsBySubnet.keySet());
        List<NetworkInterface> seen = interfaces.get();
        unlisted.seen(seen);
        Optional<List<SecurityGroup>> checked =
                unlessDenied(securityGroups).map(known -> withAssociations(run, selection, known));
        return new Snapshot(
                order,
                selection,
                seen,
                reservationsBySubnet,
                checked.orElse(List.of()),
                type.get().orElse(null),
                Map.of(),
                new Snapshot.Denied(notRead, checked.isEmpty()));
    }

    private static <T> Optional<T> unlessDenied(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (Ec2Exception e) {
            if (e.kind() == Ec2Exception.Kind.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Reads the VPC associations of groups if one of them lies in another VPC than the subnets.
     * They are not cached, because an operator may be correcting them.
     */
    private List<SecurityGroup> withAssociations(Run run, Selection selection, List<SecurityGroup> known) {
        Set<String> vpcs = selection.subnets().stream().map(Subnet::vpcId).collect(Collectors.toSet());
        List<String> foreign = known.stream()
                .filter(group -> vpcs.stream().anyMatch(vpc -> !vpc.equals(group.vpcId())))
                .map(SecurityGroup::id)
                .sorted()
                .toList();
        if (foreign.isEmpty()) {
            return known;
        }
        Supplier<Optional<List<SecurityGroup.VpcAssociation>>> read = run.read(() ->
                ec2.describeSecurityGroupVpcAssociations(List.of(Filter.of("group-id", foreign)), run.workDeadline()));
        return associations(read)
                .map(all -> known.stream().map(group -> associated(group, all)).toList())
                .orElse(known);
    }

    /**
     * Empty if the port cannot tell, the permission is missing, or the Region does not know the
     * action.
     */
    private static Optional<List<SecurityGroup.VpcAssociation>> associations(
            Supplier<Optional<List<SecurityGroup.VpcAssociation>>> read) {
        try {
            return read.get();
        } catch (Ec2Exception e) {
            if (e.kind() == Ec2Exception.Kind.DENIED || e.kind() == Ec2Exception.Kind.INVALID) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static SecurityGroup associated(SecurityGroup group, List<SecurityGroup.VpcAssociation> all) {
        return group.associatedWith(all.stream()
                .filter(a -> a.groupId().equals(group.id()) && a.isAssociated())
                .map(SecurityGroup.VpcAssociation::vpcId)
                .collect(Collectors.toSet()));
    }

    private List<CidrReservation> reservations(String subnetId, Deadline deadline) {
        List<CidrReservation> known = reservations.get(subnetId);
        if (known != null) {
            return known;
        }
        List<CidrReservation> answered = ec2.getSubnetCidrReservations(subnetId, deadline);
        reservations.put(subnetId, answered);
        return answered;
    }

    private List<SecurityGroup> securityGroups(List<String> ids, Deadline deadline) {
        List<SecurityGroup> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String id : ids) {
            SecurityGroup group = groups.get(id);
            if (group != null) {
                known.add(group);
            } else {
                unknown.add(id);
            }
        }
        if (!unknown.isEmpty()) {
            List<SecurityGroup> answered =
                    ec2.describeSecurityGroups(List.of(Filter.of("group-id", unknown)), deadline);
            answered.forEach(group -> groups.put(group.id(), group));
            known.addAll(answered);
        }
        return known;
    }

    /**
     * Empty if EC2 does not know the type, or the permission is missing: the limits are a
     * precaution, and EC2 enforces them.
     */
    private Optional<InstanceType> instanceType(String name, Deadline deadline) {
        InstanceType known = types.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<InstanceType> answered =
                unlessDenied(() -> ec2.describeInstanceType(name, deadline)).flatMap(Function.identity());
        answered.ifPresent(type -> types.put(name, type));
        return answered;
    }
}
