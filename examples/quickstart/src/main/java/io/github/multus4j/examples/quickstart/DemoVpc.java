package io.github.multus4j.examples.quickstart;

import io.github.multus4j.nodegroup.OwnerTags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** A VPC of two zones with nodes in it, made with the AWS SDK as a user's own tools would. */
final class DemoVpc {

    private static final String TYPE = "m5.4xlarge";

    /** A subnet for Multus interfaces. */
    record MultusSubnet(String name, String id, String zone, List<String> cidrs) {}

    /** An instance. */
    record Node(String name, String instanceId, String zone, boolean asks, int number) {

        Map<String, Object> launchEvent() {
            return Quickstart.launchEvent(instanceId, String.format("00000000-0000-4000-8000-%012d", number));
        }
    }

    private final Ec2Client ec2;
    private final List<MultusSubnet> multusSubnets = new ArrayList<>();
    private final List<String> nodeSubnets = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private String vpcId = "";
    private String ipv6Prefix = "";

    DemoVpc(Ec2Client ec2) {
        this.ec2 = ec2;
    }

    List<MultusSubnet> subnets() {
        return List.copyOf(multusSubnets);
    }

    String nameOf(String subnetId) {
        return multusSubnets.stream()
                .filter(subnet -> subnet.id().equals(subnetId))
                .map(MultusSubnet::name)
                .findFirst()
                .orElse(subnetId);
    }

    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    String signallingGroup() {
        return groups.get(0);
    }

    String mediaGroup() {
        return groups.get(1);
    }

    void build() {
        vpcId = ec2.createVpc(v -> v.cidrBlock("10.0.0.0/16").amazonProvidedIpv6CidrBlock(true))
                .vpc()
                .vpcId();
        ipv6Prefix = ipv6Prefix();
        List<String> zones = ec2.describeAvailabilityZones().availabilityZones().stream()
                .map(AvailabilityZone::zoneName)
                .sorted()
                .limit(2)
                .toList();
        for (int i = 0; i < zones.size(); i++) {
            String zone = zones.get(i);
            String letter = zone.substring(zone.length() - 1);
            nodeSubnets.add(subnet("10.0." + i + ".0/24", "", zone));
            multus("signalling-" + letter, "10.0." + (4 + i) + ".0/26", "", zone);
            multus(
                    "media-" + letter,
                    "10.0." + (6 + i) + ".0/26",
                    ipv6Prefix.isEmpty() ? "" : ipv6Prefix + i + "::/64",
                    zone);
        }
        groups.add(group("signalling"));
        groups.add(group("media"));
        keepForPods();
        nodes.add(launch("node-1", 0, true));
        nodes.add(launch("node-2", 0, true));
        nodes.add(launch("node-3", 1, true));
        nodes.add(launch("web-1", 1, false));
    }

    /**
     * The VPC's /56 without its last digit: {@code 2600:1f18:abcd:12}, then 0 and 1; empty if it
     * got none.
     */
    private String ipv6Prefix() {
        Vpc vpc = ec2.describeVpcs(d -> d.vpcIds(vpcId)).vpcs().get(0);
        String cidr = vpc.ipv6CidrBlockAssociationSet().isEmpty()
                ? ""
                : vpc.ipv6CidrBlockAssociationSet().get(0).ipv6CidrBlock();
        return cidr.endsWith("0::/56") ? cidr.substring(0, cidr.length() - "0::/56".length()) : "";
    }

    private void multus(String name, String cidr, String ipv6Cidr, String zone) {
        multusSubnets.add(new MultusSubnet(
                name,
                subnet(cidr, ipv6Cidr, zone),
                zone,
                ipv6Cidr.isEmpty() ? List.of(cidr) : List.of(cidr, ipv6Cidr)));
    }

    private String subnet(String cidr, String ipv6Cidr, String zone) {
        return ec2.createSubnet(s -> s.vpcId(vpcId)
                        .cidrBlock(cidr)
                        .ipv6CidrBlock(ipv6Cidr.isEmpty() ? null : ipv6Cidr)
                        .availabilityZone(zone))
                .subnet()
                .subnetId();
    }

