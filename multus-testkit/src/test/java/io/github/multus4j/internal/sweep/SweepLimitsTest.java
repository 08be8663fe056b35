package io.github.multus4j.internal.sweep;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.DELETE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.DESCRIBE_INSTANCES;
import static io.github.multus4j.testkit.Action.DESCRIBE_NETWORK_INTERFACES;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepReport.Fate;
import io.github.multus4j.result.SweepReport.Leak;
import io.github.multus4j.result.SweepReport.UnreadyNode;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of a sweep: its cap, its time, interrupts, and failing calls. */
class SweepLimitsTest {

    private final SweepWorld world = new SweepWorld();
    private final FakeEc2Network ec2 = world.ec2;

    /** A test that fails must not interrupt the next one. */
    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void cap_ofRemovals_isKeptAndTheRestIsForTheNextSweep() {
        world.leaks(3);

        SweepReport report = world.mend(world.scope.atMost(2));

        assertThat(report.leaks(Fate.DONE)).hasSize(2);
        assertThat(report.leaks(Fate.BEYOND_CAP)).hasSize(1);
        assertThat(ec2.journal().calls(DELETE_NETWORK_INTERFACE)).hasSize(2);
        assertThat(world.mend(world.scope.atMost(2)).leaks(Fate.DONE)).hasSize(1);
    }

    @Test
    void cap_ofNodes_isKeptAndTheRestIsForTheNextSweep() {
        world.missedEvents(3);

        SweepReport report = world.mend(world.scope.atMost(2));

        assertThat(report.nodes(Fate.DONE)).hasSize(2);
        assertThat(report.nodes(Fate.BEYOND_CAP)).hasSize(1);
        assertThat(world.mend(world.scope.atMost(2)).nodes(Fate.DONE)).hasSize(1);
    }

    @Test
    void cap_inADryRun_isShown() {
        world.leaks(3);
        world.missedEvents(3);

        SweepReport report = world.sweep(world.scope.atMost(2), SweepReport.Mode.DRY_RUN, Duration.ofMinutes(10));

        assertThat(report.leaks()).extracting(Leak::fate).containsExactly(Fate.FOUND, Fate.FOUND, Fate.BEYOND_CAP);
        assertThat(report.nodes())
                .extracting(UnreadyNode::fate)
                .containsExactly(Fate.FOUND, Fate.FOUND, Fate.BEYOND_CAP);
    }

    @Test
    void cap_hopelessFindings_areNotCounted() {
        List<NetworkInterface> leaks = world.leaks(3);
        ec2.faults().on(DELETE_NETWORK_INTERFACE).call(1).failWith("InvalidNetworkInterface.InUse");

        SweepReport report = world.mend(world.scope.atMost(2));

        assertThat(report.leaks(Fate.KEPT)).hasSize(1);
        assertThat(report.leaks(Fate.DONE)).hasSize(2);
        assertThat(leaks.stream().filter(world::exists)).hasSize(1);
    }

    @Test
    void delete_answerLost_isLookedAtAndNotRepeated() {
        NetworkInterface leak = world.leak();
        ec2.faults().on(DELETE_NETWORK_INTERFACE).loseResponse();

        assertThat(world.mend().leaks(Fate.DONE)).hasSize(1);
        assertThat(world.exists(leak)).isFalse();
        assertThat(ec2.journal().calls(DELETE_NETWORK_INTERFACE)).hasSize(1);
    }

    @Test
    void delete_answerLostAndReadsLag_isRepeatedAndDone() {
        NetworkInterface leak = world.leak();
        ec2.behaviour().readsLag(() -> Duration.ofSeconds(30));
        ec2.faults().on(DELETE_NETWORK_INTERFACE).loseResponse();

        assertThat(world.mend().leaks(Fate.DONE)).hasSize(1);
        assertThat(world.exists(leak)).isFalse();
    }

