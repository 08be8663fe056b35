package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.DnsName;
import io.github.multus4j.testkit.internal.call.InstanceItem;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstanceStatus;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.LaunchInterface;
import io.github.multus4j.testkit.internal.call.InstanceRequests.MoreAddresses;
import io.github.multus4j.testkit.internal.call.InstanceRequests.PrimaryAddresses;
import io.github.multus4j.testkit.internal.call.InstanceRequests.RunInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StartInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StateChange;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StopInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.TerminateInstances;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.query.InterfaceActions.Ipv4Choice;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import io.github.multus4j.testkit.internal.resource.InstanceStatuses;
import io.github.multus4j.testkit.internal.resource.Instances;
import io.github.multus4j.testkit.internal.resource.Zones;
import io.github.multus4j.testkit.internal.state.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The actions on instances. */
final class InstanceActions {

    /** Parameters of RunInstances without any effect on the network. */
    private static final List<String> NOT_OF_THE_NETWORK = List.of(
            "AdditionalInfo",
            "BlockDeviceMapping",
            "CapacityReservationSpecification",
            "CpuOptions",
            "CreditSpecification",
            "EnclaveOptions",
            "HibernationOptions",
            "IamInstanceProfile",
            "KeyName",
            "MaintenanceOptions",
            "MetadataOptions",
            "Monitoring",
            "Placement.Tenancy",
            "PrivateDnsNameOptions");

