package io.github.multus4j.internal.sweep;

import static io.github.multus4j.testkit.Action.DELETE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepReport.Fate;
import io.github.multus4j.result.SweepReport.Leak;
import io.github.multus4j.result.SweepScope;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interfaces that a sweep removes, and those that it keeps. */
class SweepLeaksTest {

    private final SweepWorld world = new SweepWorld();
    private final FakeEc2Network ec2 = world.ec2;

    @Test
    void owner_terminated_leakIsRemovedAfterTwoLooks() {
        NetworkInterface leak = world.leak();
        Instant start = ec2.time().instant();

        SweepReport report = world.mend();

        assertThat(report.leaks(Fate.DONE)).extracting(Leak::networkInterfaceId).containsExactly(leak.id());
        assertThat(report.leaks(Fate.DONE).get(0).why()).contains("terminated");
        assertThat(world.exists(leak)).isFalse();
        assertThat(ec2.journal().mutatingCalls()).singleElement().satisfies(call -> {
            assertThat(call.action()).isEqualTo(DELETE_NETWORK_INTERFACE);
            assertThat(call.time()).isAfterOrEqualTo(start.plus(Duration.ofMinutes(1)));
        });
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void owner_unknownToEc2_leakIsRemoved() {
        NetworkInterface leak = world.loose(world.zone.media, "i-0123456789abcdef0");

        SweepReport report = world.mend();

        assertThat(report.leaks(Fate.DONE)).singleElement().asString().contains("does not exist any more");
        assertThat(world.exists(leak)).isFalse();
    }

    @Test
    void owner_terminatedWithInterfacesThatStay_bothAreRemoved() {
        String node = world.zone.launch().id();
        world.multus().attach(node, world.zone.spec().deleteOnTermination(false).build());
        ec2.terminate(node);

        assertThat(world.mend().leaks(Fate.DONE)).hasSize(2);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void owner_shuttingDown_waitsForTheNextSweep() {
        ec2.behaviour().endingTakes(Duration.ofMinutes(10));
        NetworkInterface leak = world.leak();

        assertThat(world.mend().isClean()).isTrue();
        assertThat(world.exists(leak)).isTrue();

        ec2.time().advance(Duration.ofMinutes(10));
        assertThat(world.mend().leaks(Fate.DONE)).hasSize(1);
    }

    @Test
    void owner_terminatedBetweenTheLooks_waitsForTheNextSweep() {
        String owner = world.zone.launch().id();
        NetworkInterface loose = world.loose(world.zone.signalling, owner);
        world.betweenTheLooks(() -> ec2.terminate(owner));

        assertThat(world.mend().isClean()).isTrue();
        assertThat(world.exists(loose)).isTrue();

        assertThat(world.mend().leaks(Fate.DONE)).hasSize(1);
    }

    @Test
    void owner_stopped_keepsItsInterfaces() {
        String owner = world.zone.launch().id();
        NetworkInterface loose = world.loose(world.zone.signalling, owner);
        ec2.stop(owner);

        assertThat(world.mend().isClean()).isTrue();
        assertThat(world.exists(loose)).isTrue();
    }

    @Test
    void owner_stoppedAndReady_isIgnored() {
        ec2.stop(world.zone.node.id());

        assertThat(world.mend().isClean()).isTrue();
        assertThat(world.zone.ours()).hasSize(2);
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void owner_justLaunchedAndNotVisibleYet_isNotGone() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(30));
        String owner = world.zone.launch().id();
        ec2.behaviour().newThingsVisibleAfter(Duration.ZERO);
        NetworkInterface loose = world.loose(world.zone.signalling, owner);

        assertThat(world.mend().leaks()).isEmpty();
        assertThat(world.exists(loose)).isTrue();
    }

    @Test
    void leak_attachedBetweenTheLooks_isKept() {
        NetworkInterface leak = world.leak();
        world.betweenTheLooks(() -> world.attach(leak, world.zone.node.id(), 5));

        assertThat(world.mend().isClean()).isTrue();
        assertThat(world.exists(leak)).isTrue();
        assertThat(ec2.journal().calls(DELETE_NETWORK_INTERFACE)).isEmpty();
    }

    @Test
    void leak_attachedAfterTheLooks_isRefusedByEc2AndKept() {
        NetworkInterface leak = world.leak();
        ec2.faults().on(DELETE_NETWORK_INTERFACE).meanwhile(() -> world.attach(leak, world.zone.node.id(), 5));

        SweepReport report = world.mend();

        assertThat(report.leaks(Fate.KEPT)).hasSize(1);
        assertThat(report.leaks(Fate.FAILED)).isEmpty();
        assertThat(world.exists(leak)).isTrue();
    }

    @Test
    void leak_attachedBetweenTheLooksAndReadsLag_isRefusedByEc2AndKept() {
        NetworkInterface leak = world.leak();
        ec2.behaviour().readsLag(() -> Duration.ofSeconds(90));
        ec2.time().advance(Duration.ofMinutes(2));
        world.betweenTheLooks(() -> world.attach(leak, world.zone.node.id(), 5));

        SweepReport report = world.mend();

        assertThat(report.leaks(Fate.KEPT)).hasSize(1);
        assertThat(world.exists(leak)).isTrue();
    }

    @Test
    void leak_seenInTheSecondLookOnly_waitsForTheNextSweep() {
        world.leak();
        world.betweenTheLooks(world::leak);

        assertThat(world.mend().leaks()).hasSize(1);
        assertThat(world.mend().leaks()).hasSize(1);
    }

    @Test
    void strangers_anyScope_areNeverTouched() {
        Subnet subnet = world.zone.signalling;
        String gone = world.terminated();
        ec2.occupy(subnet, "10.0.4.99");
        world.loose(subnet, Map.of(OwnerTags.NO_MANAGE, "true"));
        world.loose(subnet, Map.of(OwnerTags.INSTANCE_ID, gone));
        world.loose(subnet, Map.of(OwnerTags.INSTANCE_ID, gone, OwnerTags.NO_MANAGE, "True"));
        world.loose(subnet, Map.of(OwnerTags.INSTANCE_ID, "*", OwnerTags.NO_MANAGE, "true"));
        int before = ec2.interfaces().size();

        assertThat(world.mend(SweepScope.region()).isClean()).isTrue();
        assertThat(ec2.interfaces()).hasSize(before);
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void otherVpc_leaks_areRemovedByASweepOfTheRegionOnly() {
        Subnet elsewhere = ec2.vpc("10.1.0.0/16").subnet("10.1.4.0/24", OneZone.ZONE);
        NetworkInterface leak = world.loose(elsewhere, world.terminated());

        assertThat(world.mend().isClean()).isTrue();
        assertThat(world.exists(leak)).isTrue();

        assertThat(world.mend(SweepScope.region()).leaks(Fate.DONE)).hasSize(1);
        assertThat(world.exists(leak)).isFalse();
    }

    @Test
    void extra_besideAnAttachedOne_isRemoved() {
        NetworkInterface extra = world.loose(world.zone.media, world.zone.node.id());

        SweepReport report = world.mend();

        assertThat(report.leaks(Fate.DONE)).singleElement().asString().contains("in its place");
        assertThat(world.exists(extra)).isFalse();
        assertThat(world.zone.ours()).hasSize(2);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void extra_inASubnetOutsideTheSpec_isRemovedToo() {
        Subnet other = world.zone.vpc.subnet("10.0.8.0/24", OneZone.ZONE);
        world.attach(world.loose(other, world.zone.node.id()), world.zone.node.id(), 5);
        NetworkInterface extra = world.loose(other, world.zone.node.id());

        assertThat(world.mend().leaks(Fate.DONE))
                .extracting(Leak::networkInterfaceId)
                .containsExactly(extra.id());
    }

    @Test
    void extra_besideOneThatIsNotAttached_isLeftForTheNodesNextRun() {
        String owner =
                world.zone.vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of()).id();
        world.loose(world.zone.signalling, owner);
        world.loose(world.zone.signalling, owner);

        assertThat(world.mend().isClean()).isTrue();
    }

    @Test
    void extra_replacementLostBetweenTheScans_isKept() {
        NetworkInterface extra = world.loose(world.zone.media, world.zone.node.id());
        NetworkInterface attached = world.zone.ours().stream()
                .filter(i -> i.subnetId().equals(world.zone.media.id()) && i.attachment() != null)
                .findFirst()
                .orElseThrow();
        world.betweenTheLooks(
                () -> ec2.detachNetworkInterface(attached.attachment().id(), world.zone.in(Duration.ofMinutes(1))));

        assertThat(world.mend().leaks()).isEmpty();
        assertThat(world.exists(extra)).isTrue();
        assertThat(world.exists(attached)).isTrue();
    }

    @Test
    void dryRun_byDefault_changesNothing() {
        NetworkInterface leak = world.leak();

        SweepReport report = world.multus().sweep(world.scope, world.zone.spec().build());

        assertThat(report).isEqualTo(world.dryRun());
        assertThat(report.leaks(Fate.FOUND))
                .extracting(Leak::networkInterfaceId)
                .containsExactly(leak.id());
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void nothingFound_anyScope_takesOneScanAndNoTime() {
        Instant start = ec2.time().instant();

        assertThat(world.mend().isClean()).isTrue();
        assertThat(ec2.time().instant()).isEqualTo(start);
        assertThat(ec2.journal().entries()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void scan_manyPages_readsAll(boolean emptyPages) {
        ec2.behaviour().emptyPages(emptyPages);
        Subnet wide = world.zone.vpc.subnet("10.0.16.0/20", OneZone.ZONE);
        List<String> made = IntStream.range(0, 1100)
                .mapToObj(n ->
                        world.loose(wide, "i-0000000000000%04x".formatted(n)).id())
                .toList();

        assertThat(world.mend(world.scope.atMost(2000)).leaks(Fate.DONE))
                .extracting(Leak::networkInterfaceId)
                .containsExactlyInAnyOrderElementsOf(made);
    }
}
