package io.github.multus4j.internal.plan;

import static io.github.multus4j.Nouns.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Seeds;
import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.launch.LaunchOrder;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface;
import io.github.multus4j.result.PlannedInterface.Step;
import io.github.multus4j.result.SweepReport.Lack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Invariants of every plan, for any state of EC2. */
class PlannerRandomTest {

    private static final int CASES = 5_000;

    @Test
    void plan_anySnapshot_keepsTheRules() {
        int[] planned = {0};
        Seeds.forEachOf(CASES, random -> {
            RandomWorld world = new RandomWorld(random);
            Plan plan = plan(world, world.snapshot());

            assertThat(plan(world, world.snapshot())).isEqualTo(plan);
            assertThat(plan.toString()).isNotEmpty();
            if (plan instanceof Plan.Blocked blocked) {
                assertThat(blocked.findings()).isNotEmpty();
            } else if (plan instanceof Plan.Attachments attachments) {
                planned[0]++;
                checkSlots(world, attachments);
                checkIndexes(world.snapshot(), attachments);
                checkAddresses(world, attachments);
                checkAgain(world, attachments);
                checkLacks(world, attachments);
            }
        });
        if (!Seeds.areFew()) {
            assertThat(planned[0]).as("enough of the worlds can be planned").isGreaterThan(CASES / 4);
        }
    }

    private static Plan plan(RandomWorld world, Snapshot snapshot) {
        Selection.Choice choice = Selector.select(world.spec(), snapshot.instance(), world.subnets());
        return choice instanceof Selection.Choice.Settled settled
                ? settled.plan()
                : new Planner(world.spec(), snapshot).plan();
    }

    private static void checkSlots(RandomWorld world, Plan.Attachments plan) {
        List<String> inZone = world.subnets().stream()
                .filter(s -> s.zone().equals(plan.zone()))
                .map(Subnet::id)
                .toList();

        assertThat(plan.interfaces()).extracting(i -> i.subnet().id()).containsExactlyInAnyOrderElementsOf(inZone);
        for (int i = 0; i < plan.interfaces().size(); i++) {
            PlannedInterface each = plan.interfaces().get(i);
            NetworkInterface existing = each.existing();
            assertThat(each.slot().number()).isEqualTo(i + 1);
            if (existing != null) {
                Attachment attachment = existing.attachment();
                assertThat(attachment == null || !attachment.isPrimary() || !existing.isAttachedTo(NODE))
                        .isTrue();
                assertThat(each.slot().owns(existing) || each.isComplete())
                        .as("what is not ours is left alone")
                        .isTrue();
            }
        }
    }

    /** The check of many instances at once agrees with the plan of each. */
    private static void checkLacks(RandomWorld world, Plan.Attachments plan) {
        Snapshot snapshot = world.snapshot();
        assertThat(Planner.lacks(world.spec(), snapshot.instance(), snapshot.selection(), snapshot.interfaces()))
                .isEqualTo(plan.interfaces().stream()
                        .filter(i -> !i.isComplete())
                        .map(i -> new Lack(i.slot(), i.existing()))
                        .toList());
    }

    private static void checkIndexes(Snapshot snapshot, Plan.Attachments plan) {
        Set<List<Integer>> occupied = new HashSet<>();
        Stream.concat(
                        snapshot.instance().attachments().stream(),
                        snapshot.interfaces().stream()
                                .map(NetworkInterface::attachment)
                                .filter(Objects::nonNull)
                                .filter(a -> a.instanceId().equals(NODE)))
                .forEach(a -> occupied.add(List.of(a.networkCardIndex(), a.deviceIndex())));
        int last = 0;
        for (PlannedInterface each : plan.interfaces()) {
            if (each.steps().contains(Step.ATTACH)) {
                assertThat(occupied.add(List.of(each.networkCardIndex(), each.deviceIndex())))
                        .as("%s is free", each)
                        .isTrue();
                if (each.networkCardIndex() > 0 && each.deviceIndex() == 0) {
                    continue; // Index 0 of a further card is taken last.
                }
                assertThat(each.deviceIndex()).as("in the order of the subnets").isGreaterThan(last);
                last = each.deviceIndex();
            }
        }
    }

