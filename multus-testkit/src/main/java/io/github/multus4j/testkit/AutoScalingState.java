package io.github.multus4j.testkit;

import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleAction.Result;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** EC2 Auto Scaling's part of the world: groups, their hooks and instances, and the lifecycle actions. */
final class AutoScalingState {

    static final String LAUNCHING = "autoscaling:EC2_INSTANCE_LAUNCHING";
    static final String TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING";

    /** An Auto Scaling group; its instances have EC2 Auto Scaling's word for their state, such as {@code Pending:Wait}. */
    static final class Group {

        final String name;
        final String arn;
        final long order;
        final Instant createdTime;
        final GroupSettings settings;
        final Map<String, LifecycleHook> hooks = new LinkedHashMap<>();
        final Map<String, String> instances = new LinkedHashMap<>();

        Group(String name, String arn, long order, Instant createdTime, GroupSettings settings) {
            this.name = name;
            this.arn = arn;
            this.order = order;
            this.createdTime = createdTime;
            this.settings = settings;
        }

        /** The fake launches nothing, so all instances of the group were attached. Each raised the desired capacity. */
        int desiredCapacity() {
            return settings.desiredCapacity() + instances.size();
        }
    }

    /** An action that is waited for. */
    record Waiting(LifecycleAction action, LifecycleHook hook, Instant until, Instant atTheLatest) {}

    /** How an action ended. */
    record Ended(LifecycleAction action, Result result, boolean timedOut) {}

    final Map<String, Group> groups = new LinkedHashMap<>();
    final Map<String, Waiting> waiting = new LinkedHashMap<>();
    final Deque<Ended> ended = new ArrayDeque<>();
    final Deque<LifecycleAction> heartbeats = new ArrayDeque<>();

    /** The events that EventBridge got, in its shape. */
    final Deque<Map<String, Object>> events = new ArrayDeque<>();

    private int most = Integer.MAX_VALUE;

    /** Bounds each record of the past: its oldest entries are dropped. */
    void keepAtMost(int entries) {
        most = entries;
        trim();
    }

    void ended(Ended action) {
        ended.add(action);
        trim();
    }

    void heartbeat(LifecycleAction action) {
        heartbeats.add(action);
        trim();
    }

    void event(Map<String, Object> event) {
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
    Group require(String name) {
        Group group = groups.get(name);
        if (group == null) {
            throw LifecycleRule.LIFECYCLE_GROUP_UNKNOWN.error(
                    "AutoScalingGroup name not found - no such group: " + name);
        }
        return group;
    }

    Optional<Group> groupOf(String instanceId) {
        return groups.values().stream()
                .filter(group -> group.instances.containsKey(instanceId))
                .findFirst();
    }

    /** The instance is going away: nobody waits for it any more. */
    void forget(String instanceId) {
        groups.values().forEach(group -> group.instances.remove(instanceId));
        waiting.values().removeIf(w -> w.action().instanceId().equals(instanceId));
    }
}
