package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The next run succeeds after a failure with a mended cause.
 */
class HealingTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;

    /** Each run is a new process: only EC2 keeps state. */
    private Outcome attach() {
        return world.multus().attach(world.node.id(), world.spec().build(), world.in(Duration.ofMinutes(2)));
    }

    private static @Nullable Duration remembered(String text) {
        return text.equals("for ever") ? null : Duration.parse(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1, for ever, 0", "2, for ever, 900", "3, for ever, 0", "8, for ever, 900", "50, for ever, 0",
        "1, PT10M, 0", "5, PT10M, 60", "50, PT10M, 60", "1, PT0S, 0", "50, PT0S, 900"
    })
    void attach_afterFailedRunsOfAMendedCause_isReadyWithin30SecondsAnd3Reads(
            int failedRuns, String tokensRemembered, int secondsBetween) {
        Duration remembered = remembered(tokensRemembered);
        if (remembered != null) {
            ec2.behaviour().clientTokensRememberedFor(remembered);
        }
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");
        for (int i = 0; i < failedRuns; i++) {
            assertThat(attach()).leftNothingBehind();
            ec2.time().advance(Duration.ofSeconds(secondsBetween));
        }
        ec2.faults().clear();
        ec2.journal().clear();
        Instant start = ec2.time().instant();

        assertThat(attach()).isAttached();

        assertThat(Duration.between(start, ec2.time().instant())).isLessThan(Duration.ofSeconds(30));
        assertThat(reads()).isLessThanOrEqualTo(readsOfAFirstRun() + 3);
        assertThat(world.ours()).hasSize(2);
    }

    private long reads() {
        return ec2.journal().entries().stream()
                .filter(entry -> !entry.action().isMutating())
                .count();
    }

    private static long readsOfAFirstRun() {
        HealingTest first = new HealingTest();
        assertThat(first.attach()).isAttached();
        return first.reads();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UnauthorizedOperation", "AttachmentLimitExceeded", "RequestLimitExceeded", "InternalError"})
    void attach_afterFailuresOfThatCause_isReadyWithin30Seconds(String code) {
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith(code);
        for (int i = 0; i < 5; i++) {
            attach();
        }
        ec2.faults().clear();
        Instant start = ec2.time().instant();

        assertThat(attach()).isAttached();
        assertThat(Duration.between(start, ec2.time().instant())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void attach_usedTokensCannotBeTagged_warnsAndIsReadyAfterAWait() {
        ec2.faults().on(Action.CREATE_TAGS).everyCall().failWith("UnauthorizedOperation");
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");
        Outcome failed = attach();
        assertThat(((Outcome.Failed) failed).warnings())
                .singleElement()
                .asString()
                .contains(OwnerTags.USED_TOKENS, world.node.id(), "ec2:CreateTags");
        ec2.faults().clear();
        Instant start = ec2.time().instant();

        assertThat(attach()).isAttached();
        assertThat(Duration.between(start, ec2.time().instant())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void attach_interfacesDeletedByHand_isReadyWithin30SecondsEachTime() {
        for (int i = 0; i < 6; i++) {
            Instant start = ec2.time().instant();
            assertThat(attach()).isAttached();
            assertThat(Duration.between(start, ec2.time().instant())).isLessThan(Duration.ofSeconds(30));
            for (NetworkInterface each : world.ours()) {
                ec2.detachNetworkInterface(each.attachment().id(), world.in(Duration.ofMinutes(1)));
                ec2.deleteNetworkInterface(each.id(), world.in(Duration.ofMinutes(1)));
            }
        }
    }

    @Test
    void attach_hostileTagOfUsedTokens_usesItsValidParts() {
        ec2.createTags(
                world.node.id(),
                Map.of(OwnerTags.USED_TOKENS, "x:99999999999 :: -1 subnet:-5 \u00e9"),
                world.in(Duration.ofMinutes(1)));

        assertThat(attach()).isAttached();
    }

    @Test
    void attach_instanceUnknown_isSkippedAfterFewCalls() {
        Instant start = ec2.time().instant();

        Outcome outcome =
                world.multus().attach("i-0123456789abcdef0", world.spec().build(), world.in(Duration.ofMinutes(5)));

        assertThat(outcome).isSkippedBecause("EC2 shows no instance i-0123456789abcdef0");
        assertThat(ec2.journal().calls(Action.DESCRIBE_INSTANCES)).hasSizeLessThan(14);
        assertThat(Duration.between(start, ec2.time().instant())).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void attach_twoSubnetsThatFillUp_fillsAsManyNodesAsTheyHaveRoomFor() {
        FakeVpc vpc = ec2.vpc("10.1.0.0/16");
        Subnet first = vpc.subnet("10.1.4.0/28", OneZone.ZONE);
        Subnet second = vpc.subnet("10.1.5.0/28", OneZone.ZONE);
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(first.id(), second.id())
                .securityGroups(SecurityGroups.shared(vpc.securityGroup("g").id()))
                .build();
        List<Instance> nodes = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            nodes.add(vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of("multus-ng", "true")));
        }
        Multus multus = world.multusInThreads();

        List<Outcome> outcomes = nodes.parallelStream()
                .map(node -> multus.attach(node.id(), spec, world.in(Duration.ofMinutes(10))))
                .toList();

        assertThat(outcomes).filteredOn(Outcome::isReady).hasSize(11);
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.isReady())
                .allSatisfy(outcome ->
                        assertThat(((Outcome.Failed) outcome).cause().mayHeal()).isTrue());
    }
}
