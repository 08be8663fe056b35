package io.github.multus4j.internal.plan;

import static io.github.multus4j.Nouns.LAUNCHED;
import static io.github.multus4j.Nouns.NODE;
import static io.github.multus4j.Nouns.VPC;
import static io.github.multus4j.Nouns.subnetIn;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.launch.LaunchOrder;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.nodegroup.TypeLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A random spec and state of EC2. The state may contradict itself, because listings are read one
 * after the other.
 */
final class RandomWorld {

    private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b");
    private static final List<String> GROUPS = List.of("sg-1", "sg-2", "sg-3");

    private final RandomGenerator random;
    private final List<Subnet> subnets = new ArrayList<>();
    private final List<NetworkInterface> interfaces = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final NodeGroupSpec spec;
    private final Snapshot snapshot;

    RandomWorld(RandomGenerator random) {
        this.random = random;
        for (int i = random.nextInt(5); i >= 0; i--) {
            subnets.add(subnet(i));
        }
        attachments.add(new Attachment("eni-attach-0", "eni-primary", NODE, 0, 0, status(), true));
        for (int i = random.nextInt(10); i > 0; i--) {
            interfaces.add(networkInterface(i));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            attachments.add(attachment("eni-elsewhere-" + i, NODE));
        }
        this.spec = randomSpec();
        this.snapshot = randomSnapshot();
    }

    NodeGroupSpec spec() {
        return spec;
    }

    List<Subnet> subnets() {
        return subnets;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean rarely() {
        return random.nextInt(12) == 0;
    }

    private Subnet subnet(int number) {
        String ipv4 = "10.0." + number + "." + oneOf(List.of("0/24", "0/28", "16/28", "0/26"));
        String ipv6 = "2001:db8:" + number + "00" + oneOf(List.of("::/64", "::/56", "::/48"));
        String[] cidrs = switch (random.nextInt(12)) {
            case 0 -> new String[] {};
            case 1, 2 -> new String[] {ipv6};
            case 3, 4, 5 -> new String[] {ipv4, ipv6};
            default -> new String[] {ipv4};
        };
        return subnetIn(rarely() ? ZONES.get(1) : ZONES.get(0), "subnet-" + number, cidrs);
    }

    private NodeGroupSpec randomSpec() {
        SecurityGroups groups = switch (random.nextInt(3)) {
            case 0 -> SecurityGroups.pairedElseFirst("sg-1", "sg-2");
            case 1 -> SecurityGroups.shared("sg-1", "sg-2");
            default -> rarely() ? SecurityGroups.paired("sg-3", "sg-1") : SecurityGroups.shared("sg-3");
        };
        Addressing addressing = switch (random.nextInt(4)) {
            case 0 -> Addressing.chosenByEc2();
            case 1 -> Addressing.fromReservation("multus");
            default -> Addressing.lowestFree();
        };
        return NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(subnets.stream().map(Subnet::id).toArray(String[]::new))
                .securityGroups(groups)
                .addressing(addressing)
                .networkCard(rarely() ? 1 : 0)
                .sourceDestCheck(random.nextBoolean())
                .deleteOnTermination(random.nextBoolean())
                .typeLimits(oneOf(List.of(TypeLimits.values())))
                .build();
    }

    private Snapshot randomSnapshot() {
        Map<String, String> tags = rarely() ? Map.of() : Map.of("multus-ng", "true");
        Instance.State state = rarely() ? oneOf(List.of(Instance.State.values())) : Instance.State.RUNNING;
        Instance node = new Instance(NODE, "m5.xlarge", VPC, ZONES.get(0), state, LAUNCHED, attachments, tags);
        Selection.Choice choice = Selector.select(spec, node, subnets);
        Selection selection = choice instanceof Selection.Choice.Selected selected
                ? selected.selection()
                // Never planned, because the node is complete.
                : new Selection(subnets.subList(0, 1), List.of(GROUPS), List.of());
        List<SecurityGroup> groups = GROUPS.stream()
                .filter(id -> !rarely())
                .map(id -> new SecurityGroup(id, rarely() ? "vpc-2" : VPC, id))
                .toList();
        int limit = 1 + random.nextInt(16);
        InstanceType type = rarely()
                ? null
                : new InstanceType(
                        "m5.xlarge",
                        limit,
                        List.of(new InstanceType.NetworkCard(0, limit), new InstanceType.NetworkCard(1, limit)),
                        15,
                        15,
                        !rarely());
        return new Snapshot(LaunchOrder.alone(node), selection, interfaces, reservations(), groups, type);
    }

    private Map<String, List<CidrReservation>> reservations() {
        Map<String, List<CidrReservation>> all = new HashMap<>();
        for (Subnet subnet : subnets) {
            List<CidrReservation> ofSubnet = new ArrayList<>();
            for (Cidr block : subnet.cidrs()) {
                if (random.nextBoolean()) {
                    Cidr part = Cidr.containing(address(block), block.first().bits() - random.nextInt(4));
                    ofSubnet.add(new CidrReservation(
                            "scr-1", subnet.id(), part, "explicit", oneOf(List.of("multus", "", "pods"))));
                }
            }
            if (!rarely()) {
                all.put(subnet.id(), ofSubnet);
            }
        }
        return all;
    }

    /** Close to the start of the block, where addresses are allocated. */
    private IpAddress address(Cidr block) {
        return block.first().plus(random.nextInt(16));
    }

    private NetworkInterface networkInterface(int number) {
        Subnet subnet = oneOf(subnets);
        List<IpAddress> addresses = new ArrayList<>();
        List<Cidr> prefixes = new ArrayList<>();
        for (Cidr block : subnet.cidrs()) {
            addresses.add(address(block));
            if (rarely()) {
                prefixes.add(Cidr.containing(address(block), block.isIpv4() ? 28 : 80));
            }
        }
        String id = "eni-" + number;
        Attachment attachment = null;
        if (random.nextInt(3) > 0) {
            String instance = random.nextInt(4) > 0 ? NODE : "i-other";
            attachment = attachment(id, instance);
            if (instance.equals(NODE) && !rarely()) {
                attachments.add(attachment);
            }
        }
        return new NetworkInterface(
                id,
                subnet.id(),
                VPC,
                subnet.zone(),
                "02:00:00:00:00:01",
                "",
                oneOf(List.of(NetworkInterface.Status.values())),
                random.nextBoolean(),
                List.of(oneOf(GROUPS)),
                addresses.stream().filter(IpAddress::isIpv4).toList(),
                addresses.stream().filter(IpAddress::isIpv6).toList(),
                prefixes,
                attachment,
                tags());
    }

    private Map<String, String> tags() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> OwnerTags.of(NODE, 1 + random.nextInt(3));
            case 2 -> OwnerTags.of("i-other", 1);
            case 3 -> Map.of(OwnerTags.NO_MANAGE, oneOf(List.of("true", "True", "false")));
            default -> Map.of();
        };
    }

    private Attachment attachment(String interfaceId, String instanceId) {
        return new Attachment(
                "eni-attach-" + interfaceId,
                interfaceId,
                instanceId,
                random.nextInt(6),
                rarely() ? 1 : 0,
                status(),
                random.nextBoolean());
    }

    private Attachment.Status status() {
        return random.nextInt(4) > 0 ? Attachment.Status.ATTACHED : oneOf(List.of(Attachment.Status.values()));
    }
}