    private InstanceActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.RUN_INSTANCES, InstanceActions::run,
                Action.DESCRIBE_INSTANCES, InstanceActions::describe,
                Action.DESCRIBE_INSTANCE_STATUS, InstanceActions::describeStatus,
                Action.TERMINATE_INSTANCES, InstanceActions::terminate,
                Action.STOP_INSTANCES, InstanceActions::stop,
                Action.START_INSTANCES, InstanceActions::start);
    }

    private static Call<List<InstanceItem>> run(QueryRequest p) {
        NOT_OF_THE_NETWORK.forEach(p::ignore);
        Map<String, Map<String, String>> tags =
                SharedParameters.specifiedTags(p, List.of("instance", "network-interface", "volume"));
        RunInstances request = new RunInstances(
                p.required("ImageId"),
                p.text("InstanceType", "m1.small"),
                p.requiredInteger("MinCount"),
                p.requiredInteger("MaxCount"),
                p.text("SubnetId"),
                p.text("Placement.AvailabilityZone"),
                p.texts("SecurityGroupId"),
                p.structures("NetworkInterface").stream()
                        .map(InstanceActions::launchInterface)
                        .toList(),
                tags.getOrDefault("instance", Map.of()),
                tags.getOrDefault("network-interface", Map.of()),
                p.text("ClientToken"),
                new PrimaryAddresses(
                        p.text("PrivateIpAddress"),
                        p.integer("Ipv6AddressCount"),
                        InterfaceActions.inner(p, "Ipv6Address", "Ipv6Address")),
                InstanceAttributeActions.ofLaunch(p));
        return new Call<>(request, InstanceActions::writeReservation);
    }

    private static LaunchInterface launchInterface(QueryRequest p) {
        p.ignore("AssociatePublicIpAddress");
        Ipv4Choice ipv4 = Ipv4Choice.read(p);
        return new LaunchInterface(
                p.requiredInteger("DeviceIndex"),
                p.integer("NetworkCardIndex", 0),
                p.text("NetworkInterfaceId"),
                p.text("SubnetId"),
                p.texts("SecurityGroupId"),
                ipv4.primary(),
                p.integer("Ipv6AddressCount"),
                p.text("Description", ""),
                p.flag("DeleteOnTermination"),
                p.text("InterfaceType", "interface"),
                new MoreAddresses(
                        ipv4.secondary(),
                        p.integer("SecondaryPrivateIpAddressCount"),
                        InterfaceActions.inner(p, "Ipv4Prefix", "Ipv4Prefix"),
                        p.integer("Ipv4PrefixCount"),
                        InterfaceActions.inner(p, "Ipv6Addresses", "Ipv6Address"),
                        InterfaceActions.inner(p, "Ipv6Prefix", "Ipv6Prefix"),
                        p.integer("Ipv6PrefixCount")));
    }

    private static Call<Listing<InstanceItem>> describe(QueryRequest p) {
        p.ignore("IncludeManagedResources");
        DescribeInstances request =
                new DescribeInstances(p.texts("InstanceId"), SharedParameters.filters(p), SharedParameters.page(p));
        return new Call<>(request, (xml, listing) -> {
            xml.items("reservationSet", byReservation(listing.items()), InstanceActions::writeReservation);
            SharedParameters.nextToken(xml, listing);
        });
    }

    private static Call<Listing<InstanceItem>> describeStatus(QueryRequest p) {
        DescribeInstanceStatus request = new DescribeInstanceStatus(
                p.texts("InstanceId"),
                p.flag("IncludeAllInstances", false),
                SharedParameters.filters(p),
                SharedParameters.page(p));
        return WireAction.listing(request, "instanceStatusSet", InstanceActions::writeStatus);
    }

    private static void writeStatus(Xml xml, InstanceItem item) {
        Instance instance = item.instance();
        xml.text("instanceId", instance.id()).text("availabilityZone", instance.zone());
        xml.text("availabilityZoneId", Zones.id(instance.zone())).text("outpostArn", instance.outpostArn());
        xml.element("instanceState", instance.state(), InstanceActions::writeState);
        for (String checks : List.of("systemStatus", "instanceStatus")) {
            xml.element(checks, status -> {
                status.text("status", InstanceStatuses.status(item));
                status.items(
                        "details",
                        InstanceStatuses.isRunning(item) ? List.of("reachability") : List.<String>of(),
                        (detail, name) -> detail.text("name", name).text("status", "passed"));
            });
        }
    }

    private static Call<List<StateChange>> terminate(QueryRequest p) {
        p.ignore("Force");
        p.ignore("SkipOsShutdown");
        return new Call<>(new TerminateInstances(p.texts("InstanceId")), InstanceActions::writeChanges);
    }

    private static Call<List<StateChange>> stop(QueryRequest p) {
        p.ignore("Force");
        p.ignore("SkipOsShutdown");
        return new Call<>(new StopInstances(p.texts("InstanceId")), InstanceActions::writeChanges);
    }

    private static Call<List<StateChange>> start(QueryRequest p) {
        return new Call<>(new StartInstances(p.texts("InstanceId")), InstanceActions::writeChanges);
    }

    private static List<List<InstanceItem>> byReservation(List<InstanceItem> instances) {
        Map<String, List<InstanceItem>> reservations = new LinkedHashMap<>();
        for (InstanceItem item : instances) {
            reservations
                    .computeIfAbsent(item.reservationId(), id -> new ArrayList<>())
                    .add(item);
        }
        return List.copyOf(reservations.values());
    }

    private static void writeReservation(Xml xml, List<InstanceItem> instances) {
        xml.text("reservationId", instances.get(0).reservationId()).text("ownerId", World.ACCOUNT);
        xml.items("groupSet", List.of(), (group, none) -> {});
        xml.items("instancesSet", instances, InstanceActions::write);
    }

    private static void write(Xml xml, InstanceItem item) {
        Instance instance = item.instance();
        xml.text("instanceId", instance.id()).text("imageId", item.imageId());
        xml.text("instanceType", instance.type()).text("launchTime", item.launchTime());
        xml.element("instanceState", instance.state(), InstanceActions::writeState);
        xml.element(
                "placement",
                placement -> placement.text("availabilityZone", instance.zone()).text("tenancy", "default"));
        xml.text("outpostArn", instance.outpostArn());
        xml.element("monitoring", monitoring -> monitoring.text("state", "disabled"));
        if (!item.subnetId().isEmpty()) {
            xml.text("subnetId", item.subnetId()).text("vpcId", instance.vpcId());
        }
        writePrimary(xml, item);
        xml.text("architecture", "x86_64").text("virtualizationType", "hvm").text("hypervisor", "xen");
        xml.text("rootDeviceType", "ebs").text("ebsOptimized", item.attributes().ebsOptimized());
        if (!item.clientToken().isEmpty()) {
            xml.text("clientToken", item.clientToken());
        }
        SharedParameters.tagSet(xml, instance.tags());
        xml.items("networkInterfaceSet", item.interfaces(), InterfaceXml::writeInInstance);
    }

    /** The attributes of the primary interface that an instance shows as its own. */
    private static void writePrimary(Xml xml, InstanceItem item) {
        if (item.interfaces().isEmpty()) {
            return;
        }
        InterfaceItem primary = item.interfaces().get(0);
        primary.networkInterface().ipv4Addresses().stream()
                .findFirst()
                .ifPresent(address -> xml.text("privateIpAddress", address)
                        .text(
                                "privateDnsName",
                                DnsName.of(address, item.instance().zone())));
        xml.text("sourceDestCheck", primary.networkInterface().sourceDestCheck());
        InterfaceXml.groups(xml, primary.groups());
    }

    private static void writeChanges(Xml xml, List<StateChange> changes) {
        xml.items(
                "instancesSet",
                changes,
                (item, change) -> item.text("instanceId", change.instanceId())
                        .element("currentState", change.current(), InstanceActions::writeState)
                        .element("previousState", change.previous(), InstanceActions::writeState));
    }

    private static void writeState(Xml xml, Instance.State state) {
        xml.text("code", Instances.code(state)).text("name", state);
    }
}
