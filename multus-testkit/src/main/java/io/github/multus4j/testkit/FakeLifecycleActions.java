package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleAction.Result;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.AttachInstances;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.CompleteLifecycleAction;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.CreateAutoScalingGroup;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.PutLifecycleHook;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.RecordLifecycleActionHeartbeat;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.engine.Ec2Engine;
import io.github.multus4j.testkit.internal.engine.PortCalls;
import io.github.multus4j.testkit.internal.resource.LifecycleEvents;
import io.github.multus4j.testkit.internal.state.AutoScalingState;
import io.github.multus4j.testkit.internal.state.AutoScalingState.Ended;
import io.github.multus4j.testkit.internal.state.AutoScalingState.Group;
import io.github.multus4j.testkit.internal.state.AutoScalingState.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The lifecycle actions of EC2 Auto Scaling: instances that wait for a hook, their events, and
 * their results. An action that is not completed in time ends with its hook's default result, as in
 * EC2. Thread-safe.
 */
public final class FakeLifecycleActions implements LifecycleActions {

    private final Ec2Engine engine;
    private final PortCalls port;
    private final LifecycleEvents events;
    private volatile Function<String, Map<String, Object>> json = text -> {
        throw new UnsupportedOperationException(
                "the fake reads no JSON: give it a reader, autoScaling().readingJsonWith(text -> …),"
                        + " or hand events over as maps");
    };

    FakeLifecycleActions(Ec2Engine engine, PortCalls port) {
        this.engine = engine;
        this.port = port;
        this.events = new LifecycleEvents(engine.world());
    }

    /**
     * Bounds the memory of lifecycle events, of ended actions and of heartbeats: the oldest are
     * dropped once there are more of a kind. It is unbounded at first.
     *
     * @param entries the greatest number of each kind, at least 1
     */
    public void keepAtMost(int entries) {
        if (entries < 1) {
            throw new IllegalArgumentException("entries: must be at least 1, not " + entries);
        }
        synchronized (engine.world()) {
            engine.world().autoScaling.keepAtMost(entries);
        }
    }

    /** Sets the reader of {@link #readJson}. */
    public FakeLifecycleActions readingJsonWith(Function<String, Map<String, Object>> reader) {
        json = reader;
        return this;
    }

    /** Makes a group, unless it is there. */
    public void group(String autoScalingGroupName) {
        synchronized (engine.world()) {
            if (!engine.world().autoScaling.groups.containsKey(autoScalingGroupName)) {
                engine.setUp(new CreateAutoScalingGroup(autoScalingGroupName, List.of(), Map.of()));
            }
        }
    }

    /** Makes or changes a launch hook, and its group if need be. */
    public void launchHook(String autoScalingGroupName, String hook, int heartbeatSeconds, Result defaultResult) {
        hook(autoScalingGroupName, hook, AutoScalingState.LAUNCHING, heartbeatSeconds, defaultResult);
    }

    /** Makes or changes a termination hook, and its group if need be. */
    public void terminateHook(String autoScalingGroupName, String hook, int heartbeatSeconds, Result defaultResult) {
        hook(autoScalingGroupName, hook, AutoScalingState.TERMINATING, heartbeatSeconds, defaultResult);
    }

    private void hook(String group, String hook, String transition, int heartbeatSeconds, Result defaultResult) {
        group(group);
        engine.setUp(new PutLifecycleHook(group, hook, transition, heartbeatSeconds, defaultResult.name(), null));
    }

    /**
     * The instance enters the group and waits for that launch hook. Group and hook (time-out one
     * hour, default ABANDON) are made if need be.
     */
    public LifecycleAction waiting(String autoScalingGroupName, String hook, String instanceId) {
        return start(autoScalingGroupName, hook, instanceId, AutoScalingState.LAUNCHING);
    }

    /**
     * The instance leaves the group and waits for that termination hook. Group and hook are made if
     * need be.
     */
    public LifecycleAction terminating(String autoScalingGroupName, String hook, String instanceId) {
        return start(autoScalingGroupName, hook, instanceId, AutoScalingState.TERMINATING);
    }

    private LifecycleAction start(String groupName, String hook, String instanceId, String transition) {
        synchronized (engine.world()) {
            group(groupName);
            Group group =
                    Objects.requireNonNull(engine.world().autoScaling.groups.get(groupName));
            if (!group.hooks.containsKey(hook)) {
                engine.setUp(new PutLifecycleHook(groupName, hook, transition, null, null, null));
            }
            if (!group.instances.containsKey(instanceId)) {
                engine.setUp(new AttachInstances(groupName, List.of(instanceId)));
            }
            return find(groupName, hook, instanceId)
                    .orElseGet(() -> engine.startLifecycleAction(
                            group, Objects.requireNonNull(group.hooks.get(hook)), instanceId));
        }
    }

