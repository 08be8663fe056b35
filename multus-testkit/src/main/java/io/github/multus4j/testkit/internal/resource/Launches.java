package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.InstanceRequests.LaunchInterface;
import io.github.multus4j.testkit.internal.call.InstanceRequests.MoreAddresses;
import io.github.multus4j.testkit.internal.call.InstanceRequests.PrimaryAddresses;
import io.github.multus4j.testkit.internal.call.InstanceRequests.RunInstances;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.CreateNetworkInterface;
import io.github.multus4j.testkit.internal.rule.InstanceRule;
import io.github.multus4j.testkit.internal.rule.InterfaceRule;
import io.github.multus4j.testkit.internal.state.StoredInstance;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.StoredSubnet;
import io.github.multus4j.testkit.internal.state.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules for launching instances. */
public final class Launches {

    private final World world;
    private final NetworkInterfaces networkInterfaces;
    private final Attachments attachments;

    public Launches(World world, NetworkInterfaces networkInterfaces, Attachments attachments) {
        this.world = world;
        this.networkInterfaces = networkInterfaces;
        this.attachments = attachments;
    }

    /**
     * Launches as many as possible up to the maximum; if the minimum is not possible, nothing
     * remains.
     */
    List<StoredInstance> run(RunInstances request) {
        InstanceType type = world.types
                .find(request.instanceType())
                .orElseThrow(() -> InstanceRule.RUN_TYPE_UNKNOWN.error(
                        "Invalid value '" + request.instanceType() + "' for InstanceType."));
        Images.check(request.imageId());
        AttributesOfInstances.check(request.attributes());
        TagRules.check(request.tags());
        checkCounts(request);
        List<LaunchInterface> wanted = wanted(request);
        checkInterfaces(request, type, wanted);
        String zone = zone(request, wanted);
        String reservationId = world.ids.next("r");
        List<StoredInstance> launched = new ArrayList<>();
        for (int i = 0; i < request.maxCount(); i++) {
            try {
                launched.add(launch(request, type, zone, reservationId, wanted));
            } catch (Ec2Error e) {
                if (launched.size() >= request.minCount()) {
                    break;
                }
                launched.forEach(this::undo);
                throw e;
            }
        }
        world.launchedImages.add(request.imageId());
        return launched;
    }

    private static void checkCounts(RunInstances request) {
        if (request.minCount() < 1 || request.minCount() > request.maxCount()) {
            throw InstanceRule.RUN_COUNT_INVALID.error("Invalid value '" + request.minCount() + "' for minCount, with '"
                    + request.maxCount() + "' for maxCount.");
        }
    }

    private static void checkInterfaces(RunInstances request, InstanceType type, List<LaunchInterface> wanted) {
        if (!request.interfaceTags().isEmpty() && wanted.stream().allMatch(i -> i.networkInterfaceId() != null)) {
            throw InstanceRule.RUN_TAGS_WITHOUT_INTERFACE.error("You cannot specify tags for network interfaces if"
                    + " there are no network interfaces being created by the request");
        }
        if (request.maxCount() > 1 && wanted.stream().anyMatch(LaunchInterface::namesAddresses)) {
            throw InstanceRule.RUN_ADDRESS_FOR_MANY.error(
                    "An IP address or a prefix may not be specified when launching more than one instance");
        }
        if (wanted.stream().anyMatch(i -> i.networkInterfaceId() != null && i.isDescribed())) {
            throw InstanceRule.RUN_INTERFACE_TWICE.error(
                    "A network interface may not specify both a network interface ID and attributes of a new one");
        }
        if (wanted.size() > type.maximumNetworkInterfaces()) {
            throw InterfaceRule.ATTACH_OVER_TYPE_LIMIT.error(
                    "Interface count " + wanted.size() + " exceeds the limit for " + type.name());
        }
    }

    /** All interfaces of each instance, from any form of the request. */
    private static List<LaunchInterface> wanted(RunInstances request) {
        List<LaunchInterface> given = request.networkInterfaces();
        if (given.isEmpty()) {
            if (request.subnetId() == null) {
                throw InstanceRule.RUN_WITHOUT_SUBNET.error(
                        "No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.");
            }
            PrimaryAddresses addresses = request.addresses();
            return List.of(new LaunchInterface(
                    0,
                    0,
                    null,
                    request.subnetId(),
                    request.securityGroupIds(),
                    addresses.privateIpAddress(),
                    addresses.ipv6AddressCount(),
                    "",
                    true,
                    "interface",
                    MoreAddresses.ofIpv6(addresses.ipv6Addresses())));
        }
        checkInstanceLevel("subnet ID", request.subnetId() != null);
        checkInstanceLevel("security groups", !request.securityGroupIds().isEmpty());
        checkInstanceLevel("private IP address", request.addresses().privateIpAddress() != null);
        checkInstanceLevel(
                "IPv6 addresses", !request.addresses().ipv6Addresses().isEmpty());
        checkInstanceLevel("IPv6 address count", request.addresses().ipv6AddressCount() != null);
        if (given.stream().noneMatch(i -> i.deviceIndex() == 0 && i.networkCardIndex() == 0)) {
            throw InstanceRule.RUN_WITHOUT_PRIMARY.error(
                    "When specifying network interfaces, you must include a device at index 0.");
        }
        if (request.maxCount() > 1 && given.stream().anyMatch(i -> i.networkInterfaceId() != null)) {
            throw InstanceRule.RUN_INTERFACE_FOR_MANY.error(
                    "Network interfaces may not be specified for more than one instance");
        }
        return given;
    }

