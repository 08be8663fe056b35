package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.testkit.internal.call.LifecycleHook;
import io.github.multus4j.testkit.internal.state.AutoScalingState;
import io.github.multus4j.testkit.internal.state.AutoScalingState.Group;
import io.github.multus4j.testkit.internal.state.World;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * EC2 Auto Scaling's messages as maps.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html">Event
 *     reference</a>
 */
public final class LifecycleEvents {

    private final World world;

    public LifecycleEvents(World world) {
        this.world = world;
    }

    public Map<String, Object> launch(LifecycleAction action, String origin, String destination) {
        return envelope(
                action, "EC2 Instance-launch Lifecycle Action", AutoScalingState.LAUNCHING, origin, destination);
    }

    public Map<String, Object> terminate(LifecycleAction action, String origin, String destination) {
        return envelope(
                action, "EC2 Instance-terminate Lifecycle Action", AutoScalingState.TERMINATING, origin, destination);
    }

    private Map<String, Object> envelope(
            LifecycleAction action, String detailType, String transition, String origin, String destination) {
        synchronized (world) {
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("LifecycleActionToken", action.token());
            detail.put("AutoScalingGroupName", action.autoScalingGroupName());
            detail.put("LifecycleHookName", action.lifecycleHookName());
            detail.put("EC2InstanceId", action.instanceId());
            detail.put("LifecycleTransition", transition);
            putMetadata(detail, action);
            detail.put("Origin", origin);
            detail.put("Destination", destination);

            Map<String, Object> event = new LinkedHashMap<>();
            event.put("version", "0");
            event.put("id", world.ids.nextToken());
            event.put("detail-type", detailType);
            event.put("source", "aws.autoscaling");
            event.put("account", World.ACCOUNT);
            event.put("time", world.now().truncatedTo(ChronoUnit.SECONDS).toString());
            event.put("region", world.region());
            event.put("resources", List.of(arn(action.autoScalingGroupName())));
            event.put("detail", detail);
            return event;
        }
    }

    public Map<String, Object> flat(LifecycleAction action, String transition, String origin, String destination) {
        synchronized (world) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("Origin", origin);
            message.put("LifecycleHookName", action.lifecycleHookName());
            message.put("Destination", destination);
            message.put("AccountId", World.ACCOUNT);
            message.put("RequestId", world.ids.nextToken());
            message.put("LifecycleTransition", transition);
            message.put("AutoScalingGroupName", action.autoScalingGroupName());
            message.put("Service", "AWS Auto Scaling");
            message.put("Time", milliseconds(world.now()));
            message.put("EC2InstanceId", action.instanceId());
            putMetadata(message, action);
            message.put("LifecycleActionToken", action.token());
            return message;
        }
    }

    public Map<String, Object> testNotification(String groupName) {
        synchronized (world) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("AccountId", World.ACCOUNT);
            message.put("RequestId", world.ids.nextToken());
            message.put("AutoScalingGroupARN", arn(groupName));
            message.put("AutoScalingGroupName", groupName);
            message.put("Service", "AWS Auto Scaling");
            message.put("Event", "autoscaling:TEST_NOTIFICATION");
            message.put("Time", milliseconds(world.now()));
            return message;
        }
    }

    private static String milliseconds(Instant instant) {
        String text = instant.truncatedTo(ChronoUnit.MILLIS).toString();
        return text.contains(".") ? text : text.replace("Z", ".000Z");
    }

    private void putMetadata(Map<String, Object> message, LifecycleAction action) {
        Group group = world.autoScaling.groups.get(action.autoScalingGroupName());
        LifecycleHook hook = group == null ? null : group.hooks.get(action.lifecycleHookName());
        if (hook != null && hook.metadata() != null) {
            message.put("NotificationMetadata", hook.metadata());
        }
    }

    private String arn(String groupName) {
        Group group = world.autoScaling.groups.get(groupName);
        return group != null
                ? group.arn
                : "arn:aws:autoscaling:" + world.region() + ":" + World.ACCOUNT
                        + ":autoScalingGroup:00000000-0000-4000-8000-000000000000:autoScalingGroupName/" + groupName;
    }
}