    private String group(String name) {
        return ec2.createSecurityGroup(
                        g -> g.vpcId(vpcId).groupName(name).description(name + " interfaces of the nodes"))
                .groupId();
    }

    /** Other uses of the subnets: ranges for the pods' own addresses, and an appliance. */
    private void keepForPods() {
        for (MultusSubnet subnet : multusSubnets) {
            if (subnet.name().startsWith("signalling")) {
                String half = subnet.cidrs().get(0).replace(".0/26", ".32/27");
                ec2.createSubnetCidrReservation(r -> r.subnetId(subnet.id())
                        .cidr(half)
                        .reservationType("explicit")
                        .description("pods"));
            }
        }
        ec2.createNetworkInterface(i -> i.subnetId(multusSubnets.get(1).id())
                .privateIpAddress("10.0.6.5")
                .description("an appliance"));
    }

    private Node launch(String name, int zone, boolean asks) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("Name", name);
        if (asks) {
            tags.put("multus-ng", "true");
        }
        TagSpecification specification = TagSpecification.builder()
                .resourceType(ResourceType.INSTANCE)
                .tags(tags.entrySet().stream()
                        .map(e -> Tag.builder()
                                .key(e.getKey())
                                .value(e.getValue())
                                .build())
                        .toList())
                .build();
        String instanceId = ec2.runInstances(r -> r.imageId("ami-0abcdef1234567890")
                        .instanceType(InstanceType.fromValue(TYPE))
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(nodeSubnets.get(zone))
                        .tagSpecifications(specification))
                .instances()
                .get(0)
                .instanceId();
        return new Node(name, instanceId, multusSubnets.get(2 * zone).zone(), asks, nodes.size() + 1);
    }

    /** All interfaces in a subnet, as EC2 shows them now. */
    List<NetworkInterface> interfacesIn(MultusSubnet subnet) {
        Filter inSubnet = Filter.builder().name("subnet-id").values(subnet.id()).build();
        return ec2.describeNetworkInterfacesPaginator(d -> d.filters(inSubnet)).networkInterfaces().stream()
                .toList();
    }

    /** The ranges of a subnet that are kept for something else. */
    List<String> reservedRanges(MultusSubnet subnet) {
        return ec2.getSubnetCidrReservations(g -> g.subnetId(subnet.id())).subnetIpv4CidrReservations().stream()
                .map(reservation -> reservation.cidr())
                .toList();
    }

    static boolean isOurs(NetworkInterface it) {
        return it.tagSet().stream().anyMatch(tag -> tag.key().equals(OwnerTags.INSTANCE_ID));
    }

    /** Removes all of it, also if it was built in part. */
    void remove() {
        if (vpcId.isEmpty()) {
            return;
        }
        if (!nodes.isEmpty()) {
            List<String> ids = nodes.stream().map(Node::instanceId).toList();
            ec2.terminateInstances(t -> t.instanceIds(ids));
        }
        // The instances' own interfaces go with them. The appliance's remain, and, in an EC2
        // without delete-on-termination, the nodes'.
        Filter inVpc = Filter.builder().name("vpc-id").values(vpcId).build();
        for (NetworkInterface left :
                ec2.describeNetworkInterfaces(d -> d.filters(inVpc)).networkInterfaces()) {
            quietly(() -> ec2.deleteNetworkInterface(d -> d.networkInterfaceId(left.networkInterfaceId())));
        }
        for (MultusSubnet subnet : multusSubnets) {
            quietly(() -> ec2.deleteSubnet(d -> d.subnetId(subnet.id())));
        }
        for (String subnet : nodeSubnets) {
            quietly(() -> ec2.deleteSubnet(d -> d.subnetId(subnet)));
        }
        for (String group : groups) {
            quietly(() -> ec2.deleteSecurityGroup(d -> d.groupId(group)));
        }
        ec2.deleteVpc(d -> d.vpcId(vpcId));
    }

    /**
     * Ignores a failure: a VPC cannot be deleted while it is not empty, and that call names the
     * reason.
     */
    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (Ec2Exception e) {
            // See above.
        }
    }
}