    private static void checkInstanceLevel(String what, boolean given) {
        if (given) {
            throw InstanceRule.RUN_SUBNET_TWICE.error(
                    "Network interfaces and an instance-level " + what + " may not be specified on the same request");
        }
    }

    /** The zone of the launch: that of the subnets of its interfaces. */
    private String zone(RunInstances request, List<LaunchInterface> wanted) {
        Map<String, String> subnetByZone = new LinkedHashMap<>();
        for (LaunchInterface i : wanted) {
            StoredSubnet subnet = subnet(i);
            subnetByZone.putIfAbsent(subnet.zone, subnet.id);
        }
        if (subnetByZone.size() > 1) {
            throw InstanceRule.RUN_INTERFACES_OF_ZONES.error(
                    "All network interfaces of an instance must be in the same availability zone");
        }
        String zone = subnetByZone.keySet().iterator().next();
        if (request.availabilityZone() != null && !request.availabilityZone().equals(zone)) {
            throw InstanceRule.RUN_OTHER_ZONE.error("Value (" + request.availabilityZone()
                    + ") for parameter availabilityZone is invalid. Subnet '" + subnetByZone.get(zone)
                    + "' is in the availability zone " + zone);
        }
        return zone;
    }

    private StoredSubnet subnet(LaunchInterface i) {
        if (i.networkInterfaceId() != null) {
            return world.interfaces.require(i.networkInterfaceId()).subnet;
        }
        if (i.subnetId() == null) {
            throw InstanceRule.RUN_WITHOUT_SUBNET.error("Each network interface requires a subnet ID.");
        }
        return world.subnets.require(i.subnetId());
    }

    private StoredInstance launch(
            RunInstances request, InstanceType type, String zone, String reservationId, List<LaunchInterface> wanted) {
        StoredInstance instance = new StoredInstance(
                world.birth(world.instances),
                type,
                zone,
                request.imageId(),
                reservationId,
                request.clientToken() == null ? "" : request.clientToken(),
                world.now(),
                request.tags());
        instance.attributes = request.attributes();
        instance.outpostArn = subnet(wanted.get(0)).outpostArn;
        instance.passThrough(Instance.State.PENDING, Instance.State.RUNNING, world.in(world.behaviour.pending));
        world.instances.add(instance);
        try {
            wanted.forEach(i -> attach(request, instance, i));
            return instance;
        } catch (Ec2Error e) {
            undo(instance);
            throw e;
        }
    }

    private void attach(RunInstances request, StoredInstance instance, LaunchInterface wanted) {
        String present = wanted.networkInterfaceId();
        boolean made = present == null;
        StoredInterface i = present == null
                ? networkInterfaces.make(create(wanted, request.interfaceTags()), false)
                : world.interfaces.require(present);
        if (i.at != null) {
            throw InterfaceRule.ATTACH_ALREADY_ATTACHED.error("Interface: [" + i.id + "] in use.");
        }
        attachments.checkPlace(instance, i, wanted.deviceIndex(), wanted.networkCardIndex());
        boolean delete = wanted.deleteOnTermination() == null ? made : wanted.deleteOnTermination();
        attachments.place(instance, i, wanted.deviceIndex(), wanted.networkCardIndex(), delete);
        if (made) {
            i.bornWith = instance.id;
            world.interfaces.add(i);
        }
    }

    private CreateNetworkInterface create(LaunchInterface wanted, Map<String, String> tags) {
        MoreAddresses more = wanted.more();
        return new CreateNetworkInterface(
                subnet(wanted).id,
                wanted.privateIpAddress(),
                more.secondary(),
                more.secondaryCount(),
                more.ipv4Prefixes(),
                more.ipv4PrefixCount(),
                more.ipv6(),
                wanted.ipv6AddressCount(),
                more.ipv6Prefixes(),
                more.ipv6PrefixCount(),
                wanted.groups(),
                wanted.description(),
                wanted.interfaceType(),
                tags,
                null);
    }

    private void undo(StoredInstance instance) {
        for (StoredInterface i : world.interfacesOf(instance.id)) {
            if (instance.id.equals(i.bornWith)) {
                world.interfaces.remove(i.id);
            } else {
                i.at = null;
            }
        }
        world.instances.remove(instance.id);
    }
}
