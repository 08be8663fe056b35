package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.DnsName;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.InstanceItem;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.RunInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StartInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StateChange;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StopInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.TerminateInstances;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.resource.Pager.Start;
import io.github.multus4j.testkit.internal.rule.InstanceAttributeRule;
import io.github.multus4j.testkit.internal.rule.InstanceRule;
import io.github.multus4j.testkit.internal.state.ListedItem;
import io.github.multus4j.testkit.internal.state.StoredInstance;
import io.github.multus4j.testkit.internal.state.VisibleState;
import io.github.multus4j.testkit.internal.state.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules for instances, after their launch. */
public final class Instances {

    private static final Filters<InstanceItem> FILTERS = Filters.<InstanceItem>tagged(
                    Action.DESCRIBE_INSTANCES, i -> i.instance().tags())
            .one("instance-id", i -> i.instance().id())
            .one("instance-type", i -> i.instance().type())
            .one("instance-state-name", i -> i.instance().state())
            .one("instance-state-code", i -> code(i.instance().state()))
            .one("availability-zone", i -> i.instance().zone())
            .one("image-id", InstanceItem::imageId)
            .one("reservation-id", InstanceItem::reservationId)
            .one("client-token", InstanceItem::clientToken)
            .one("launch-time", InstanceItem::launchTime)
            .one("owner-id", i -> World.ACCOUNT)
            .many("vpc-id", i -> present(i.instance().vpcId()))
            .many("subnet-id", i -> present(i.subnetId()))
            .many("private-ip-address", i -> primary(i).toList())
            .many("instance.group-id", each(i -> i.networkInterface().securityGroupIds()))
            .many(
                    "network-interface.network-interface-id",
                    each(i -> List.of(i.networkInterface().id())))
            .many(
                    "network-interface.subnet-id",
                    each(i -> List.of(i.networkInterface().subnetId())))
            .many(
                    "network-interface.vpc-id",
                    each(i -> List.of(i.networkInterface().vpcId())))
            .many("network-interface.group-id", each(i -> i.networkInterface().securityGroupIds()))
            .many(
                    "network-interface.mac-address",
                    each(i -> List.of(i.networkInterface().macAddress())))
            .many(
                    "network-interface.addresses.private-ip-address",
                    each(i -> texts(i.networkInterface().ipv4Addresses())))
            .many(
                    "network-interface.ipv6-addresses.ipv6-address",
                    each(i -> texts(i.networkInterface().ipv6Addresses())))
            .many("ipv6-address", each(i -> texts(i.networkInterface().ipv6Addresses())))
            .many("network-interface.attachment.attachment-id", each(Instances::attachmentId))
            .many("network-interface.attachment.device-index", each(Instances::deviceIndex))
            .many("network-interface.attachment.instance-id", attached(Attachment::instanceId))
            .many("network-interface.attachment.network-card-index", attached(Attachment::networkCardIndex))
            .many("network-interface.attachment.status", attached(Attachment::status))
            .many("network-interface.attachment.delete-on-termination", attached(Attachment::deleteOnTermination))
            .many(
                    "network-interface.description",
                    each(i -> List.of(i.networkInterface().description())))
            .many(
                    "network-interface.status",
                    each(i -> List.of(i.networkInterface().status().toString())))
            .many(
                    "network-interface.availability-zone",
                    each(i -> List.of(i.networkInterface().zone())))
            .many("network-interface.owner-id", each(i -> List.of(World.ACCOUNT)))
            .many("instance.group-name", each(Instances::groupNames))
            .many("network-interface.group-name", each(Instances::groupNames))
            .many(
                    "network-interface.tag-key",
                    each(i -> List.copyOf(i.networkInterface().tags().keySet())))
            .many(
                    "network-interface.tag-value",
                    each(i -> List.copyOf(i.networkInterface().tags().values())))
            .one("availability-zone-id", i -> Zones.id(i.instance().zone()))
            .one("architecture", i -> "x86_64")
            .one("hypervisor", i -> "xen")
            .one("virtualization-type", i -> "hvm")
            .one("root-device-type", i -> "ebs")
            .one("tenancy", i -> "default")
            .one("monitoring-state", i -> "disabled")
            .many("private-dns-name", Instances::primaryName)
            .absent("dns-name", "host-id", "ip-address", "kernel-id", "key-name", "outpost-arn")
            .absent("placement-group-name", "platform", "ramdisk-id", "instance-lifecycle")
            .absent("capacity-reservation-id", "spot-instance-request-id");

