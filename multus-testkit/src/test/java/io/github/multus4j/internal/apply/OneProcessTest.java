package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The knowledge that runs of one process share, beyond EC2's answers. Storms cover concurrent runs.
 */
class OneProcessTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final Multus process = world.multus();
    private final AtomicReference<Duration> lag = new AtomicReference<>(Duration.ZERO);

    @BeforeEach
    void remember() {
        ec2.behaviour().readsLag(lag::get);
        ec2.interfaces(); // The memory begins here.
    }

    /** Nodes that are named, not found by a tag, have no launch order. */
    private NodeGroupSpec named(Subnet... subnets) {
        return NodeGroupSpec.builder()
                .subnets(List.of(subnets).stream().map(Subnet::id).toArray(String[]::new))
                .securityGroups(SecurityGroups.shared(world.group))
                .withoutTrigger()
                .build();
    }

    private Outcome attach(Multus process, Instance node, Subnet... subnets) {
        return process.attach(node.id(), named(subnets), world.in(Duration.ofMinutes(5)));
    }

    private String addressOf(Instance node) {
        return ec2.interfaces().stream()
                .filter(i -> i.isAttachedTo(node.id()) && i.tags().containsKey(OwnerTags.INSTANCE_ID))
                .map(i -> i.ipv4Addresses().get(0).toString())
                .findFirst()
                .orElse("none");
    }

    private long conflicts() {
        return ec2.journal().calls(Action.CREATE_NETWORK_INTERFACE).stream()
                .filter(JournalEntry::isFailed)
                .count();
    }

    /**
     * One instance by this process, then another by the second one, which reads a ten seconds old
     * state.
     */
    private Instance attachTwo(Multus second) {
        Instance other = world.launch();
        ec2.time().advance(Duration.ofMinutes(1));
        assertThat(attach(process, world.node, world.media)).isAttached();
        lag.set(Duration.ofSeconds(10));
        assertThat(attach(second, other, world.media)).isAttached();
        return other;
    }

    @Test
    void runs_addressNotYetListed_isNotRequestedAgain() {
        Instance other = attachTwo(process);

        assertThat(addressOf(world.node)).isEqualTo("10.0.6.4");
        assertThat(addressOf(other)).isEqualTo("10.0.6.5");
        assertThat(conflicts()).isZero();
    }

    /** The same in two processes. */
    @Test
    void runs_addressOfAnotherProcess_isFoundByTheConflict() {
        attachTwo(world.multus());

        assertThat(conflicts()).isPositive();
    }

    @Test
    void runs_addressOfAFailedRun_isUsedByTheNext() {
        Instance other = world.launch();
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).failWith("UnauthorizedOperation");
        assertThat(attach(process, world.node, world.media)).isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation");

        assertThat(attach(process, other, world.media)).isAttached();

        assertThat(addressOf(other)).isEqualTo("10.0.6.4");
    }

    @Test
    void runs_addressOfATerminatedNode_isUsedAfterAMinute() {
        Instance other = world.launch();
        assertThat(attach(process, world.node, world.media)).isAttached();
        ec2.terminate(world.node.id());
        ec2.time().advance(Duration.ofSeconds(61));

        assertThat(attach(process, other, world.media)).isAttached();

        assertThat(addressOf(other)).isEqualTo("10.0.6.4");
    }

    @Test
    void runs_lastAddressOfASubnet_isUsedAtOnce() {
        Instance other = world.launch();
        Subnet small = world.vpc.subnet("10.0.9.0/28", OneZone.ZONE);
        IntStream.range(4, 14).forEach(i -> ec2.occupy(small, "10.0.9." + i));
        assertThat(attach(process, world.node, small)).isAttached();
        ec2.terminate(world.node.id());

        assertThat(attach(process, other, small)).isAttached();

        assertThat(addressOf(other)).isEqualTo("10.0.9.14");
    }

    /**
     * 30 nodes of two interfaces need 120 calls of ModifyNetworkInterfaceAttribute, and EC2 has 100
     * tokens.
     */
    @Test
    void runs_beyondEc2sRate_wait() {
        ec2.behaviour().throttling(true);
        ec2.time().advance(Duration.ofMinutes(1));
        Instant start = ec2.time().instant();

        for (int i = 0; i < 30; i++) {
            assertThat(attach(process, world.launch(), world.signalling, world.media))
                    .isAttached();
        }

        assertThat(ec2.journal().select(JournalEntry::isFailed)).isEmpty();
        assertThat(Duration.between(start, ec2.time().instant()))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }
}