    @Test
    void delete_unknownAndWithoutEffect_isLookedAtAndRepeated() {
        NetworkInterface leak = world.leak();
        ec2.faults().on(DELETE_NETWORK_INTERFACE).failWith("InternalError");

        assertThat(world.mend().leaks(Fate.DONE)).hasSize(1);
        assertThat(world.exists(leak)).isFalse();
        assertThat(ec2.journal().calls(DELETE_NETWORK_INTERFACE)).hasSize(2);
    }

    @Test
    void delete_unknownAndAttachedMeanwhile_isKept() {
        NetworkInterface leak = world.leak();
        ec2.faults().on(DELETE_NETWORK_INTERFACE).meanwhile(() -> world.attach(leak, world.zone.node.id(), 5));
        ec2.faults().on(DELETE_NETWORK_INTERFACE).failWith("InternalError");

        assertThat(world.mend().leaks(Fate.KEPT)).singleElement().asString().contains("in-use");
        assertThat(world.exists(leak)).isTrue();
    }

    @Test
    void delete_neverAnswered_isAFailureOfThatOneOnly() {
        world.leak();
        world.leak();
        ec2.faults().on(DELETE_NETWORK_INTERFACE).nextCalls(3).failWith("InternalError");

        SweepReport report = world.mend();

        assertThat(report.leaks()).extracting(Leak::fate).containsExactly(Fate.FAILED, Fate.DONE);
        assertThat(report.leaks(Fate.FAILED)).singleElement().asString().contains("InternalError");
    }

    @Test
    void delete_unknownAndReadFails_reportsBoth() {
        world.leak();
        ec2.faults()
                .on(DELETE_NETWORK_INTERFACE)
                .meanwhile(() -> ec2.faults().on(DESCRIBE_NETWORK_INTERFACES).failWith("RequestLimitExceeded"));
        ec2.faults().on(DELETE_NETWORK_INTERFACE).failWith("InternalError");

        assertThat(world.mend().leaks(Fate.FAILED))
                .singleElement()
                .asString()
                .containsSubsequence("InternalError", "RequestLimitExceeded");
    }

