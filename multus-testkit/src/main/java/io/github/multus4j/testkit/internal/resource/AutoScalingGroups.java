package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.lifecycle.LifecycleAction.Result;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.AttachInstances;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.AutoScalingInstance;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.CreateAutoScalingGroup;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeAutoScalingGroups;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeAutoScalingInstances;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeLifecycleHooks;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.GroupItem;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.PutLifecycleHook;
import io.github.multus4j.testkit.internal.call.LifecycleHook;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.rule.LifecycleRule;
import io.github.multus4j.testkit.internal.state.AutoScalingState;
import io.github.multus4j.testkit.internal.state.AutoScalingState.Group;
import io.github.multus4j.testkit.internal.state.StoredInstance;
import io.github.multus4j.testkit.internal.state.World;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules for Auto Scaling groups. */
public final class AutoScalingGroups {

    private static final int MAXIMUM_HOOKS = 50;
    private static final int DEFAULT_HEARTBEAT = 3600;
    private static final int DEFAULT_PAGE = 50;
    private static final int MAXIMUM_PAGE = 100;

    private static final Filters<Group> FILTERS = Filters.<Group>tagged(
                    Action.DESCRIBE_AUTO_SCALING_GROUPS, group -> group.settings.tags())
            .many("tag-value", group -> group.settings.tags().values());

    private final World world;
    private final LifecycleHooks hooks;
    private final Pager pager;

    public AutoScalingGroups(World world, LifecycleHooks hooks) {
        this.world = world;
        this.hooks = hooks;
        this.pager = new Pager(world, MAXIMUM_PAGE);
    }

    public Boolean create(CreateAutoScalingGroup request) {
        String name = request.autoScalingGroupName();
        if (world.autoScaling.groups.containsKey(name)) {
            throw LifecycleRule.LIFECYCLE_GROUP_EXISTS.error(
                    "AutoScalingGroup by this name already exists - A group with the name " + name + " already exists");
        }
        world.subnets.require(request.subnetIds());
        String arn = "arn:aws:autoscaling:" + world.region() + ":" + World.ACCOUNT + ":autoScalingGroup:"
                + world.ids.nextToken() + ":autoScalingGroupName/" + name;
        world.autoScaling.groups.put(name, new Group(name, arn, world.nextPlace(), world.now(), request.settings()));
        return true;
    }

    public Boolean putHook(PutLifecycleHook request) {
        Group group = world.autoScaling.require(request.autoScalingGroupName());
        String transition = request.lifecycleTransition();
        int heartbeat = request.heartbeatTimeout() == null ? DEFAULT_HEARTBEAT : request.heartbeatTimeout();
        if (!transition.equals(AutoScalingState.LAUNCHING) && !transition.equals(AutoScalingState.TERMINATING)) {
            throw LifecycleRule.LIFECYCLE_HOOK_INVALID.error("Invalid lifecycle transition: " + transition);
        }
        if (heartbeat < 30 || heartbeat > 7200) {
            throw LifecycleRule.LIFECYCLE_HOOK_INVALID.error(
                    "Heartbeat timeout must be between 30 and 7200 seconds: " + heartbeat);
        }
        Result defaultResult = request.defaultResult() == null
                ? Result.ABANDON
                : LifecycleHooks.result(request.defaultResult(), LifecycleRule.LIFECYCLE_HOOK_INVALID);
        String name = request.lifecycleHookName();
        if (group.hooks.size() >= MAXIMUM_HOOKS && !group.hooks.containsKey(name)) {
            throw LifecycleRule.LIFECYCLE_HOOKS_OVER_LIMIT.error(
                    "The maximum number of lifecycle hooks for the group has been reached: " + MAXIMUM_HOOKS);
        }
        group.hooks.put(
                name, new LifecycleHook(name, transition, heartbeat, defaultResult, request.notificationMetadata()));
        return true;
    }

    public List<LifecycleHook> describeHooks(DescribeLifecycleHooks request) {
        return world.autoScaling.require(request.autoScalingGroupName()).hooks.values().stream()
                .filter(hook -> request.lifecycleHookNames().isEmpty()
                        || request.lifecycleHookNames().contains(hook.name()))
                .toList();
    }

