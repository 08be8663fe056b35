package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.AutoScalingInstance;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeAutoScalingGroups;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.GroupItem;
import io.github.multus4j.testkit.internal.call.GroupSettings;
import io.github.multus4j.testkit.internal.call.GroupSettings.LaunchTemplate;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How Auto Scaling groups are read and written. */
final class GroupActions {

    private GroupActions() {}

    static GroupSettings settings(QueryRequest p, List<String> subnets) {
        int minimum = p.integer("MinSize", 0);
        Map<String, String> tags = SharedParameters.tagList(p, "Tags.member");
        return new GroupSettings(
                minimum,
                p.integer("MaxSize", minimum),
                p.integer("DesiredCapacity", minimum),
                template(p),
                subnets,
                tags,
                p.structures("Tags.member").stream()
                        .filter(tag -> tag.flag("PropagateAtLaunch", false))
                        .map(tag -> tag.required("Key"))
                        .toList());
    }

    private static @Nullable LaunchTemplate template(QueryRequest p) {
        if (!p.has("LaunchTemplate")) {
            return null;
        }
        QueryRequest template = p.structure("LaunchTemplate");
        return new LaunchTemplate(
                template.text("LaunchTemplateId"), template.text("LaunchTemplateName"), template.text("Version"));
    }

    static Call<Listing<GroupItem>> describe(QueryRequest p) {
        // No group here is managed by a service.
        p.ignore("IncludeManagedResources");
        List<Filter> filters = p.structures("Filters.member").stream()
                .map(each -> Filter.of(each.required("Name"), each.requiredTexts("Values.member")))
                .toList();
        DescribeAutoScalingGroups request = new DescribeAutoScalingGroups(
                p.texts("AutoScalingGroupNames.member"),
                p.flag("IncludeInstances", true),
                filters,
                new Page(p.integer("MaxRecords"), p.text("NextToken")));
        return new Call<>(
                request,
                (xml, listing) -> xml.members("AutoScalingGroups", listing.items(), GroupActions::write)
                        .text("NextToken", listing.nextToken()));
    }

    private static void write(Xml xml, GroupItem item) {
        GroupSettings settings = item.settings();
        xml.text("AutoScalingGroupName", item.name()).text("AutoScalingGroupARN", item.arn());
        xml.element("LaunchTemplate", settings.launchTemplate(), GroupActions::writeTemplate);
        xml.text("MinSize", settings.minSize()).text("MaxSize", settings.maxSize());
        xml.text("DesiredCapacity", item.desiredCapacity()).text("DefaultCooldown", 300);
        xml.members("AvailabilityZones", item.zones(), Xml::characters);
        xml.text("HealthCheckType", "EC2").text("HealthCheckGracePeriod", 0);
        xml.members("Instances", item.instances(), (member, instance) -> writeInstance(member, instance, settings));
        xml.text("CreatedTime", item.createdTime());
        if (!settings.subnetIds().isEmpty()) {
            xml.text("VPCZoneIdentifier", String.join(",", settings.subnetIds()));
        }
        xml.members("Tags", settings.tags().entrySet(), (member, tag) -> {
            member.text("ResourceId", item.name()).text("ResourceType", "auto-scaling-group");
            member.text("Key", tag.getKey()).text("Value", tag.getValue());
            member.text("PropagateAtLaunch", settings.propagatedKeys().contains(tag.getKey()));
        });
        xml.text("NewInstancesProtectedFromScaleIn", false);
    }

    private static void writeInstance(Xml xml, AutoScalingInstance instance, GroupSettings settings) {
        xml.text("InstanceId", instance.instanceId()).text("InstanceType", instance.instanceType());
        xml.text("AvailabilityZone", instance.availabilityZone());
        xml.text("LifecycleState", instance.lifecycleState()).text("HealthStatus", "Healthy");
        xml.element("LaunchTemplate", settings.launchTemplate(), GroupActions::writeTemplate);
        xml.text("ProtectedFromScaleIn", false);
    }

    private static void writeTemplate(Xml xml, LaunchTemplate template) {
        xml.text("LaunchTemplateId", template.id()).text("LaunchTemplateName", template.name());
        xml.text("Version", template.version());
    }
}
