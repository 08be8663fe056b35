package io.github.multus4j.internal.sweep;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.DELETE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepReport.Fate;
import io.github.multus4j.result.SweepReport.UnreadyNode;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The nodes that a sweep makes ready, and those that it skips. */
class SweepNodesTest {

    private final SweepWorld world = new SweepWorld();
    private final FakeEc2Network ec2 = world.ec2;

    @Test
    void node_withoutItsEvent_isMended() {
        Instance missed = world.zone.launch();

        SweepReport report = world.mend();

        assertThat(report.nodes()).singleElement().satisfies(node -> {
            assertThat(node.instanceId()).isEqualTo(missed.id());
            assertThat(node.fate()).isEqualTo(Fate.DONE);
            assertThat(node.lacks()).hasSize(2);
            assertThat(node.outcome()).isAttached();
        });
        assertThat(ec2.instance(missed.id()).attachments()).hasSize(3);
        assertThat(world.mend().isClean()).isTrue();
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void node_mendedAfterTheVpcCniTookItsIndex_isWarnedOf() {
        Instance late = world.zone.launch();
        ec2.attachStranger(late.id(), 1);

        SweepReport report = world.mend();

        assertThat(report.nodes(Fate.DONE))
                .singleElement()
                .satisfies(node -> assertThat(node.outcome())
                        .asString()
                        .contains(
                                late.id() + " may differ",
                                "device index 2 instead of 1",
                                "device index 3 instead of 2"));
    }

    @Test
    void node_readyAtOtherIndexes_isWarnedOfAndNotChanged() {
        Instance late = world.zone.launch();
        ec2.attachStranger(late.id(), 1);
        world.mend();
        ec2.journal().clear();

        SweepReport report = world.mend();

        assertThat(report.isClean()).isTrue();
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .contains(late.id() + " may differ", "device index 2 instead of 1", "device index 3 instead of 2");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
        assertThat(world.dryRun().warnings()).isEqualTo(report.warnings());
    }

    @Test
    void node_halfMade_adoptsItsLeftoverInsteadOfLosingIt() {
        Instance halfMade = world.zone.launch();
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");
        world.multus()
                .attach(
                        halfMade.id(),
                        world.zone.spec().onFailure(OnFailure.KEEP).build());
        ec2.faults().clear();
        List<String> leftovers = looseOf(halfMade);
        ec2.journal().clear();

        SweepReport report = world.mend();

        assertThat(leftovers).isNotEmpty();
        assertThat(report.leaks()).isEmpty();
        assertThat(report.nodes(Fate.DONE)).singleElement().asString().contains("is not attached");
        assertThat(ec2.journal().calls(DELETE_NETWORK_INTERFACE)).isEmpty();
        assertThat(ec2.instance(halfMade.id()).attachments())
                .extracting(a -> a.networkInterfaceId())
                .containsAll(leftovers);
        assertThat(looseOf(halfMade)).isEmpty();
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void node_attachedAndNotFinished_isFinished() {
        Instance unfinished = world.zone.launch();
        world.multus()
                .attach(
                        unfinished.id(),
                        world.zone.spec().deleteOnTermination(false).build());

        SweepReport report = world.mend();

        assertThat(report.nodes(Fate.DONE)).singleElement().asString().contains("is not finished");
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void node_readyByTheSecondLook_isLeftToItsEvent() {
        Instance late = world.zone.launch();
        world.betweenTheLooks(
                () -> world.zone.multus().attach(late.id(), world.zone.spec().build()));

        assertThat(world.mend().isClean()).isTrue();
    }

    @Test
    void node_halfReadyByTheSecondLook_isReportedWithTheRemainingLacks() {
        Instance late = world.zone.launch();
        world.betweenTheLooks(() -> world.attach(world.loose(world.zone.signalling, late.id()), late.id(), 1));

        SweepReport report = world.dryRun();

        assertThat(report.nodes())
                .singleElement()
                .satisfies(node -> assertThat(node.lacks())
                        .extracting(lack -> lack.slot().subnetId() + (lack.existing() == null ? "" : " unfinished"))
                        .containsExactly(world.zone.signalling.id() + " unfinished", world.zone.media.id()));
    }

    @Test
    void node_launchedBetweenTheLooks_waitsForTheNextSweep() {
        world.leak();
        world.betweenTheLooks(world.zone::launch);

        assertThat(world.mend().nodes()).isEmpty();
        assertThat(world.mend().nodes(Fate.DONE)).hasSize(1);
    }

    @Test
    void node_withoutTheTriggerTag_isNotForUs() {
        world.zone.vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of("multus", "true"));

        assertThat(world.mend().isClean()).isTrue();
    }

    @Test
    void node_withAnotherValueOfTheTriggerTag_isNotForUs() {
        Instance other = world.zone.vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of("pool", "smf"));
        Instance ours = world.zone.vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of("pool", "upf"));
        NodeGroupSpec spec = world.zone.spec().trigger("pool", "upf").build();

        SweepReport report = world.multus().sweep(world.scope, spec, SweepReport.Mode.MEND);

        assertThat(report.nodes(Fate.DONE)).extracting(UnreadyNode::instanceId).containsExactly(ours.id());
        assertThat(ec2.instance(other.id()).attachments()).hasSize(1);
    }

