package io.github.multus4j.internal.sweep;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_TAGS;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.OlderPort;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepReport.Fate;
import io.github.multus4j.result.SweepReport.UnreadyNode;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sweep does not repeat a repair that failed for a lasting reason, because each attempt changes a
 * node in service. Each sweep is a process of its own.
 */
class SweepBackOffTest {

    private static final Duration SCHEDULE = Duration.ofMinutes(15);

    private final SweepWorld world = new SweepWorld();
    private final FakeEc2Network ec2 = world.ec2;
    private final Instance node = world.zone.launch();

    /** The next sweep of the schedule, in another process. */
    private SweepReport nextSweep() {
        sleep(SCHEDULE);
        ec2.journal().clear();
        return world.mend();
    }

    private void sleep(Duration duration) {
        try {
            ec2.time().sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refuse(String code) {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith(code);
    }

    private String tag() {
        return ec2.instance(node.id()).tags().getOrDefault(OwnerTags.REPAIR, "");
    }

    private int attachCalls() {
        return ec2.journal().calls(ATTACH_NETWORK_INTERFACE).size();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AttachmentLimitExceeded",
                "UnauthorizedOperation",
                "OperationNotPermitted",
                "InvalidParameterValue",
                "InvalidParameterCombination",
                "UnsupportedOperation"
            })
    void repair_refusedForALastingReason_isNotRepeatedByTheNextSweepOfAnotherProcess(String code) {
        refuse(code);
        assertThat(world.mend().nodes(Fate.FAILED)).hasSize(1);

        SweepReport next = nextSweep();

        assertThat(ec2.journal().mutatingCalls()).isEmpty();
        assertThat(next.nodes(Fate.LEFT_ALONE))
                .singleElement()
                .asString()
                .contains(node.id(), "left alone (until ", "after 1 failed repairs", "AttachNetworkInterface:" + code);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void repair_failsAgainAndAgain_isTriedEverMoreRarely() {
        refuse("AttachmentLimitExceeded");
        int tries = 0;
        for (int sweep = 0; sweep < 4 * 24 * 4; sweep++) { // Four days.
            tries += nextSweep().nodes(Fate.FAILED).size();
        }

        // After 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 55.5 and 79.5 hours, plus the delay of the
        // schedule.
        assertThat(tries).isEqualTo(9);
        assertThat(tag()).startsWith("failures=9 next=");
    }

    @Test
    void repair_theCauseIsMended_isDoneWhenItIsDueAndForgotten() {
        refuse("UnauthorizedOperation");
        world.mend();
        ec2.faults().clear();

        assertThat(nextSweep().nodes(Fate.LEFT_ALONE)).hasSize(1);
        assertThat(nextSweep().nodes(Fate.DONE)).hasSize(1);
        assertThat(tag()).isEmpty();
        assertThat(nextSweep().isClean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RequestLimitExceeded", "InternalError", "Unavailable", "InsufficientFreeAddressesInSubnet"})
    void repair_failedForAReasonThatHeals_isRepeatedByTheNextSweep(String code) {
        ec2.faults().on(CREATE_NETWORK_INTERFACE).everyCall().failWith(code);
        assertThat(world.mend().nodes(Fate.FAILED)).hasSize(1);
        ec2.faults().clear();

        assertThat(tag()).isEmpty();
        assertThat(nextSweep().nodes(Fate.DONE)).hasSize(1);
        assertThat(ec2).holdsInvariants();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"InsufficientFreeAddressesInSubnet", "UnauthorizedOperation", "NetworkInterfaceLimitExceeded"})
    void repair_oneInterfaceCannotBeMade_attachesNoneOfTheOthers(String code) {
        ec2.faults().on(CREATE_NETWORK_INTERFACE).call(2).failWith(code);

        assertThat(world.mend().nodes(Fate.FAILED)).hasSize(1);

        assertThat(attachCalls()).isZero();
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void attach_byHand_ignoresTheMemory() {
        refuse("UnauthorizedOperation");
        world.mend();
        ec2.faults().clear();

        assertThat(world.multus().attach(node.id(), world.zone.spec().build())).isAttached();
        assertThat(nextSweep().isClean()).isTrue();
    }

    @Test
    void spec_changed_isTriedAtOnce() {
        refuse("AttachmentLimitExceeded");
        world.mend();
        ec2.faults().clear();
        NodeGroupSpec fewer = world.zone.spec().subnets(world.zone.media.id()).build();

        SweepReport report = world.multus().sweep(world.scope, fewer, SweepReport.Mode.MEND);

        assertThat(report.nodes(Fate.DONE)).hasSize(1);
    }

    @Test
    void tag_emptiedByAnOperator_isTriedAtOnce() {
        refuse("UnauthorizedOperation");
        world.mend();
        ec2.faults().clear();
        ec2.createTags(node.id(), Map.of(OwnerTags.REPAIR, ""), world.zone.in(Duration.ofMinutes(1)));

        assertThat(nextSweep().nodes(Fate.DONE)).hasSize(1);
    }

    @Test
    void tag_emptiedByAnOperator_isTriedAtOnceByTheSameProcess() {
        refuse("UnauthorizedOperation");
        Multus process = world.multus();
        assertThat(sweep(process).nodes(Fate.FAILED)).hasSize(1);
        ec2.faults().clear();
        sleep(SCHEDULE);
        assertThat(sweep(process).nodes(Fate.LEFT_ALONE)).hasSize(1);
        ec2.createTags(node.id(), Map.of(OwnerTags.REPAIR, ""), world.zone.in(Duration.ofMinutes(1)));

        assertThat(sweep(process).nodes(Fate.DONE)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "never",
                "failures=1 next=2999-01-01T00:00:00Z target=00000000 cause=X",
                "failures=0 next=2026-01-01T00:00:00Z target=00000000 cause=X",
                "failures=99999999999 next=2026-01-01T00:00:00Z target=00000000 cause=X",
                "failures=1 next=2026-99-01T00:00:00Z target=00000000 cause=X"
            })
    void tag_malformed_isIgnored(String value) {
        ec2.createTags(node.id(), Map.of(OwnerTags.REPAIR, value), world.zone.in(Duration.ofMinutes(1)));

        assertThat(world.mend().nodes(Fate.DONE)).hasSize(1);
        assertThat(tag()).isEmpty();
    }

    @Test
    void nodes_eachHasAMemoryOfItsOwn() {
        refuse("UnauthorizedOperation");
        world.mend();
        ec2.faults().clear();
        Instance second = world.zone.launch();

        SweepReport report = nextSweep();

        assertThat(report.nodes(Fate.LEFT_ALONE))
                .extracting(UnreadyNode::instanceId)
                .containsExactly(node.id());
        assertThat(report.nodes(Fate.DONE)).extracting(UnreadyNode::instanceId).containsExactly(second.id());
    }

    @Test
    void dryRun_nodeInBackOff_isReportedAsLeftAlone() {
        refuse("UnauthorizedOperation");
        world.mend();
        ec2.journal().clear();

        assertThat(world.dryRun().nodes(Fate.LEFT_ALONE)).hasSize(1);
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void tag_denied_warnsOnceAndTheProcessRemembers() {
        world.zone.launch();
        refuse("UnauthorizedOperation");
        ec2.faults().on(CREATE_TAGS).everyCall().failWith("UnauthorizedOperation");
        Multus process = world.multus();
        List<String> warnings = sweep(process).warnings();
        ec2.journal().clear();
        sleep(SCHEDULE);

        SweepReport next = sweep(process);

        assertThat(warnings).singleElement().asString().contains("ec2:CreateTags", OwnerTags.REPAIR);
        assertThat(next.nodes(Fate.LEFT_ALONE)).hasSize(2);
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void tag_answerLost_isLookedAt() {
        refuse("UnauthorizedOperation");
        ec2.faults().on(CREATE_TAGS).call(1).loseResponse();

        assertThat(world.mend().warnings()).isEmpty();
        assertThat(tag()).startsWith("failures=1 ");
    }

    @Test
    void node_terminatedBetweenLookAndRepair_isANormalResult() {
        Instance second = world.zone.launch();
        ec2.faults().on(CREATE_NETWORK_INTERFACE).call(1).meanwhile(() -> {
            ec2.terminate(node.id());
            ec2.terminate(second.id());
        });

        SweepReport report = world.mend();

        assertThat(report.nodes(Fate.KEPT)).hasSize(2);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void port_withoutTags_isServedByTheProcessAlone() {
        refuse("UnauthorizedOperation");
        Multus process = Multus.builder(new OlderPort(ec2), ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .executor(Runnable::run)
                .build();

        assertThat(sweep(process).warnings()).singleElement().asString().contains("does not implement");
        assertThat(sweep(process).nodes(Fate.LEFT_ALONE)).hasSize(1);
    }

    private SweepReport sweep(Multus process) {
        Deadline deadline = world.zone.in(Duration.ofMinutes(10));
        return process.sweep(world.scope, world.zone.spec().build(), SweepReport.Mode.MEND, deadline);
    }
}