    private static void checkAddresses(RandomWorld world, Plan.Attachments plan) {
        NodeGroupSpec spec = world.spec();
        for (PlannedInterface each : plan.interfaces()) {
            NewNetworkInterface request = each.request();
            if (request == null) {
                continue;
            }
            Subnet subnet = each.subnet();
            AddressSet used = NetworkInterface.addressesInUse(
                    subnet.id(), world.snapshot().interfaces());
            List<IpAddress> asked = asked(request);
            for (IpAddress address : asked) {
                assertThat(subnet.cidrs()).anyMatch(block -> block.contains(address));
                assertThat(used.contains(address)).isFalse();
                assertThat(subnet.reservedAddresses().contains(address)).isFalse();
                if (spec.addressing().allocation().orElse(null) instanceof AddressAllocation.LowestFree) {
                    assertThat(world.snapshot().reservationsOf(subnet.id()))
                            .extracting(CidrReservation::cidr)
                            .noneMatch(block -> block.contains(address));
                }
            }
            int families = (subnet.hasIpv4() ? 1 : 0) + (subnet.hasIpv6() ? 1 : 0);
            boolean ec2Chooses = spec.addressing().allocation().isEmpty();
            assertThat(asked).hasSize(ec2Chooses ? 0 : families);
            assertThat(request.ipv6AddressCount()).isEqualTo(ec2Chooses && subnet.hasIpv6() ? 1 : 0);
            assertThat(request.clientToken()).matches("[0-9a-f]{64}");
            assertThat(request.subnetId()).isEqualTo(subnet.id());
        }
    }

    private static List<IpAddress> asked(NewNetworkInterface request) {
        List<IpAddress> asked = new ArrayList<>(request.ipv6Addresses());
        if (request.ipv4Address() != null) {
            asked.add(request.ipv4Address());
        }
        return asked;
    }

    /** A run on the planned node makes no changing call. */
    private static void checkAgain(RandomWorld world, Plan.Attachments plan) {
        Snapshot after = applied(world.spec(), world.snapshot(), plan);
        Plan again = plan(world, after);

        assertThat(again).isInstanceOf(Plan.Attachments.class);
        assertThat(((Plan.Attachments) again).isComplete()).as("%s", again).isTrue();
        assertThat(((Plan.Attachments) again).interfaces())
                .extracting(PlannedInterface::deviceIndex)
                .isEqualTo(plan.interfaces().stream()
                        .map(PlannedInterface::deviceIndex)
                        .toList());
    }

    private static Snapshot applied(NodeGroupSpec spec, Snapshot before, Plan.Attachments plan) {
        List<NetworkInterface> interfaces = new ArrayList<>(before.interfaces());
        List<Attachment> attachments = new ArrayList<>(before.instance().attachments());
        for (PlannedInterface each : plan.interfaces()) {
            if (each.isComplete()) {
                continue;
            }
            NetworkInterface made = made(spec, each);
            interfaces.removeIf(i -> i.id().equals(made.id()));
            attachments.removeIf(a -> a.networkInterfaceId().equals(made.id()));
            interfaces.add(made);
            attachments.add(Objects.requireNonNull(made.attachment()));
        }
        Instance node = before.instance();
        return new Snapshot(
                LaunchOrder.alone(new Instance(
                        node.id(),
                        node.type(),
                        node.vpcId(),
                        node.zone(),
                        node.state(),
                        node.launchTime(),
                        attachments,
                        node.tags())),
                before.selection(),
                interfaces,
                before.reservations(),
                before.securityGroups(),
                before.instanceType());
    }

    private static NetworkInterface made(NodeGroupSpec spec, PlannedInterface planned) {
        NetworkInterface existing = planned.existing();
        NewNetworkInterface request = planned.request();
        String id =
                existing != null ? existing.id() : "eni-new-" + planned.slot().number();
        Attachment attachment = new Attachment(
                "eni-attach-" + id,
                id,
                NODE,
                planned.deviceIndex(),
                planned.networkCardIndex(),
                Attachment.Status.ATTACHED,
                spec.deleteOnTermination());
        return new NetworkInterface(
                id,
                planned.subnet().id(),
                planned.subnet().vpcId(),
                planned.subnet().zone(),
                "02:00:00:00:00:02",
                "",
                NetworkInterface.Status.IN_USE,
                spec.sourceDestCheck(),
                existing != null ? existing.securityGroupIds() : request.securityGroupIds(),
                existing != null
                        ? existing.ipv4Addresses()
                        : asked(request).stream().filter(IpAddress::isIpv4).toList(),
                existing != null ? existing.ipv6Addresses() : request.ipv6Addresses(),
                existing != null ? existing.prefixes() : List.of(),
                attachment,
                existing != null ? existing.tags() : request.tags());
    }
}