    public Boolean attach(AttachInstances request) {
        Group group = world.autoScaling.require(request.autoScalingGroupName());
        for (String id : request.instanceIds()) {
            StoredInstance instance = world.instances.find(id);
            if (instance == null || !instance.isVisibleAt(world.now())) {
                throw LifecycleRule.LIFECYCLE_INSTANCE_INVALID.error("Invalid Instance ID(s): [" + id + "] specified");
            }
            if (instance.state != Instance.State.RUNNING && instance.state != Instance.State.PENDING) {
                throw LifecycleRule.LIFECYCLE_INSTANCE_INVALID.error(
                        "Instance " + id + " is not in correct state: it is " + instance.state);
            }
            Optional<Group> present = world.autoScaling.groupOf(id);
            if (present.isPresent()) {
                throw LifecycleRule.LIFECYCLE_INSTANCE_INVALID.error(
                        "Instance " + id + " is already part of AutoScalingGroup:" + present.get().name);
            }
        }
        if (group.desiredCapacity() + request.instanceIds().size() > group.settings.maxSize()) {
            throw LifecycleRule.LIFECYCLE_OVER_MAX_SIZE.error("The desired capacity of the group " + group.name
                    + " would exceed its maximum size of " + group.settings.maxSize());
        }
        for (String id : request.instanceIds()) {
            group.instances.put(id, "Pending");
            hooks.startLaunch(group, id);
        }
        return true;
    }

    public Listing<GroupItem> describe(DescribeAutoScalingGroups request) {
        Integer asked = request.page().maxResults();
        int size = asked == null ? DEFAULT_PAGE : asked;
        List<String> names = request.autoScalingGroupNames();
        checkPage(size, MAXIMUM_PAGE, names.size(), size);
        List<Group> matching = FILTERS.apply(
                        request.filters(),
                        world.autoScaling.groups.values().stream()
                                .filter(group -> names.isEmpty() || names.contains(group.name)))
                .toList();
        Object query = List.of(names, request.filters(), request.includeInstances());
        return pager.cut(
                request.action(),
                query,
                matching,
                group -> group.order,
                new Page(size, request.page().nextToken()),
                group -> item(group, request.includeInstances()));
    }

    private static void checkPage(int size, int maximumSize, int names, int maximumNames) {
        if (size < 1 || size > maximumSize || names > maximumNames) {
            throw LifecycleRule.LIFECYCLE_PAGE_INVALID.error("MaxRecords must be between 1 and " + maximumSize
                    + " and is " + size + "; a call names at most " + maximumNames + " and names " + names);
        }
    }

    private GroupItem item(Group group, boolean includeInstances) {
        List<String> zones = group.settings.subnetIds().stream()
                .map(world.subnets::find)
                .flatMap(Stream::ofNullable)
                .map(subnet -> subnet.zone)
                .distinct()
                .toList();
        List<AutoScalingInstance> instances = includeInstances
                ? group.instances.entrySet().stream()
                        .map(e -> item(group, e.getKey(), e.getValue()))
                        .toList()
                : List.of();
        return new GroupItem(
                group.name, group.arn, group.createdTime, group.desiredCapacity(), group.settings, zones, instances);
    }

    public Listing<AutoScalingInstance> describeInstances(DescribeAutoScalingInstances request) {
        List<String> ids = request.instanceIds();
        Integer asked = request.page().maxResults();
        int size = asked == null ? DEFAULT_PAGE : asked;
        checkPage(size, DEFAULT_PAGE, ids.size(), DEFAULT_PAGE);
        List<AutoScalingInstance> items = world.autoScaling.groups.values().stream()
                .flatMap(group -> group.instances.entrySet().stream()
                        .filter(e -> ids.isEmpty() || ids.contains(e.getKey()))
                        .map(e -> item(group, e.getKey(), e.getValue())))
                .sorted(Comparator.comparingLong(instance -> world.instances.get(instance.instanceId()).order))
                .toList();
        return pager.cut(
                request.action(),
                ids,
                items,
                instance -> world.instances.get(instance.instanceId()).order,
                new Page(size, request.page().nextToken()),
                instance -> instance);
    }

    private AutoScalingInstance item(Group group, String id, String state) {
        StoredInstance instance = Objects.requireNonNull(world.instances.find(id));
        return new AutoScalingInstance(id, group.name, instance.zone, state, instance.type.name());
    }
}
