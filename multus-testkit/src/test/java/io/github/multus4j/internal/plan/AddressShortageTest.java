package io.github.multus4j.internal.plan;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Subnets that may run out of addresses: a run makes all interfaces before it attaches one, so a
 * node without the last address is left as it was. In other subnets it attaches each at once.
 */
class AddressShortageTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;

    private NodeGroupSpec spec(Subnet... subnets) {
        return world.spec()
                .subnets(List.of(subnets).stream().map(Subnet::id).toArray(String[]::new))
                .build();
    }

    /** Whether the run makes all interfaces first. */
    private boolean makesAllFirst(Subnet... subnets) {
        ec2.journal().clear();
        assertThat(world.multus().attach(world.node.id(), spec(subnets), world.in(Duration.ofMinutes(5))))
                .isAttached();
        List<JournalEntry> changes = ec2.journal().entries().stream()
                .filter(call -> call.action() == CREATE_NETWORK_INTERFACE || call.action() == ATTACH_NETWORK_INTERFACE)
                .toList();
        return changes.get(1).action() == CREATE_NETWORK_INTERFACE;
    }

    /** 59 addresses can be assigned. One node launches, and 32 addresses are kept for others. */
    private Subnet subnetWithFreeAddresses(int free) {
        Subnet subnet = world.vpc.subnet("10.0.9.0/26", OneZone.ZONE);
        IntStream.range(4, 63 - free).forEach(i -> ec2.occupy(subnet, "10.0.9." + i));
        return subnet;
    }

    @ParameterizedTest
    @CsvSource({"33, false", "32, true", "1, true"})
    void attach_freeAddressesOfTheLastSubnet_decide(int free, boolean allFirst) {
        assertThat(makesAllFirst(world.signalling, subnetWithFreeAddresses(free)))
                .isEqualTo(allFirst);
    }

    @Test
    void attach_anotherNodeLaunchesToo_needsOneMoreAddress() {
        world.launch();

        assertThat(makesAllFirst(world.signalling, subnetWithFreeAddresses(33))).isTrue();
    }

    @Test
    void attach_interfaceInTheNearlyFullSubnetIsThere_attachesTheOthersAtOnce() {
        Subnet full = subnetWithFreeAddresses(5);
        assertThat(world.multus().attach(world.node.id(), spec(full), world.in(Duration.ofMinutes(5))))
                .isAttached();

        assertThat(makesAllFirst(full, world.signalling, world.media)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10.0.4.64/26, false", "10.0.4.64/28, true", "10.0.4.0/25, false"})
    void attach_smallReservation_countsAsNearlyFull(String reservation, boolean allFirst) {
        ec2.reserve(world.signalling, reservation);

        assertThat(makesAllFirst(world.signalling, world.media)).isEqualTo(allFirst);
    }

    @Test
    void attach_reservationLeavesFewAddresses_countsAsNearlyFull() {
        ec2.reserve(world.signalling, "10.0.4.128/25");
        IntStream.range(4, 100).forEach(i -> ec2.occupy(world.signalling, "10.0.4." + i));

        assertThat(makesAllFirst(world.signalling, world.media)).isTrue();
    }
}
