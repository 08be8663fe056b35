package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.DELETE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * EC2 shows the run's first interface later than the run waits for it, so the run requests another
 * one: the node ends with one interface, or the outcome names the other one.
 */
class LateInterfaceTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final NodeGroupSpec spec =
            world.spec().subnets(world.signalling.id()).build();
    private final Instant start = ec2.time().instant();

    /** The first interface shows after 15 seconds. The run takes it for gone after 11. */
    @BeforeEach
    void makeTheFirstInterfaceLate() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(15));
    }

    private Outcome attach() {
        return world.multus().attach(world.node.id(), spec, world.in(Duration.ofMinutes(5)));
    }

    /** At that creation, the first one being number 1. */
    private void atCreation(int number, Runnable event) {
        ec2.faults().on(CREATE_NETWORK_INTERFACE).call(number).meanwhile(event);
    }

    private void until15Seconds() {
        ec2.time().advance(Duration.between(ec2.time().instant(), start.plusSeconds(15)));
    }

    /** The second request is for the address of the first interface. */
    @Test
    void lateInterface_showsAtTheConflict_isTakenUp() {
        atCreation(2, this::until15Seconds);

        assertThat(attach()).isAttached().hasAddresses("10.0.4.4");

        assertThat(world.ours()).hasSize(1);
        assertThat(ec2.journal().calls(CREATE_NETWORK_INTERFACE)).hasSize(2);
        assertThat(ec2.journal().calls(DELETE_NETWORK_INTERFACE)).isEmpty();
        assertThat(ec2).holdsInvariants();
    }

    private void showAfterTheReplacement() {
        atCreation(3, () -> {
            ec2.behaviour().newThingsVisibleAfter(Duration.ZERO);
            until15Seconds();
        });
    }

    @Test
    void lateInterface_showsAfterItsReplacement_isRemoved() {
        showAfterTheReplacement();

        assertThat(attach()).isAttached().hasAddresses("10.0.4.5");

        assertThat(world.ours()).hasSize(1);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void lateInterface_cannotBeRemoved_isNamedInAWarning() {
        showAfterTheReplacement();
        ec2.faults().on(DELETE_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        Outcome outcome = attach();

        assertThat(outcome).isAttached();
        NetworkInterface surplus = world.ours().stream()
                .filter(i -> i.attachment() == null)
                .findFirst()
                .orElseThrow();
        assertThat(((Outcome.Attached) outcome).warnings())
                .anySatisfy(warning ->
                        assertThat(warning).contains("one interface too many", surplus.id(), "UnauthorizedOperation"));
    }

    @Test
    void lateInterface_runFails_rollsBackBoth() {
        showAfterTheReplacement();
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        Outcome outcome = attach();

        assertThat(outcome).leftNothingBehind();
        assertThat(((Outcome.Failed) outcome).removed()).hasSize(2);
        assertThat(world.ours()).isEmpty();
    }
}