    @Test
    void node_thatDoesNotRun_isLeftAlone() {
        Instance stopped = world.zone.launch();
        ec2.stop(stopped.id());
        world.zone.vpc.launchPending("m5.4xlarge", OneZone.ZONE, Map.of("multus-ng", "true"), Duration.ofHours(1));
        ec2.terminate(world.zone.launch().id());

        assertThat(world.mend().isClean()).isTrue();
    }

    @Test
    void node_ofAnotherVpc_isLeftAlone() {
        ec2.vpc("10.1.0.0/16").launch("m5.4xlarge", OneZone.ZONE, Map.of("multus-ng", "true"));

        assertThat(world.mend().isClean()).isTrue();
    }

    @Test
    void node_thatTheReferenceLambdaMadeReady_isReady() {
        SweepWorld other = new SweepWorld();
        other.zone.ours().forEach(ours -> {
            other.ec2.detachNetworkInterface(ours.attachment().id(), other.zone.in(Duration.ofMinutes(1)));
            other.ec2.deleteNetworkInterface(ours.id(), other.zone.in(Duration.ofMinutes(1)));
        });
        other.zone.attachAsTheReferenceDoes(other.zone.signalling, 1);
        other.zone.attachAsTheReferenceDoes(other.zone.media, 2);

        assertThat(other.mend().isClean()).isTrue();
    }

    @Test
    void node_inAZoneWithoutSubnets_isReportedAndNotMended() {
        Instance there = world.zone.vpc.launch("m5.4xlarge", "us-east-1c", Map.of("multus-ng", "true"));
        Instant start = ec2.time().instant();

        SweepReport report = world.mend();

        assertThat(report.nodes(Fate.BLOCKED)).singleElement().satisfies(node -> {
            assertThat(node.instanceId()).isEqualTo(there.id());
            assertThat(node.plan()).isInstanceOf(Plan.Blocked.class);
            assertThat(node).asString().contains("us-east-1c");
        });
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
        assertThat(ec2.time().instant()).isEqualTo(start);
    }

    @Test
    void node_thatFails_doesNotStopTheOthers() {
        world.zone.launch();
        world.zone.launch();
        ec2.faults().on(CREATE_NETWORK_INTERFACE).call(1).failWith("UnauthorizedOperation");

        SweepReport report = world.mend();

        assertThat(report.nodes(Fate.FAILED)).singleElement().asString().contains("UnauthorizedOperation");
        assertThat(report.nodes(Fate.DONE)).hasSize(1);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void node_lacksAnAddressThatALeakHolds_isMendedInTheSameSweep() {
        var narrow = world.zone.vpc.subnet("10.0.9.0/28", OneZone.ZONE);
        String gone = world.terminated();
        IntStream.range(0, 11).forEach(n -> world.loose(narrow, gone));
        NodeGroupSpec spec =
                world.zone.spec().subnets(narrow.id()).trigger("narrow").build();
        world.zone.vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of("narrow", ""));

        SweepReport report = world.multus().sweep(world.scope, spec, SweepReport.Mode.MEND);

        assertThat(report.leaks(Fate.DONE)).hasSize(11);
        assertThat(report.nodes(Fate.DONE)).hasSize(1);
    }

    @Test
    void dryRun_showsThePlanAndChangesNothing() {
        Instance missed = world.zone.launch();

        SweepReport report = world.dryRun();

        assertThat(report.nodes(Fate.FOUND)).singleElement().satisfies(node -> {
            assertThat(node.instanceId()).isEqualTo(missed.id());
            assertThat(node.plan()).isInstanceOf(Plan.Attachments.class);
        });
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void dryRun_blockedNode_showsTheFinding() {
        world.zone.launch();
        NodeGroupSpec spec = world.zone
                .spec()
                .securityGroups(SecurityGroups.shared("sg-0123456789abcdef0"))
                .build();

        SweepReport report = world.multus().sweep(world.scope, spec);

        assertThat(report.nodes(Fate.BLOCKED)).singleElement().asString().contains("sg-0123456789abcdef0");
    }

    @Test
    void scan_manyReadyNodes_takesAsManyCallsAsForOne() {
        IntStream.range(0, 30)
                .forEach(n -> world.zone
                        .multus()
                        .attach(world.zone.launch().id(), world.zone.spec().build()));
        ec2.journal().clear();

        assertThat(world.mend().isClean()).isTrue();
        assertThat(ec2.journal().entries()).hasSize(4);
    }

    private List<String> looseOf(Instance owner) {
        return world.ec2.interfaces().stream()
                .filter(i ->
                        i.attachment() == null && owner.id().equals(i.tags().get(OwnerTags.INSTANCE_ID)))
                .map(NetworkInterface::id)
                .toList();
    }
}
