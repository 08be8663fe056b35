package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.AttachInstances;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.AutoScalingInstance;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.CompleteLifecycleAction;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.CreateAutoScalingGroup;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeAutoScalingInstances;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeLifecycleHooks;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.PutLifecycleHook;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.RecordLifecycleActionHeartbeat;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.GroupSettings;
import io.github.multus4j.testkit.internal.call.LifecycleHook;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import io.github.multus4j.testkit.internal.resource.LifecycleHooks;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The actions of EC2 Auto Scaling that are needed to have lifecycle hooks and to complete them. Its
 * lists are {@code NAME.member.N}.
 */
final class AutoScalingActions {

    private AutoScalingActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.CREATE_AUTO_SCALING_GROUP, AutoScalingActions::createGroup,
                Action.DESCRIBE_AUTO_SCALING_GROUPS, GroupActions::describe,
                Action.PUT_LIFECYCLE_HOOK, AutoScalingActions::putHook,
                Action.DESCRIBE_LIFECYCLE_HOOKS, AutoScalingActions::describeHooks,
                Action.ATTACH_INSTANCES, AutoScalingActions::attachInstances,
                Action.DESCRIBE_AUTO_SCALING_INSTANCES, AutoScalingActions::describeInstances,
                Action.COMPLETE_LIFECYCLE_ACTION, AutoScalingActions::complete,
                Action.RECORD_LIFECYCLE_ACTION_HEARTBEAT, AutoScalingActions::heartbeat);
    }

    /**
     * The group launches nothing by itself: its sizes and templates are shown and have no effect.
     */
    private static Call<Boolean> createGroup(QueryRequest p) {
        p.ignore("AvailabilityZones.member");
        p.structures("Tags.member")
                .forEach(tag -> Stream.of("ResourceId", "ResourceType").forEach(tag::ignore));
        List<String> subnets = Stream.of(p.text("VPCZoneIdentifier", "").split(","))
                .map(String::strip)
                .filter(subnet -> !subnet.isEmpty())
                .toList();
        GroupSettings settings = GroupActions.settings(p, subnets);
        return silent(
                new CreateAutoScalingGroup(p.required("AutoScalingGroupName"), subnets, settings.tags(), settings));
    }

    private static Call<Boolean> putHook(QueryRequest p) {
        p.ignore("RoleARN");
        p.ignore("NotificationTargetARN");
        return silent(new PutLifecycleHook(
                p.required("AutoScalingGroupName"),
                p.required("LifecycleHookName"),
                p.required("LifecycleTransition"),
                p.integer("HeartbeatTimeout"),
                p.text("DefaultResult"),
                p.text("NotificationMetadata")));
    }

    private static Call<List<LifecycleHook>> describeHooks(QueryRequest p) {
        String group = p.required("AutoScalingGroupName");
        return new Call<>(
                new DescribeLifecycleHooks(group, p.texts("LifecycleHookNames.member")),
                (xml, hooks) -> xml.members("LifecycleHooks", hooks, (member, hook) -> {
                    member.text("LifecycleHookName", hook.name()).text("AutoScalingGroupName", group);
                    member.text("LifecycleTransition", hook.transition());
                    member.text("NotificationMetadata", hook.metadata());
                    member.text("HeartbeatTimeout", hook.heartbeatTimeout());
                    member.text("GlobalTimeout", LifecycleHooks.longest(hook).toSeconds());
                    member.text("DefaultResult", hook.defaultResult());
                }));
    }

    private static Call<Boolean> attachInstances(QueryRequest p) {
        return silent(new AttachInstances(p.required("AutoScalingGroupName"), p.requiredTexts("InstanceIds.member")));
    }

    private static Call<Listing<AutoScalingInstance>> describeInstances(QueryRequest p) {
        Page page = new Page(p.integer("MaxRecords"), p.text("NextToken"));
        return new Call<>(
                new DescribeAutoScalingInstances(p.texts("InstanceIds.member"), page),
                (xml, listing) -> xml.members(
                                "AutoScalingInstances", listing.items(), AutoScalingActions::writeInstance)
                        .text("NextToken", listing.nextToken()));
    }

    private static Call<Boolean> complete(QueryRequest p) {
        return silent(new CompleteLifecycleAction(
                p.required("AutoScalingGroupName"),
                p.required("LifecycleHookName"),
                p.text("LifecycleActionToken"),
                p.text("InstanceId"),
                p.required("LifecycleActionResult")));
    }

    private static Call<Boolean> heartbeat(QueryRequest p) {
        return silent(new RecordLifecycleActionHeartbeat(
                p.required("AutoScalingGroupName"),
                p.required("LifecycleHookName"),
                p.text("LifecycleActionToken"),
                p.text("InstanceId")));
    }

    private static void writeInstance(Xml xml, AutoScalingInstance instance) {
        xml.text("InstanceId", instance.instanceId()).text("InstanceType", instance.instanceType());
        xml.text("AutoScalingGroupName", instance.autoScalingGroupName());
        xml.text("AvailabilityZone", instance.availabilityZone());
        xml.text("LifecycleState", instance.lifecycleState());
        xml.text("HealthStatus", "HEALTHY").text("ProtectedFromScaleIn", false);
    }

    /** The answer of Auto Scaling is empty. */
    private static Call<Boolean> silent(Ec2Request<Boolean> request) {
        return new Call<>(request, (xml, done) -> {});
    }
}
