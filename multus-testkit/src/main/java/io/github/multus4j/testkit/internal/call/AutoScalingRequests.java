package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls to EC2 Auto Scaling. */
public final class AutoScalingRequests {

    private AutoScalingRequests() {}

    public record CreateAutoScalingGroup(
            String autoScalingGroupName, List<String> subnetIds, Map<String, String> tags, GroupSettings settings)
            implements Ec2Request<Boolean> {

        /** A group without a given size. */
        public CreateAutoScalingGroup(String autoScalingGroupName, List<String> subnetIds, Map<String, String> tags) {
            this(autoScalingGroupName, subnetIds, tags, GroupSettings.of(subnetIds, tags));
        }
    }

    public record PutLifecycleHook(
            String autoScalingGroupName,
            String lifecycleHookName,
            String lifecycleTransition,
            @Nullable Integer heartbeatTimeout,
            @Nullable String defaultResult,
            @Nullable String notificationMetadata)
            implements Ec2Request<Boolean> {}

    /** Starts the launch lifecycle action where the group has a launch hook. */
    public record AttachInstances(String autoScalingGroupName, List<String> instanceIds)
            implements Ec2Request<Boolean> {}

    public record CompleteLifecycleAction(
            String autoScalingGroupName,
            String lifecycleHookName,
            @Nullable String lifecycleActionToken,
            @Nullable String instanceId,
            String lifecycleActionResult)
            implements Ec2Request<Boolean> {}

    public record RecordLifecycleActionHeartbeat(
            String autoScalingGroupName,
            String lifecycleHookName,
            @Nullable String lifecycleActionToken,
            @Nullable String instanceId)
            implements Ec2Request<Boolean> {}

    /** All hooks of the group, or the named ones. */
    public record DescribeLifecycleHooks(String autoScalingGroupName, List<String> lifecycleHookNames)
            implements Ec2Request<List<LifecycleHook>> {}

    /** All groups, or the named ones; unknown names are left out. */
    public record DescribeAutoScalingGroups(
            List<String> autoScalingGroupNames, boolean includeInstances, List<Filter> filters, Page page)
            implements Ec2Request<Listing<GroupItem>> {}

    /** A group as DescribeAutoScalingGroups shows it. */
    public record GroupItem(
            String name,
            String arn,
            Instant createdTime,
            int desiredCapacity,
            GroupSettings settings,
            List<String> zones,
            List<AutoScalingInstance> instances) {

        public GroupItem {
            zones = List.copyOf(zones);
            instances = List.copyOf(instances);
        }
    }

    public record DescribeAutoScalingInstances(List<String> instanceIds, Page page)
            implements Ec2Request<Listing<AutoScalingInstance>> {}

    /**
     * An instance of an Auto Scaling group; its state is EC2 Auto Scaling's word, such as
     * {@code Pending:Wait}.
     */
    public record AutoScalingInstance(
            String instanceId,
            String autoScalingGroupName,
            String availabilityZone,
            String lifecycleState,
            String instanceType) {}
}
