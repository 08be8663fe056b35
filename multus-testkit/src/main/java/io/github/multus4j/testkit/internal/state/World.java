package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.testkit.internal.call.GroupAssociation;
import io.github.multus4j.testkit.internal.call.InstanceItem;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.rule.GatewayRule;
import io.github.multus4j.testkit.internal.rule.InstanceRule;
import io.github.multus4j.testkit.internal.rule.InterfaceRule;
import io.github.multus4j.testkit.internal.rule.PermissionRule;
import io.github.multus4j.testkit.internal.rule.RouteRule;
import io.github.multus4j.testkit.internal.rule.VpcRule;
import io.github.multus4j.testkit.internal.state.Stored.Birth;
import io.github.multus4j.testkit.internal.state.StoredInterface.At;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All state of the fake. Guarded by its own monitor. A change that takes time has an instant at
 * which it ends; {@link #settle} catches up with the clock and is called around every call.
 */
public final class World {

    /** The account that owns everything here. */
    public static final String ACCOUNT = "123456789012";

    private static final Comparator<StoredInterface> BY_PLACE = Comparator.comparingInt(
                    (StoredInterface i) -> at(i).networkCardIndex())
            .thenComparingInt(i -> at(i).deviceIndex());

    public final Behaviour behaviour = new Behaviour();
    public final Store<StoredVpc> vpcs;
    public final Store<StoredSubnet> subnets;
    public final Store<StoredReservation> reservations;
    public final Store<StoredGroup> groups;
    public final Store<StoredPermission> permissions;
    public final Store<StoredRouteTable> routeTables;
    public final Store<StoredGateway> gateways;
    public final Store<StoredInstance> instances;
    public final Store<StoredInterface> interfaces;
    public final List<GroupAssociation> groupAssociations = new ArrayList<>();
    public final InstanceTypeTable types = new InstanceTypeTable();
    public final ClientTokens clientTokens;
    public final Set<String> launchedImages = new LinkedHashSet<>();
    public final AutoScalingState autoScaling = new AutoScalingState();
    public final SplittableRandom random;
    public final Ids ids;

    /**
     * For resources that EC2 makes by itself, so that the ids of a test's own resources do not
     * change.
     */
    private final Ids idsOfDefaults;

    private final Clock clock;
    private final Sleeper sleeper;
    private final String region;
    private final StateHistory history = new StateHistory();
    private final Map<String, Past> deleted = new HashMap<>();
    private final Map<String, String> interfaceOfAttachment = new HashMap<>();
    private long births;

    /** An interface that exists or existed, with its last tags. */
    public record Past(String id, Map<String, String> tags) {}

    public World(Clock clock, Sleeper sleeper, String region, long seed) {
        this.clock = clock;
        this.clientTokens = new ClientTokens(clock, behaviour);
        this.sleeper = sleeper;
        this.region = region;
        this.random = new SplittableRandom(seed);
        this.ids = new Ids(random.split());
        this.idsOfDefaults = new Ids(new SplittableRandom(~seed));
        this.vpcs = new Store<>(clock, "vpc", "vpc ID", VpcRule.VPC_ID_MALFORMED, VpcRule.VPC_UNKNOWN);
        this.subnets = new Store<>(clock, "subnet", "subnet ID", VpcRule.SUBNET_ID_MALFORMED, VpcRule.SUBNET_UNKNOWN);
        this.reservations = new Store<>(
                clock,
                "scr",
                "subnet CIDR reservation ID",
                VpcRule.RESERVATION_ID_MALFORMED,
                VpcRule.RESERVATION_UNKNOWN);
        this.groups = new Store<>(clock, "sg", "security group", VpcRule.GROUP_ID_MALFORMED, VpcRule.GROUP_UNKNOWN);
        this.permissions = new Store<>(
                clock,
                "sgr",
                "security group rule ID",
                PermissionRule.PERMISSION_ID_MALFORMED,
                PermissionRule.PERMISSION_ID_UNKNOWN);
        this.routeTables =
                new Store<>(clock, "rtb", "routeTable ID", RouteRule.TABLE_ID_MALFORMED, RouteRule.TABLE_UNKNOWN);
        this.gateways = new Store<>(
                clock, "igw", "internetGateway ID", GatewayRule.GATEWAY_ID_MALFORMED, GatewayRule.GATEWAY_UNKNOWN);
        this.instances = new Store<>(
                clock, "i", "instance ID", InstanceRule.INSTANCE_ID_MALFORMED, InstanceRule.INSTANCE_UNKNOWN);
        this.interfaces = new Store<>(
                clock,
                "eni",
                "networkInterface ID",
                InterfaceRule.INTERFACE_ID_MALFORMED,
                InterfaceRule.INTERFACE_UNKNOWN);
    }

    public Clock clock() {
        return clock;
    }

    public Sleeper sleeper() {
        return sleeper;
    }

    public String region() {
        return region;
    }

    public Instant now() {
        return clock.instant();
    }

    public Instant in(Duration duration) {
        return clock.instant().plus(duration);
    }

    /** The data of the next new item. */
    public Birth birth(Store<?> store) {
        return new Birth(ids.next(store.prefix()), nextPlace(), in(behaviour.visibleAfter));
    }

    /** The data of an item that EC2 makes by itself. */
    public Birth birthOfDefault(Store<?> store) {
        return new Birth(idOfDefault(store.prefix()), nextPlace(), in(behaviour.visibleAfter));
    }

    /** The id of an item that EC2 makes by itself. */
    public String idOfDefault(String prefix) {
        return idsOfDefaults.next(prefix);
    }

    /** The next place in listings. */
    public long nextPlace() {
        return ++births;
    }

    /** Whether a security group may be used in that VPC, which is not its own. */
    public boolean isAssociated(String groupId, String vpcId) {
        return groupAssociations.stream().anyMatch(a -> a.is(groupId, vpcId));
    }

    /** All items that can have tags. */
    public Stream<Stored> everything() {
        return stores().flatMap(store -> store.all().stream());
    }

    public Stream<Store<? extends Stored>> stores() {
        return Stream.of(
                vpcs, subnets, reservations, groups, permissions, routeTables, gateways, instances, interfaces);
    }

    /** The interfaces of an instance, the primary one first. */
    public List<StoredInterface> interfacesOf(String instanceId) {
        List<StoredInterface> attached = new ArrayList<>();
        for (StoredInterface i : interfaces.all()) {
            if (i.isAt(instanceId)) {
                attached.add(i);
            }
        }
        attached.sort(BY_PLACE);
        return attached;
    }

    public static At at(StoredInterface attached) {
        return Objects.requireNonNull(attached.at);
    }

    /** The interface with that attachment. */
    public Optional<StoredInterface> attachment(String attachmentId) {
        return interfaces.all().stream()
                .filter(i -> i.at != null && i.at.id().equals(attachmentId))
                .findFirst();
    }

    public InterfaceItem item(StoredInterface i) {
        return shown(i).item();
    }

    public InstanceItem item(StoredInstance instance) {
        return shown(instance).item();
    }

    private ListedItem<InterfaceItem> shown(StoredInterface i) {
        return i.shown(groupId -> groups.get(groupId).group());
    }

    private ListedItem<InstanceItem> shown(StoredInstance instance) {
        return instance.shown(interfacesOf(instance.id).stream().map(this::item).toList());
    }

    private VisibleState listed() {
        // In one pass over the interfaces: with hundreds of instances, one pass for each takes most
        // of a storm's time.
        Map<String, List<StoredInterface>> attached = new HashMap<>();
        for (StoredInterface i : interfaces.all()) {
            if (i.at != null) {
                attached.computeIfAbsent(i.at.instanceId(), id -> new ArrayList<>())
                        .add(i);
            }
        }
        attached.values().forEach(several -> several.sort(BY_PLACE));
        return new VisibleState(
                instances.all().stream()
                        .map(instance -> instance.shown(attached.getOrDefault(instance.id, List.of()).stream()
                                .map(this::item)
                                .toList()))
                        .toList(),
                interfaces.all().stream().map(this::shown).toList());
    }

    /** The state at that time, as far as it is remembered; null for the present. */
    public TimedState stateAt(@Nullable Instant time) {
        return Optional.ofNullable(time).flatMap(history::at).orElseGet(() -> new TimedState(now(), listed()));
    }

    /** The time that a new listing shows; null for the present. */
    @Nullable
    public Instant timeShown() {
        Supplier<Duration> lag = behaviour.readLag;
        if (lag == null) {
            return null;
        }
        Duration behind = lag.get();
        return behind.isNegative() ? now() : now().minus(behind);
    }

    /** Forgets all resources. Ids are never given twice; behaviour, types and time stay. */
    public void clear() {
        stores().forEach(Store::clear);
        groupAssociations.clear();
        clientTokens.clear();
        launchedImages.clear();
        autoScaling.clear();
        deleted.clear();
        interfaceOfAttachment.clear();
        history.clear();
    }

    /** Removes an interface. */
    public void delete(StoredInterface i) {
        interfaces.remove(i.id);
        deleted.put(i.id, new Past(i.id, Map.copyOf(i.tags())));
    }

    /** Records a new attachment. */
    public void attached(StoredInterface i, At at) {
        i.at = at;
        interfaceOfAttachment.put(at.id(), i.id);
    }

    /** The interface with that id, also if it was deleted. */
    public Optional<Past> past(String interfaceId) {
        StoredInterface present = interfaces.find(interfaceId);
        return present == null
                ? Optional.ofNullable(deleted.get(interfaceId))
                : Optional.of(new Past(present.id, Map.copyOf(present.tags())));
    }

    /** The interface with that attachment, also if either is gone. */
    public Optional<Past> pastAttachment(String attachmentId) {
        return Optional.ofNullable(interfaceOfAttachment.get(attachmentId)).flatMap(this::past);
    }

    /** Makes all changes that are due, in the order of their times. */
    public void settle() {
        Instant now = now();
        for (Instant due = nextDue(); due != null && !due.isAfter(now); due = nextDue()) {
            settle(due);
            remember(due);
        }
    }

    /** Records the state since that instant, if a lagging read may need it later. */
    public void remember(Instant since) {
        if (behaviour.readLag != null) {
            history.note(since, listed());
        }
    }

    private @Nullable Instant nextDue() {
        Instant next = null;
        for (StoredInstance instance : instances.all()) {
            next = earlier(next, instance.changesAt());
        }
        for (StoredInterface i : interfaces.all()) {
            next = earlier(next, i.at == null ? null : i.at.changesAt());
        }
        return next;
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isBefore(a)) ? b : a;
    }

    private void settle(Instant now) {
        for (StoredInstance instance : instances.all()) {
            if (instance.settle(now) && instance.state == Instance.State.TERMINATED) {
                releaseInterfaces(instance);
            }
        }
        for (StoredInterface i : interfaces.all()) {
            At at = i.at;
            if (at != null && at.isDue(now)) {
                i.at = at.status() == Attachment.Status.DETACHING ? null : at.with(Attachment.Status.ATTACHED, null);
            }
        }
    }

    private void releaseInterfaces(StoredInstance instance) {
        for (StoredInterface i : interfacesOf(instance.id)) {
            if (at(i).deleteOnTermination()) {
                delete(i);
            } else {
                i.at = null;
            }
        }
    }
}
