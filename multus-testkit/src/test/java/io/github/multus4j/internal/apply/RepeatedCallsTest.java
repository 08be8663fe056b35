package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.CallRates.Bucket;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls without a clear success are followed by a read, and repeated if they had no effect. */
class RepeatedCallsTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final Instant start = ec2.time().instant();

    private Outcome attach() {
        return world.multus().attach(world.node.id(), world.spec().build(), world.in(Duration.ofMinutes(5)));
    }

    private Duration took() {
        return Duration.between(start, ec2.time().instant());
    }

    private List<JournalEntry> calls(Action action) {
        return ec2.journal().calls(action);
    }

    private void assertFinished(Outcome outcome) {
        assertThat(outcome).isAttached();
        assertThat(world.ours()).hasSize(2).allSatisfy(each -> {
            assertThat(each.sourceDestCheck()).isFalse();
            assertThat(Objects.requireNonNull(each.attachment()).deleteOnTermination())
                    .isTrue();
        });
        assertThat(ec2).holdsInvariants();
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CREATE_NETWORK_INTERFACE", "MODIFY_NETWORK_INTERFACE_ATTRIBUTE", "ATTACH_NETWORK_INTERFACE"})
    void change_fourTimesWithoutAnswerAndEffect_isRepeatedAfterEverLongerPauses(Action action) {
        ec2.faults().on(action).nextCalls(4).failWith("RequestTimeout", "no answer", Kind.OUTCOME_UNKNOWN);

        assertFinished(attach());

        assertThat(calls(action)).filteredOn(JournalEntry::isFailed).hasSize(4);
        assertThat(took()).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(3));
    }

    /** Each interface has four changes: creation, check, attachment, delete-on-termination. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void modify_withoutAnswerAndEffect_isRepeated(int call) {
        ec2.faults()
                .on(MODIFY_NETWORK_INTERFACE_ATTRIBUTE)
                .call(call)
                .failWith("RequestTimeout", "no answer", Kind.OUTCOME_UNKNOWN);

        assertFinished(attach());

        assertThat(calls(MODIFY_NETWORK_INTERFACE_ATTRIBUTE)).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void modify_withoutAnswerButDone_isNotRepeated(int call) {
        ec2.faults().on(MODIFY_NETWORK_INTERFACE_ATTRIBUTE).call(call).loseResponse();

        assertFinished(attach());

        assertThat(calls(MODIFY_NETWORK_INTERFACE_ATTRIBUTE)).hasSize(4);
        assertThat(took()).isZero();
    }

    @Test
    void attach_withoutAnswerButDone_isNotRepeated() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).loseResponse();

        assertFinished(attach());

        assertThat(calls(ATTACH_NETWORK_INTERFACE)).hasSize(2);
        assertThat(took()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"MODIFY_NETWORK_INTERFACE_ATTRIBUTE", "ATTACH_NETWORK_INTERFACE"})
    void change_notFoundAllTheTimeAlthoughAllExists_failsAfterAMinuteWithEc2sRefusal(Action action) {
        ec2.faults()
                .on(action)
                .everyCall()
                .failWith("InvalidNetworkInterfaceID.NotFound", "it does not exist", Kind.NOT_FOUND);

        assertThat(attach())
                .isFailedBecause(Cause.Code.EC2, "InvalidNetworkInterfaceID.NotFound")
                .leftNothingBehind();

        assertThat(took()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(65));
        assertThat(calls(CREATE_NETWORK_INTERFACE)).hasSize(1);
        assertThat(world.ours()).isEmpty();
    }

    @Test
    void call_passesTheDeadline_isTheLastChangeBeforeTheRollBack() {
        ec2.faults().on(CREATE_NETWORK_INTERFACE).delay(Duration.ofMinutes(4).plusSeconds(45));

        assertThat(attach()).isFailedBecause(Cause.Code.DEADLINE, "the time ran out");

        assertThat(calls(MODIFY_NETWORK_INTERFACE_ATTRIBUTE)).isEmpty();
        assertThat(calls(ATTACH_NETWORK_INTERFACE)).isEmpty();
        assertThat(world.ours()).isEmpty();
    }

    private Outcome attachAt(CallRates rates) {
        NodeGroupSpec named = NodeGroupSpec.builder()
                .subnets(world.signalling.id(), world.media.id())
                .securityGroups(SecurityGroups.shared(world.group))
                .withoutTrigger()
                .build();
        return Multus.builder(ec2, ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .executor(Runnable::run)
                .callRates(rates)
                .build()
                .attach(world.node.id(), named, world.in(Duration.ofMinutes(5)));
    }

    /** The second call of a bucket with one token waits until the next token. */
    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CREATE_NETWORK_INTERFACE", "MODIFY_NETWORK_INTERFACE_ATTRIBUTE", "ATTACH_NETWORK_INTERFACE"})
    void callRates_oneTokenOfACall_spaceItsCalls(Action action) {
        Bucket bottomless = CallRates.unlimited().create();
        Bucket small = new Bucket(1, 0.1);
        CallRates rates = new CallRates(
                action == CREATE_NETWORK_INTERFACE ? small : bottomless,
                action == ATTACH_NETWORK_INTERFACE ? small : bottomless,
                action == MODIFY_NETWORK_INTERFACE_ATTRIBUTE ? small : bottomless);

        assertThat(attachAt(rates)).isAttached();

        List<Instant> times = calls(action).stream().map(JournalEntry::time).toList();
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        }
    }
}
