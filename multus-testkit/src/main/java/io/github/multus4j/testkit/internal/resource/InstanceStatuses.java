package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.InstanceItem;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstanceStatus;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.state.ListedItem;
import io.github.multus4j.testkit.internal.state.VisibleState;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;

/** The status checks of instances. They pass from the moment at which an instance runs. */
public final class InstanceStatuses {

    private static final Filters<InstanceItem> FILTERS = Filters.<InstanceItem>untagged(Action.DESCRIBE_INSTANCE_STATUS)
            .one("availability-zone", i -> i.instance().zone())
            .one("availability-zone-id", i -> Zones.id(i.instance().zone()))
            .one("instance-state-name", i -> i.instance().state())
            .one("instance-state-code", i -> Instances.code(i.instance().state()))
            .one("instance-status.status", InstanceStatuses::status)
            .one("system-status.status", InstanceStatuses::status)
            .many("instance-status.reachability", InstanceStatuses::reachability)
            .many("system-status.reachability", InstanceStatuses::reachability)
            .absent("event.code", "event.description", "event.instance-event-id")
            .absent("event.not-after", "event.not-before", "event.not-before-deadline");

    private final World world;
    private final Pager pager;

    public InstanceStatuses(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    public Listing<InstanceItem> describe(DescribeInstanceStatus request) {
        boolean byId = !request.instanceIds().isEmpty();
        pager.check(request.page(), byId, "InstanceIds");
        Object query = List.of(request.filters(), request.includeAllInstances());
        Pager.Start start = pager.start(request.action(), query, request.page(), world::timeShown);
        List<ListedItem<InstanceItem>> matching = FILTERS.apply(
                        request.filters(),
                        world.stateAt(start.timeShown())
                                .asked(world.instances, VisibleState::instances, request.instanceIds())
                                .filter(i -> request.includeAllInstances() || isRunning(i.item())),
                        ListedItem::item)
                .toList();
        return pager.cut(start, matching, ListedItem::order, ListedItem::item);
    }

    public static boolean isRunning(InstanceItem item) {
        return item.instance().state() == Instance.State.RUNNING;
    }

    public static String status(InstanceItem item) {
        return isRunning(item) ? "ok" : "not-applicable";
    }

    private static List<String> reachability(InstanceItem item) {
        return isRunning(item) ? List.of("passed") : List.of();
    }
}