    private final World world;
    private final Launches launches;
    private final Pager pager;

    public Instances(World world, Launches launches) {
        this.world = world;
        this.launches = launches;
        this.pager = new Pager(world, 1000);
    }

    public List<InstanceItem> run(RunInstances request) {
        Optional<Object> before = world.clientTokens.answer(request, request.clientToken());
        List<StoredInstance> launched = before.map(ids -> ((Collection<?>) ids)
                        .stream().map(id -> world.instances.get(id.toString())).toList())
                .orElseGet(() -> launches.run(request));
        if (before.isEmpty()) {
            List<String> ids = launched.stream().map(i -> i.id).toList();
            world.clientTokens.remember(request, request.clientToken(), ids);
        }
        return launched.stream().map(world::item).toList();
    }

    public Listing<InstanceItem> describe(DescribeInstances request) {
        boolean byId = !request.instanceIds().isEmpty();
        pager.check(request.page(), byId, "InstanceIds");
        Start start = pager.start(request.action(), request.filters(), request.page(), world::timeShown);
        Stream<ListedItem<InstanceItem>> asked =
                world.stateAt(start.timeShown()).asked(world.instances, VisibleState::instances, request.instanceIds());
        List<ListedItem<InstanceItem>> matching =
                FILTERS.apply(request.filters(), asked, ListedItem::item).toList();
        return pager.cut(start, matching, ListedItem::order, ListedItem::item);
    }

    public List<StateChange> terminate(TerminateInstances request) {
        List<StateChange> changes = new ArrayList<>();
        List<StoredInstance> instances = named(request.instanceIds());
        Optional<StoredInstance> kept =
                instances.stream().filter(Instances::isProtected).findFirst();
        Set<String> keptZones = instances.stream()
                .filter(Instances::isProtected)
                .map(instance -> instance.zone)
                .collect(Collectors.toSet());
        for (StoredInstance instance : instances) {
            if (keptZones.contains(instance.zone)) {
                continue;
            }
            Instance.State previous = instance.state;
            terminate(instance);
            changes.add(new StateChange(instance.id, previous, instance.state));
        }
        if (kept.isPresent()) {
            throw InstanceAttributeRule.TERMINATE_PROTECTED.error("The instance '" + kept.get().id
                    + "' may not be terminated. Modify its '"
                    + (kept.get().attributes.disableApiTermination() ? "disableApiTermination" : "disableApiStop")
                    + "' instance attribute and try again.");
        }
        return changes;
    }

    private static boolean isProtected(StoredInstance instance) {
        boolean on = instance.attributes.disableApiTermination() || instance.attributes.disableApiStop();
        return on && !instance.state.isGoing();
    }

    /** Terminates as EC2 Auto Scaling does; no protection of the instance prevents it. */
    void terminateForScaling(String instanceId) {
        terminate(world.instances.require(instanceId));
    }

    private static Function<InstanceItem, Collection<String>> attached(Function<Attachment, Object> value) {
        return each(i -> Stream.ofNullable(i.networkInterface().attachment())
                .map(at -> value.apply(at).toString())
                .toList());
    }

    private static List<String> groupNames(InterfaceItem item) {
        return item.groups().stream().map(SecurityGroup::name).toList();
    }