    private Optional<LifecycleAction> find(String group, String hook, String instanceId) {
        return engine.world().autoScaling.waiting.values().stream()
                .map(Waiting::action)
                .filter(action -> action.autoScalingGroupName().equals(group)
                        && action.lifecycleHookName().equals(hook)
                        && action.instanceId().equals(instanceId))
                .findFirst();
    }

    /** Whether the action is still pending. */
    public boolean isWaiting(LifecycleAction action) {
        synchronized (engine.world()) {
            engine.settle();
            return engine.world().autoScaling.waiting.containsKey(action.token());
        }
    }

    /** The result of the action, by its completion or by time-out; empty while it is pending. */
    public Optional<Result> result(LifecycleAction action) {
        synchronized (engine.world()) {
            engine.settle();
            return engine.world().autoScaling.ended.stream()
                    .filter(ended -> ended.action().equals(action))
                    .map(Ended::result)
                    .findFirst();
        }
    }

    /** Whether the action ended by its time-out. */
    public boolean hasTimedOut(LifecycleAction action) {
        synchronized (engine.world()) {
            engine.settle();
            return engine.world().autoScaling.ended.stream()
                    .anyMatch(ended -> ended.action().equals(action) && ended.timedOut());
        }
    }

    /** The number of heartbeats of the action. */
    public int heartbeats(LifecycleAction action) {
        synchronized (engine.world()) {
            return (int) engine.world().autoScaling.heartbeats.stream()
                    .filter(action::equals)
                    .count();
        }
    }

    /**
     * The instance's state in DescribeAutoScalingInstances, such as {@code Pending:Wait}; empty if
     * it is in no group.
     */
    public Optional<String> lifecycleState(String instanceId) {
        synchronized (engine.world()) {
            engine.settle();
            return engine.world().autoScaling.groupOf(instanceId).map(group -> group.instances.get(instanceId));
        }
    }

    /** The launch event of EventBridge, from EC2 to the group. */
    public Map<String, Object> launchEvent(LifecycleAction action) {
        return launchEvent(action, "EC2", "AutoScalingGroup");
    }

    /**
     * The launch event of EventBridge with another origin and destination: {@code EC2},
     * {@code WarmPool}, {@code AutoScalingGroup}.
     */
    public Map<String, Object> launchEvent(LifecycleAction action, String origin, String destination) {
        return events.launch(action, origin, destination);
    }

    /** The termination event of EventBridge, from the group to EC2. */
    public Map<String, Object> terminateEvent(LifecycleAction action) {
        return terminateEvent(action, "AutoScalingGroup", "EC2");
    }

    /**
     * The termination event of EventBridge with another origin and destination; to
     * {@code WarmPool}, the instance lives on.
     */
    public Map<String, Object> terminateEvent(LifecycleAction action, String origin, String destination) {
        return events.terminate(action, origin, destination);
    }

    /**
     * The launch message in the form for a hook's own target (SQS, SNS): flat, without an envelope.
     */
    public Map<String, Object> flatLaunchMessage(LifecycleAction action) {
        return events.flat(action, AutoScalingState.LAUNCHING, "EC2", "AutoScalingGroup");
    }

    /** The termination message in the form for a hook's own target. */
    public Map<String, Object> flatTerminateMessage(LifecycleAction action) {
        return events.flat(action, AutoScalingState.TERMINATING, "AutoScalingGroup", "EC2");
    }

    /**
     * The message to a hook's own target at the creation of the hook: no instance, no token, no
     * transition.
     */
    public Map<String, Object> testNotification(String autoScalingGroupName) {
        group(autoScalingGroupName);
        return events.testNotification(autoScalingGroupName);
    }

    @Override
    public boolean complete(LifecycleAction action, Result result, Deadline deadline) {
        return whileActive(
                new CompleteLifecycleAction(
                        action.autoScalingGroupName(),
                        action.lifecycleHookName(),
                        action.token(),
                        action.instanceId(),
                        result.name()),
                deadline);
    }

    @Override
    public boolean heartbeat(LifecycleAction action, Deadline deadline) {
        return whileActive(
                new RecordLifecycleActionHeartbeat(
                        action.autoScalingGroupName(), action.lifecycleHookName(), action.token(), action.instanceId()),
                deadline);
    }

    private boolean whileActive(Ec2Request<Boolean> request, Deadline deadline) {
        try {
            return port.call(request, deadline);
        } catch (Ec2Exception e) {
            if (e.kind() == Ec2Exception.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Reads with the reader of {@link #readingJsonWith}.
     *
     * @throws UnsupportedOperationException if none was set
     */
    @Override
    public Map<String, Object> readJson(String text) {
        return json.apply(text);
    }
}