    @Test
    void delete_denied_stopsTheRemovalsAndNotTheRepairs() {
        world.leaks(3);
        world.zone.launch();
        ec2.faults().on(DELETE_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        SweepReport report = world.mend();

        assertThat(report.leaks())
                .extracting(Leak::fate)
                .containsExactly(Fate.FAILED, Fate.NOT_REACHED, Fate.NOT_REACHED);
        assertThat(report.warnings()).singleElement().asString().contains("UnauthorizedOperation");
        assertThat(ec2.journal().calls(DELETE_NETWORK_INTERFACE)).hasSize(1);
        assertThat(report.nodes(Fate.DONE)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "DESCRIBE_INSTANCES,1",
        "DESCRIBE_INSTANCES,2",
        "DESCRIBE_INSTANCES,3",
        "DESCRIBE_INSTANCES,4",
        "DESCRIBE_NETWORK_INTERFACES,1",
        "DESCRIBE_NETWORK_INTERFACES,2",
        "DESCRIBE_NETWORK_INTERFACES,3",
        "DESCRIBE_NETWORK_INTERFACES,4",
        "DESCRIBE_SUBNETS,1",
        "DESCRIBE_SUBNETS,2"
    })
    void scan_incomplete_throwsAndChangesNothing(Action action, int call) {
        world.leak();
        world.zone.launch();
        ec2.faults().on(action).call(call).failWith("UnauthorizedOperation");

        assertThatThrownBy(world::mend)
                .isInstanceOfSatisfying(
                        Ec2Exception.class, e -> assertThat(e.kind()).isEqualTo(Ec2Exception.Kind.DENIED));
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void deadline_noTimeForTheSecondScan_changesNothingAndWarns() {
        NetworkInterface leak = world.leak();
        world.zone.launch();
        Deadline deadline = world.zone.in(Duration.ofSeconds(75));

        SweepReport report = world.sweep(world.scope, SweepReport.Mode.MEND, Duration.ofSeconds(75));

        assertThat(report.leaks()).extracting(Leak::networkInterfaceId).containsExactly(leak.id());
        assertThat(report.leaks(Fate.NOT_REACHED)).hasSize(1);
        assertThat(report.nodes(Fate.NOT_REACHED)).hasSize(1);
        assertThat(report.warnings()).singleElement().asString().contains("no time for a second look");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
        assertThat(ec2.time().instant()).isBefore(deadline.at());
    }

    @Test
    void deadline_slowScans_areConsidered() {
        world.leak();
        ec2.faults().on(DESCRIBE_INSTANCES).everyCall().delay(Duration.ofSeconds(20));

        SweepReport report = world.sweep(world.scope, SweepReport.Mode.MEND, Duration.ofSeconds(160));

        assertThat(report.leaks(Fate.NOT_REACHED)).hasSize(1);
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void deadline_passesAmongTheRemovals_theRestIsNotReached() {
        world.leaks(4);
        world.zone.launch();
        ec2.faults().on(DELETE_NETWORK_INTERFACE).everyCall().delay(Duration.ofSeconds(50));
        Deadline deadline = world.zone.in(Duration.ofMinutes(3));

        SweepReport report = world.sweep(world.scope, SweepReport.Mode.MEND, Duration.ofMinutes(3));

        assertThat(report.leaks())
                .extracting(Leak::fate)
                .startsWith(Fate.DONE)
                .endsWith(Fate.NOT_REACHED)
                .doesNotContain(Fate.BEYOND_CAP);
        assertThat(report.nodes(Fate.NOT_REACHED)).hasSize(1);
        assertThat(report.warnings()).singleElement().asString().contains("the time ran out");
        assertThat(ec2.time().instant()).isBeforeOrEqualTo(deadline.at());
    }

    @Test
    void deadline_passesAmongTheRepairs_theRestIsNotReached() {
        world.missedEvents(4);
        ec2.behaviour().attachingTakes(Duration.ofSeconds(50));
        Deadline deadline = world.zone.in(Duration.ofMinutes(4));

        SweepReport report = world.sweep(world.scope, SweepReport.Mode.MEND, Duration.ofMinutes(4));

        assertThat(report.nodes())
                .extracting(UnreadyNode::fate)
                .startsWith(Fate.DONE)
                .endsWith(Fate.NOT_REACHED);
        assertThat(ec2.time().instant()).isBeforeOrEqualTo(deadline.at());
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void interrupt_beforeTheFirstLook_isAnExceptionWithTheFlagKept() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(world::mend).isInstanceOf(Ec2Exception.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void interrupt_betweenTheLooks_changesNothingAndKeepsTheFlag() {
        NetworkInterface leak = world.leak();
        world.betweenTheLooks(() -> Thread.currentThread().interrupt());

        SweepReport report = world.mend();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.leaks(Fate.NOT_REACHED)).hasSize(1);
        assertThat(report.warnings()).singleElement().asString().contains("interrupted");
        assertThat(world.exists(leak)).isTrue();
    }

    @Test
    void interrupt_amongTheRemovals_endsSoonAndKeepsTheFlag() {
        world.leaks(3);
        world.zone.launch();
        ec2.faults()
                .on(DELETE_NETWORK_INTERFACE)
                .call(2)
                .meanwhile(() -> Thread.currentThread().interrupt());

        SweepReport report = world.mend();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.leaks()).extracting(Leak::fate).containsExactly(Fate.DONE, Fate.DONE, Fate.NOT_REACHED);
        assertThat(report.nodes(Fate.NOT_REACHED)).hasSize(1);
        assertThat(ec2.journal().calls(ATTACH_NETWORK_INTERFACE)).isEmpty();
    }
}