    private static List<String> primaryName(InstanceItem item) {
        return item.interfaces().stream()
                .limit(1)
                .flatMap(i -> i.networkInterface().ipv4Addresses().stream().limit(1))
                .map(address -> DnsName.of(address, item.instance().zone()))
                .toList();
    }

    private List<StoredInstance> named(List<String> ids) {
        if (ids.isEmpty()) {
            throw InstanceRule.INSTANCE_IDS_MISSING.error("No instances specified");
        }
        return world.instances.require(ids);
    }

    private void terminate(StoredInstance instance) {
        if (!instance.state.isGoing()) {
            instance.passThrough(
                    Instance.State.SHUTTING_DOWN, Instance.State.TERMINATED, world.in(world.behaviour.shuttingDown));
            world.autoScaling.forget(instance.id);
        }
    }

    public List<StateChange> stop(StopInstances request) {
        for (StoredInstance instance : named(request.instanceIds())) {
            if (instance.attributes.disableApiStop()) {
                throw InstanceAttributeRule.STOP_PROTECTED.error("The instance '" + instance.id
                        + "' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.");
            }
        }
        return change(
                request.instanceIds(),
                Instance.State.RUNNING,
                Instance.State.STOPPED,
                id -> InstanceRule.STOP_NOT_RUNNING.error(
                        "This instance '" + id + "' is not in a state from which it can be stopped."),
                instance -> instance.passThrough(
                        Instance.State.STOPPING, Instance.State.STOPPED, world.in(world.behaviour.shuttingDown)));
    }

    public List<StateChange> start(StartInstances request) {
        return change(
                request.instanceIds(),
                Instance.State.STOPPED,
                Instance.State.RUNNING,
                id -> InstanceRule.START_NOT_STOPPED.error(
                        "The instance '" + id + "' is not in a state from which it can be started."),
                instance -> instance.passThrough(
                        Instance.State.PENDING, Instance.State.RUNNING, world.in(world.behaviour.pending)));
    }

    private List<StateChange> change(
            List<String> ids,
            Instance.State from,
            Instance.State done,
            Function<String, Ec2Error> refusal,
            Consumer<StoredInstance> change) {
        List<StoredInstance> instances = named(ids);
        for (StoredInstance instance : instances) {
            if (instance.state != from && instance.state != done) {
                throw refusal.apply(instance.id);
            }
        }
        List<StateChange> changes = new ArrayList<>();
        for (StoredInstance instance : instances) {
            Instance.State previous = instance.state;
            if (previous == from) {
                change.accept(instance);
            }
            changes.add(new StateChange(instance.id, previous, instance.state));
        }
        return changes;
    }

    /** EC2's number for a state. */
    public static int code(Instance.State state) {
        return switch (state) {
            case PENDING -> 0;
            case RUNNING -> 16;
            case SHUTTING_DOWN -> 32;
            case TERMINATED -> 48;
            case STOPPING -> 64;
            case STOPPED -> 80;
            case UNKNOWN -> throw new IllegalArgumentException("no code for " + state);
        };
    }

    private static List<String> present(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static List<String> texts(List<IpAddress> addresses) {
        return addresses.stream().map(IpAddress::toString).toList();
    }

    private static Stream<String> primary(InstanceItem item) {
        return item.interfaces().stream()
                .limit(1)
                .flatMap(i -> i.networkInterface().ipv4Addresses().stream().limit(1))
                .map(IpAddress::toString);
    }

    private static Function<InstanceItem, Collection<String>> each(Function<InterfaceItem, List<String>> values) {
        return item -> item.interfaces().stream()
                .flatMap(i -> values.apply(i).stream())
                .toList();
    }

    private static List<String> attachmentId(InterfaceItem i) {
        return List.of(Objects.requireNonNull(i.networkInterface().attachment()).id());
    }

    private static List<String> deviceIndex(InterfaceItem i) {
        return List.of(String.valueOf(
                Objects.requireNonNull(i.networkInterface().attachment()).deviceIndex()));
    }
}
