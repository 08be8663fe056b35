package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.result.Plan;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run and its deadline: it ends in time, and each of its interfaces is removed or named. */
class AttachDeadlineTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 60, 240})
    void deadline_attachingEndsInTheReserve_isRolledBackInTime(int seconds) {
        ec2.behaviour()
                .attachingTakes(Duration.ofSeconds(seconds).multipliedBy(9).dividedBy(10));
        var deadline = world.in(Duration.ofSeconds(seconds));

        Outcome outcome = world.multus().attach(world.node.id(), world.spec().build(), deadline);

        assertThat(outcome)
                .isFailedBecause(Cause.Code.DEADLINE, "the time ran out")
                .leftNothingBehind();
        assertThat(ec2.time().instant()).isBeforeOrEqualTo(deadline.at());
        assertThat(world.ours()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 60, 240})
    void deadline_attachingNeverEnds_endsInTimeAndNamesTheLeftovers(int seconds) {
        ec2.behaviour().attachingTakes(Duration.ofHours(1));
        var deadline = world.in(Duration.ofSeconds(seconds));

        Outcome outcome = world.multus().attach(world.node.id(), world.spec().build(), deadline);

        assertThat(outcome).isFailedBecause(Cause.Code.DEADLINE, "the time ran out");
        assertThat(ec2.time().instant()).isBeforeOrEqualTo(deadline.at());
        assertThat(leftovers(outcome)).isNotEmpty().isEqualTo(idsOfOurs());
    }

    @Test
    void deadline_creationNeverAnswered_isFoundWhenItShowsAndRolledBack() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(7));
        ec2.faults().on(CREATE_NETWORK_INTERFACE).everyCall().loseResponse();

        Outcome outcome = world.multus().attach(world.node.id(), world.spec().build(), world.in(Duration.ofSeconds(8)));

        assertThat(outcome)
                .isFailedBecause(Cause.Code.DEADLINE, "the time ran out")
                .leftNothingBehind();
        assertThat(((Outcome.Failed) outcome).removed()).hasSize(1);
        assertThat(world.ours()).isEmpty();
    }

    @Test
    void deadline_creationNeverAnsweredNorSeen_namesThePossibleInterface() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofMinutes(1));
        ec2.faults().on(CREATE_NETWORK_INTERFACE).everyCall().loseResponse();

        Outcome outcome = world.multus().attach(world.node.id(), world.spec().build(), world.in(Duration.ofSeconds(8)));

        assertThat(leftovers(outcome)).singleElement().asString().contains(world.signalling.id());
    }

    @Test
    void plan_instanceDoesNotShowInTime_isBlockedWithTheReason() {
        Plan plan = world.multus().plan("i-0123456789abcdef0", world.spec().build(), world.in(Duration.ofSeconds(5)));

        assertThat(plan)
                .isInstanceOfSatisfying(
                        Plan.Blocked.class,
                        blocked -> assertThat(blocked.findings())
                                .extracting(Finding::code)
                                .containsExactly(Finding.Code.NOT_SEEN_IN_TIME));
    }

    private Set<String> idsOfOurs() {
        return world.ours().stream().map(NetworkInterface::id).collect(Collectors.toSet());
    }

    private static Set<String> leftovers(Outcome outcome) {
        return ((Outcome.Failed) outcome)
                .leftovers().stream().map(Leftover::networkInterfaceId).collect(Collectors.toSet());
    }
}
