package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.internal.launch.LaunchOrder;
import io.github.multus4j.internal.plan.DeviceIndexChoice.Place;
import io.github.multus4j.internal.policy.CheckedPolicies;
import io.github.multus4j.internal.policy.PolicyCalls;
import io.github.multus4j.internal.policy.PolicyException;
import io.github.multus4j.nodegroup.DeviceIndexPolicy;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface;
import io.github.multus4j.result.PlannedInterface.Slot;
import io.github.multus4j.result.PlannedInterface.Step;
import io.github.multus4j.result.SweepReport.Lack;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plans the changes that make an instance Multus-ready.
 *
 * <p>GOALS, in this order: the instance ends with exactly one interface in each Multus subnet of
 * its zone; existing interfaces are used before new ones are made; device indexes follow the order
 * of the subnets; addresses are dense.
 *
 * <p>CONSTRAINTS: a foreign interface is never changed (an interface that carries
 * {@code no_manage=true} and is attached to the instance counts as there, for nodes that the
 * reference Lambda has made ready); the primary interface is never counted; an index that anything
 * occupies is never planned; a request that EC2 would surely refuse is found here.
 *
 * <p>ALGORITHM: {@link Selector#select} picks the zone's subnets and pairs the groups. {@link
 * #plan} then searches, for each slot, an interface that fills it: attached and ours, attached and
 * hidden from the VPC CNI, or made for it and left detached by a run that died. Such an interface
 * gets its missing steps; otherwise a new one is planned, with the next address. Interfaces that
 * have no index yet take the free indexes from 1 on, in order, and above those of the subnets
 * before theirs, of the network card that the spec names or of the lowest one that has room.
 * Example: indexes 0 (primary) and 2 (the VPC CNI's) are taken and two subnets apply: the
 * interfaces get 1 and 3.
 */
public final class Planner {

    private final NodeGroupSpec spec;
    private final Snapshot snapshot;
    private final Instance instance;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> warnings;
    private final CreationCheck creationCheck;
    private final SlotFillers fillers;

    /**
     * One planning.
     *
     * @param spec the wanted state
     * @param snapshot the state of EC2
     */
    public Planner(NodeGroupSpec spec, Snapshot snapshot) {
        this.spec = CheckedPolicies.of(spec, PolicyCalls.DIRECT);
        this.snapshot = snapshot;
        this.instance = snapshot.instance();
        this.warnings = new ArrayList<>(snapshot.selection().warnings());
        this.creationCheck = new CreationCheck(this.spec, snapshot, findings, warnings);
        this.fillers = new SlotFillers(instance, snapshot.interfaces(), warnings);
    }

    /**
     * The slots of an instance that no finished interface fills, by the rules of {@link #plan}:
     * what can be told of many instances at once, without the reservations, groups and limits that
     * a plan needs.
     *
     * @param spec the configuration
     * @param instance the instance
     * @param selection the result of {@link Selector#select} for it
     * @param interfaces the interfaces of those subnets that are attached to the instance or carry
     *     its owner tag; others do not matter
     */
    public static List<Lack> lacks(
            NodeGroupSpec spec, Instance instance, Selection selection, List<NetworkInterface> interfaces) {
        return withoutReads(spec, instance, selection, interfaces).lacks();
    }

    /**
     * The warning that a finished node has other device indexes than its subnets' own, see
     * {@link DeviceOrder}. The parameters are those of {@link #lacks}.
     *
     * @return the warning; empty if all indexes are right, or the node lacks interfaces
     */
    public static Optional<String> indexWarning(
            NodeGroupSpec spec, Instance instance, Selection selection, List<NetworkInterface> interfaces) {
        return withoutReads(spec, instance, selection, interfaces).indexWarning();
    }

    private static Planner withoutReads(
            NodeGroupSpec spec, Instance instance, Selection selection, List<NetworkInterface> interfaces) {
        return new Planner(
                spec, new Snapshot(LaunchOrder.alone(instance), selection, interfaces, Map.of(), List.of(), null));
    }

    /** A slot of the node, and a finished or unfinished interface for it; null if there is none. */
    private record Filled(
            Slot slot,
            Subnet subnet,
            List<String> groups,
            @Nullable NetworkInterface existing) {

        @Nullable
        Attachment attachmentTo(Instance instance) {
            return existing != null && existing.isAttachedTo(instance.id()) ? existing.attachment() : null;
        }

        PlannedInterface with(
                @Nullable NewNetworkInterface request, int deviceIndex, int networkCard, Set<Step> steps) {
            return new PlannedInterface(slot, subnet, existing, request, deviceIndex, networkCard, steps);
        }
    }

    /** The plan. It collects findings and warnings, so it is called once. */
    public Plan plan() {
        List<Filled> slots = slots();
        Map<Slot, Place> places = places(slots);
        List<PlannedInterface> interfaces = new ArrayList<>();
        try {
            for (Filled filled : slots) {
                Attachment attachment = filled.attachmentTo(instance);
                Place place = places.get(filled.slot());
                if (attachment != null) {
                    interfaces.add(attached(filled, attachment));
                } else if (place != null && filled.existing() != null) {
                    interfaces.add(leftover(filled, filled.existing(), place));
                } else if (place != null) {
                    create(filled, place).ifPresent(interfaces::add);
                }
            }
        } catch (PolicyException e) {
            return new Plan.Blocked(instance.id(), List.of(e.finding()));
        }
        warnOfSubnetOfNode();
        new LimitsCheck(spec, snapshot, findings, warnings).check(interfaces);
        checkIndexes(interfaces);
        return findings.isEmpty()
                ? new Plan.Attachments(instance.id(), instance.zone(), interfaces, warnings)
                : new Plan.Blocked(instance.id(), findings);
    }

    /**
     * With nothing in the way, the lowest free indexes in the order of the subnets are their
     * own ones.
     */
    private void checkIndexes(List<PlannedInterface> interfaces) {
        List<DeviceOrder.Placed> placed =
                interfaces.stream().map(DeviceOrder.Placed::of).toList();
        if (spec.deviceIndexes() == DeviceIndexPolicy.LOWEST_FREE) {
            DeviceOrder.warning(instance.id(), placed).ifPresent(warnings::add);
        } else if (findings.isEmpty()) {
            DeviceOrder.shifts(placed)
                    .ifPresent(shifts -> findings.add(new Finding(
                            Finding.Code.OWN_INDEX_TAKEN,
                            instance.id() + " cannot have its subnets' own device indexes: " + shifts
                                    + "; replace the node, or allow others (DeviceIndexes=lowest-free)")));
        }
    }

    private List<Lack> lacks() {
        List<Lack> lacks = new ArrayList<>();
        for (Filled filled : slots()) {
            Attachment attachment = filled.attachmentTo(instance);
            if (attachment == null || !attached(filled, attachment).isComplete()) {
                lacks.add(new Lack(filled.slot(), filled.existing()));
            }
        }
        return lacks;
    }

    private Optional<String> indexWarning() {
        List<Filled> slots = slots();
        List<DeviceOrder.Placed> placed = new ArrayList<>();
        for (Filled filled : slots) {
            Attachment attachment = filled.attachmentTo(instance);
            if (attachment != null) {
                placed.add(DeviceOrder.Placed.of(filled.subnet().id(), attachment));
            }
        }
        return placed.size() < slots.size() ? Optional.empty() : DeviceOrder.warning(instance.id(), placed);
    }

    /** The slots in device order, each with the interface that fills it. */
    private List<Filled> slots() {
        List<Subnet> subnets = snapshot.selection().subnets();
        List<Filled> slots = new ArrayList<>();
        for (int i = 0; i < subnets.size(); i++) {
            Slot slot = new Slot(instance.id(), i + 1, subnets.get(i).id());
            List<String> groups = snapshot.selection().securityGroupIds().get(i);
            slots.add(new Filled(slot, subnets.get(i), groups, fillers.of(slot)));
        }
        return slots;
    }

    /**
     * The places of those that are to be attached. Local network interfaces come first: they
     * have no choice.
     */
    private Map<Slot, Place> places(List<Filled> slots) {
        List<Filled> toAttach =
                slots.stream().filter(f -> f.attachmentTo(instance) == null).toList();
        DeviceIndexChoice free = new DeviceIndexChoice(
                spec,
                snapshot.instanceType(),
                snapshot.attachments(),
                toAttach.stream()
                        .map(Filled::existing)
                        .filter(Objects::nonNull)
                        .map(NetworkInterface::id)
                        .collect(Collectors.toSet()));
        Map<Slot, Place> places = new HashMap<>();
        for (Filled each : toAttach) {
            Integer index = each.subnet().lniDeviceIndex();
            if (index != null && spec.localNetworkInterfaces()) {
                free.at(each.slot(), index)
                        .ifPresentOrElse(
                                place -> places.put(each.slot(), place),
                                () -> findings.add(new Finding(
                                        Finding.Code.LOCAL_INDEX_TAKEN,
                                        "device index " + index + " of " + instance.id() + " is taken: only there"
                                                + " an interface in "
                                                + each.subnet().id()
                                                + " is a local network interface; free the index, or switch"
                                                + " localNetworkInterfaces off")));
            }
        }
        for (Filled each : slots) {
            Attachment attachment = each.attachmentTo(instance);
            Integer index = each.subnet().lniDeviceIndex();
            if (attachment != null) {
                free.goAbove(attachment.networkCardIndex(), attachment.deviceIndex());
            } else if (index == null || !spec.localNetworkInterfaces()) {
                places.put(each.slot(), free.next(each.slot(), index));
            }
        }
        return places;
    }

    /**
     * The VPC CNI makes its interfaces in the subnet of the primary interface, unless custom
     * networking says another.
     */
    private void warnOfSubnetOfNode() {
        snapshot.interfaces().stream()
                .filter(i -> i.attachment() != null && i.attachment().isPrimary() && i.isAttachedTo(instance.id()))
                .forEach(i -> warnings.add(i.subnetId() + " is a Multus subnet and that of " + instance.id()
                        + "'s primary interface: the VPC CNI's interfaces lie there, too, and cannot be told from"
                        + " Multus interfaces on the node; give the Multus interfaces a subnet of their own"));
    }

    private PlannedInterface attached(Filled filled, Attachment attachment) {
        NetworkInterface existing = Objects.requireNonNull(filled.existing());
        Set<Step> steps = EnumSet.noneOf(Step.class);
        if (filled.slot().owns(existing)) {
            warnOfOtherGroups(existing, filled.groups());
            addSourceDestCheck(steps, existing.sourceDestCheck());
            addDeleteOnTermination(steps, attachment.deleteOnTermination());
        } else {
            warnings.add(existing.id() + " at device index " + attachment.deviceIndex()
                    + " was not made by this library; it counts as there and is left as it is");
        }
        return filled.with(null, attachment.deviceIndex(), attachment.networkCardIndex(), steps);
    }

    private PlannedInterface leftover(Filled filled, NetworkInterface existing, Place place) {
        warnOfOtherGroups(existing, filled.groups());
        Set<Step> steps = EnumSet.of(Step.ATTACH);
        addSourceDestCheck(steps, existing.sourceDestCheck());
        addDeleteOnTermination(steps, false);
        return filled.with(null, place.deviceIndex(), place.networkCard(), steps);
    }

    private void warnOfOtherGroups(NetworkInterface existing, List<String> groups) {
        if (!Set.copyOf(existing.securityGroupIds()).equals(Set.copyOf(groups))) {
            warnings.add(existing.id() + " has the security groups " + existing.securityGroupIds() + " instead of "
                    + groups + "; they are left as they are");
        }
    }

    private Optional<PlannedInterface> create(Filled filled, Place place) {
        Subnet subnet = filled.subnet();
        creationCheck.checkGroups(subnet, filled.groups());
        int before = findings.size();
        creationCheck.checkReservations(subnet);
        if (findings.size() > before) {
            return Optional.empty();
        }
        Optional<NewNetworkInterface> request = InterfaceRequests.next(
                spec,
                filled.slot(),
                subnet,
                filled.groups(),
                snapshot.addressesOf(subnet.id()),
                snapshot.reservationsOf(subnet.id()),
                UsedTokens.of(instance).firstFree(subnet.id()));
        if (request.isEmpty()) {
            findings.add(new Finding(
                    Finding.Code.NO_FREE_ADDRESS,
                    subnet.id() + " " + subnet.cidrs() + " has no address left (" + spec.addressing()
                            + "); its reservations: " + Excerpt.of(snapshot.reservationsOf(subnet.id()))));
            return Optional.empty();
        }
        Set<Step> steps = EnumSet.of(Step.CREATE, Step.ATTACH);
        addSourceDestCheck(steps, true); // EC2 makes interfaces with the check on.
        addDeleteOnTermination(steps, false);
        return Optional.of(filled.with(request.get(), place.deviceIndex(), place.networkCard(), steps));
    }

    private void addSourceDestCheck(Set<Step> steps, boolean present) {
        if (present != spec.sourceDestCheck()) {
            steps.add(Step.SET_SOURCE_DEST_CHECK);
        }
    }

    /** AttachNetworkInterface leaves it off. */
    private void addDeleteOnTermination(Set<Step> steps, boolean present) {
        if (present != spec.deleteOnTermination()) {
            steps.add(Step.SET_DELETE_ON_TERMINATION);
        }
    }
}
