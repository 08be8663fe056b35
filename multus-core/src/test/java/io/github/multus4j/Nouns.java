package io.github.multus4j;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** EC2's nouns for tests, with EC2's defaults. */
public final class Nouns {

    public static final String VPC = "vpc-1";
    public static final String ZONE = "us-east-1a";
    public static final Instant LAUNCHED = Instant.parse("2026-01-01T00:00:00Z");
    public static final String NODE = "i-0123456789abcdef0";

    private Nouns() {}

    public static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }

    public static Subnet subnet(String id, String... cidrs) {
        return subnetIn(ZONE, id, cidrs);
    }

    public static Subnet subnetIn(String zone, String id, String... cidrs) {
        List<Cidr> blocks = Arrays.stream(cidrs).map(Cidr::parse).toList();
        return new Subnet(
                id,
                VPC,
                zone,
                blocks.stream().filter(Cidr::isIpv4).findFirst().orElse(null),
                blocks.stream().filter(block -> !block.isIpv4()).toList(),
                Map.of());
    }

    public static Subnet tagged(Subnet subnet, String key, String value) {
        return new Subnet(
                subnet.id(), subnet.vpcId(), subnet.zone(), subnet.ipv4Cidr(), subnet.ipv6Cidrs(), Map.of(key, value));
    }

    public static CidrReservation reservation(String id, String subnetId, String cidr, String description) {
        return new CidrReservation(id, subnetId, Cidr.parse(cidr), "explicit", description);
    }

    public static SecurityGroup group(String id) {
        return new SecurityGroup(id, VPC, "name of " + id);
    }

    /** A running node in the default zone, with its primary interface and the given attachments. */
    public static Instance node(Attachment... more) {
        return node(Instance.State.RUNNING, ZONE, Map.of("multus-ng", "true"), more);
    }

    public static Instance node(Instance.State state, String zone, Map<String, String> tags, Attachment... more) {
        Attachment[] all = Arrays.copyOf(more, more.length + 1);
        all[more.length] = attachment("eni-primary", 0);
        return new Instance(NODE, "m5.xlarge", VPC, zone, state, LAUNCHED, List.of(all), tags);
    }

    public static Attachment attachment(String interfaceId, int deviceIndex) {
        return attachment(interfaceId, NODE, deviceIndex, Attachment.Status.ATTACHED);
    }

    public static Attachment attachment(
            String interfaceId, String instanceId, int deviceIndex, Attachment.Status status) {
        return new Attachment("eni-attach-" + interfaceId, interfaceId, instanceId, deviceIndex, 0, status, true);
    }

    /** Detached, made as this library makes them: source/destination check off. */
    public static NetworkInterface networkInterface(
            String id, Subnet subnet, List<String> addresses, Map<String, String> tags) {
        List<IpAddress> parsed = addresses.stream().map(IpAddress::parse).toList();
        return new NetworkInterface(
                id,
                subnet.id(),
                subnet.vpcId(),
                subnet.zone(),
                "02:00:00:00:00:01",
                "",
                NetworkInterface.Status.AVAILABLE,
                false,
                List.of("sg-1"),
                parsed.stream().filter(IpAddress::isIpv4).toList(),
                parsed.stream().filter(IpAddress::isIpv6).toList(),
                List.of(),
                null,
                tags);
    }

    public static NetworkInterface attached(NetworkInterface to, Attachment attachment) {
        return new NetworkInterface(
                to.id(),
                to.subnetId(),
                to.vpcId(),
                to.zone(),
                to.macAddress(),
                to.description(),
                NetworkInterface.Status.IN_USE,
                to.sourceDestCheck(),
                to.securityGroupIds(),
                to.ipv4Addresses(),
                to.ipv6Addresses(),
                to.prefixes(),
                attachment,
                to.tags());
    }

    public static NetworkInterface withPrefixes(NetworkInterface of, String... prefixes) {
        return new NetworkInterface(
                of.id(),
                of.subnetId(),
                of.vpcId(),
                of.zone(),
                of.macAddress(),
                of.description(),
                of.status(),
                of.sourceDestCheck(),
                of.securityGroupIds(),
                of.ipv4Addresses(),
                of.ipv6Addresses(),
                Arrays.stream(prefixes).map(Cidr::parse).toList(),
                of.attachment(),
                of.tags());
    }

    /** With one network card. */
    public static InstanceType type(int interfaces) {
        return new InstanceType(
                "m5.xlarge", interfaces, List.of(new InstanceType.NetworkCard(0, interfaces)), 15, 15, true);
    }
}
