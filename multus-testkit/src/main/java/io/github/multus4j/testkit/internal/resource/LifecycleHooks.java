package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleAction.Result;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.CompleteLifecycleAction;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.RecordLifecycleActionHeartbeat;
import io.github.multus4j.testkit.internal.call.LifecycleHook;
import io.github.multus4j.testkit.internal.rule.ConformanceRule;
import io.github.multus4j.testkit.internal.rule.LifecycleRule;
import io.github.multus4j.testkit.internal.state.AutoScalingState;
import io.github.multus4j.testkit.internal.state.AutoScalingState.Ended;
import io.github.multus4j.testkit.internal.state.AutoScalingState.Group;
import io.github.multus4j.testkit.internal.state.AutoScalingState.Waiting;
import io.github.multus4j.testkit.internal.state.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules for lifecycle actions: their start, heartbeats and end. */
public final class LifecycleHooks {

    private static final Duration LONGEST = Duration.ofDays(2);
    private static final int MAXIMUM_HEARTBEATS = 100;

    private final World world;
    private final Instances instances;

    public LifecycleHooks(World world, Instances instances) {
        this.world = world;
        this.instances = instances;
    }

    /** The instance enters the group: every launch hook waits; without one it is in service. */
    void startLaunch(Group group, String instanceId) {
        group.hooks.values().stream()
                .filter(hook -> hook.transition().equals(AutoScalingState.LAUNCHING))
                .forEach(hook -> start(group, hook, instanceId));
        group.instances.put(instanceId, isWaitedFor(instanceId) ? "Pending:Wait" : "InService");
    }

    /** The longest time for which heartbeats can extend an action of that hook. */
    public static Duration longest(LifecycleHook hook) {
        Duration whole = Duration.ofSeconds(hook.heartbeatTimeout()).multipliedBy(MAXIMUM_HEARTBEATS);
        return whole.compareTo(LONGEST) < 0 ? whole : LONGEST;
    }

    /** Starts the action of one hook for an instance of the group. */
    public LifecycleAction start(Group group, LifecycleHook hook, String instanceId) {
        LifecycleAction action = new LifecycleAction(group.name, hook.name(), world.ids.nextToken(), instanceId);
        Duration heartbeat = Duration.ofSeconds(hook.heartbeatTimeout());
        Instant latest = world.in(longest(hook));
        world.autoScaling.waiting.put(action.token(), new Waiting(action, hook, world.in(heartbeat), latest));
        boolean launching = hook.transition().equals(AutoScalingState.LAUNCHING);
        LifecycleEvents messages = new LifecycleEvents(world);
        world.autoScaling.event(
                launching
                        ? messages.launch(action, "EC2", "AutoScalingGroup")
                        : messages.terminate(action, "AutoScalingGroup", "EC2"));
        if (!launching) {
            group.instances.put(instanceId, "Terminating:Wait");
        }
        return action;
    }

    public Boolean complete(CompleteLifecycleAction request) {
        Waiting waiting = require(
                request.autoScalingGroupName(),
                request.lifecycleHookName(),
                request.lifecycleActionToken(),
                request.instanceId());
        end(waiting, result(request.lifecycleActionResult(), LifecycleRule.LIFECYCLE_RESULT_INVALID), false);
        return true;
    }

    public Boolean heartbeat(RecordLifecycleActionHeartbeat request) {
        Waiting waiting = require(
                request.autoScalingGroupName(),
                request.lifecycleHookName(),
                request.lifecycleActionToken(),
                request.instanceId());
        Instant next = world.in(Duration.ofSeconds(waiting.hook().heartbeatTimeout()));
        Instant until = next.isBefore(waiting.atTheLatest()) ? next : waiting.atTheLatest();
        LifecycleAction action = waiting.action();
        world.autoScaling.waiting.put(
                action.token(), new Waiting(action, waiting.hook(), until, waiting.atTheLatest()));
        world.autoScaling.heartbeat(action);
        return true;
    }

    static Result result(String text, ConformanceRule rule) {
        return Stream.of(Result.values())
                .filter(result -> result.name().equals(text))
                .findFirst()
                .orElseThrow(() -> rule.error("Lifecycle action result must be CONTINUE or ABANDON: " + text));
    }

    private Waiting require(String groupName, String hookName, @Nullable String token, @Nullable String instanceId) {
        Group group = world.autoScaling.require(groupName);
        if (!group.hooks.containsKey(hookName)) {
            throw LifecycleRule.LIFECYCLE_HOOK_UNKNOWN.error(
                    "No Lifecycle LifecycleHook found with name: " + hookName + " in group " + groupName);
        }
        return world.autoScaling.waiting.values().stream()
                .filter(w -> w.action().autoScalingGroupName().equals(groupName)
                        && w.action().lifecycleHookName().equals(hookName))
                .filter(w -> token == null || token.equals(w.action().token()))
                .filter(w -> instanceId == null || instanceId.equals(w.action().instanceId()))
                .filter(w -> token != null || instanceId != null)
                .findFirst()
                .orElseThrow(
                        () -> LifecycleRule.LIFECYCLE_NO_ACTIVE_ACTION.error("No active Lifecycle Action found with "
                                + (token != null ? "token " + token : "instance ID " + instanceId)));
    }

    /** Ends the actions without a heartbeat in time. */
    public void settle() {
        List<Waiting> late = new ArrayList<>(world.autoScaling.waiting.values());
        late.removeIf(waiting -> world.now().isBefore(waiting.until()));
        late.forEach(waiting -> end(waiting, waiting.hook().defaultResult(), true));
    }

    private void end(Waiting waiting, Result result, boolean timedOut) {
        LifecycleAction action = waiting.action();
        world.autoScaling.waiting.remove(action.token());
        world.autoScaling.ended(new Ended(action, result, timedOut));
        boolean launching = waiting.hook().transition().equals(AutoScalingState.LAUNCHING);
        boolean goes = result == Result.ABANDON || !launching;
        if (goes && (launching || !isWaitedFor(action.instanceId()))) {
            instances.terminateForScaling(action.instanceId());
        } else if (!isWaitedFor(action.instanceId())) {
            world.autoScaling.require(action.autoScalingGroupName()).instances.put(action.instanceId(), "InService");
        }
    }

    private boolean isWaitedFor(String instanceId) {
        return world.autoScaling.waiting.values().stream()
                .anyMatch(w -> w.action().instanceId().equals(instanceId));
    }
}
