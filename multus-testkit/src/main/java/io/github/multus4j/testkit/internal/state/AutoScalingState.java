package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleAction.Result;
import io.github.multus4j.testkit.internal.call.GroupSettings;
import io.github.multus4j.testkit.internal.call.LifecycleHook;
import io.github.multus4j.testkit.internal.rule.LifecycleRule;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * EC2 Auto Scaling's part of the world: groups, their hooks and instances, and the lifecycle
 * actions.
 */
public final class AutoScalingState {

    public static final String LAUNCHING = "autoscaling:EC2_INSTANCE_LAUNCHING";
    public static final String TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING";

    /**
     * An Auto Scaling group; its instances have EC2 Auto Scaling's word for their state, such as
     * {@code Pending:Wait}.
     */
    public static final class Group {

        public final String name;
        public final String arn;
        public final long order;
        public final Instant createdTime;
        public final GroupSettings settings;
        public final Map<String, LifecycleHook> hooks = new LinkedHashMap<>();
        public final Map<String, String> instances = new LinkedHashMap<>();

        public Group(String name, String arn, long order, Instant createdTime, GroupSettings settings) {
            this.name = name;
            this.arn = arn;
            this.order = order;
            this.createdTime = createdTime;
            this.settings = settings;
        }

        /**
         * The fake launches nothing, so all instances of the group were attached. Each raised the
         * desired capacity.
         */
        public int desiredCapacity() {
            return settings.desiredCapacity() + instances.size();
        }
    }

    /** A pending action. */
    public record Waiting(LifecycleAction action, LifecycleHook hook, Instant until, Instant atTheLatest) {}

    /** The end of an action. */
    public record Ended(LifecycleAction action, Result result, boolean timedOut) {}

    public final Map<String, Group> groups = new LinkedHashMap<>();
    public final Map<String, Waiting> waiting = new LinkedHashMap<>();
    public final Deque<Ended> ended = new ArrayDeque<>();
    public final Deque<LifecycleAction> heartbeats = new ArrayDeque<>();

    /** The events of EventBridge, in its shape. */
    public final Deque<Map<String, Object>> events = new ArrayDeque<>();

    private int most = Integer.MAX_VALUE;

    /** Bounds each record of the past: its oldest entries are dropped. */
    public void keepAtMost(int entries) {
        most = entries;
        trim();
    }

    public void ended(Ended action) {
        ended.add(action);
        trim();
    }

    public void heartbeat(LifecycleAction action) {
        heartbeats.add(action);
        trim();
    }

    public void event(Map<String, Object> event) {
        events.add(event);
        trim();
    }

    private void trim() {
        for (Deque<?> past : List.of(ended, heartbeats, events)) {
            while (past.size() > most) {
                past.removeFirst();
            }
        }
    }

    void clear() {
        groups.clear();
        waiting.clear();
        ended.clear();
        heartbeats.clear();
        events.clear();
    }

    /** The group of that name, which must exist. */
    public Group require(String name) {
        Group group = groups.get(name);
        if (group == null) {
            throw LifecycleRule.LIFECYCLE_GROUP_UNKNOWN.error(
                    "AutoScalingGroup name not found - no such group: " + name);
        }
        return group;
    }

    public Optional<Group> groupOf(String instanceId) {
        return groups.values().stream()
                .filter(group -> group.instances.containsKey(instanceId))
                .findFirst();
    }

    /** Forgets the pending actions of an instance that is being terminated. */
    public void forget(String instanceId) {
        groups.values().forEach(group -> group.instances.remove(instanceId));
        waiting.values().removeIf(w -> w.action().instanceId().equals(instanceId));
    }
}
