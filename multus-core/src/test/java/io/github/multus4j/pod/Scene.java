package io.github.multus4j.pod;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.InstanceType.NetworkCard;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.pod.Claim.Standing;
import io.github.multus4j.pod.NodeState.Holder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node with a primary and two Multus interfaces in one subnet, for the tests of the planners. */
final class Scene {

    static final String NODE = "i-0a";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Subnet SUBNET = new Subnet(
            "subnet-4",
            "vpc-1",
            "us-east-1a",
            Cidr.parse("10.0.4.0/24"),
            List.of(Cidr.parse("2001:db8:0:4::/64")),
            Map.of());
    static final InstanceType TYPE = new InstanceType("m5.large", 3, List.of(new NetworkCard(0, 3)), 4, 4, true);

    private final List<NetworkInterface> interfaces = new ArrayList<>();
    private final List<Subnet.CidrReservation> reservations = new ArrayList<>();
    private final List<PodClaims> pods = new ArrayList<>();
    private final List<Holder> holders = new ArrayList<>();
    private PodAddressRules rules = PodAddressRules.ofDefaults();

    Scene() {
        interfaces.add(networkInterface("eni-0", NODE, 0, Map.of(), "10.0.4.9"));
        interfaces.add(multus("eni-1", NODE, 1, "10.0.4.10"));
        interfaces.add(multus("eni-2", NODE, 2, "10.0.4.11"));
    }

    /** A Multus interface. Its MAC address ends with its number. */
    static NetworkInterface multus(String id, String instanceId, int deviceIndex, String... blocks) {
        return networkInterface(
                id, instanceId, deviceIndex, Map.of("node.k8s.amazonaws.com/no_manage", "true"), blocks);
    }

    static NetworkInterface networkInterface(
            String id, String instanceId, int deviceIndex, Map<String, String> tags, String... blocks) {
        List<Cidr> all = List.of(blocks).stream().map(Scene::block).toList();
        return new NetworkInterface(
                id,
                SUBNET.id(),
                SUBNET.vpcId(),
                SUBNET.zone(),
                mac(id),
                "",
                NetworkInterface.Status.IN_USE,
                false,
                List.of(),
                addresses(all, true),
                addresses(all, false),
                all.stream()
                        .filter(block -> block.prefixLength() < block.first().bits())
                        .toList(),
                new Attachment("eni-attach-" + id, id, instanceId, deviceIndex, 0, Attachment.Status.ATTACHED, true),
                tags);
    }

    private static List<IpAddress> addresses(List<Cidr> blocks, boolean ipv4) {
        return blocks.stream()
                .filter(block -> block.isIpv4() == ipv4)
                .filter(block -> block.prefixLength() == block.first().bits())
                .map(Cidr::first)
                .toList();
    }

    static String mac(String interfaceId) {
        return "0e:00:00:00:00:0" + interfaceId.charAt(interfaceId.length() - 1);
    }

    static Cidr block(String text) {
        return IpAddress.tryParse(text).map(Cidr::of).orElseGet(() -> Cidr.parse(text));
    }

    static Claim claim(String pod, String node, String block, @Nullable String mac, Standing standing) {
        return new Claim(ref(pod), node, "core/n4", block(block), mac, null, standing, START);
    }

    static Pod.Ref ref(String pod) {
        return new Pod.Ref("uid-" + pod, "core", pod);
    }

    Scene with(NetworkInterface replacement) {
        interfaces.removeIf(each -> each.id().equals(replacement.id()));
        interfaces.add(replacement);
        return this;
    }

    /** A living Pod of the node that claims the block on the interface. */
    Scene claimed(String pod, String block, String interfaceId) {
        return claimed(pod, block, interfaceId, Standing.FIXED);
    }

    Scene claimed(String pod, String block, String interfaceId, Standing standing) {
        return claimed(claim(pod, "node-a", block, mac(interfaceId), standing));
    }

    Scene claimed(Claim claim) {
        pods.add(new PodClaims(claim.pod(), claim.node(), List.of(claim), List.of()));
        return this;
    }

    /** An interface of another node, with the claims of its living Pods; null if not known. */
    Scene held(NetworkInterface by, @Nullable List<Claim> rivals) {
        holders.add(new Holder(by, rivals));
        return this;
    }

    Scene reserved(String cidr) {
        reservations.add(new Subnet.CidrReservation("scr-1", SUBNET.id(), Cidr.parse(cidr), "explicit", ""));
        return this;
    }

    Scene rules(PodAddressRules used) {
        rules = used;
        return this;
    }

    AddressPlan plan() {
        return AddressPlanner.plan(
                new NodeState(NODE, interfaces, List.of(SUBNET), reservations, TYPE, pods, holders), rules);
    }
}
