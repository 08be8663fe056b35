package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every single fault at every call of a run over two interfaces, each followed by the same event
 * without a fault. The first run ends in time and names each interface that it leaves; the second
 * one completes the set.
 */
class SingleFaultTest {

    private static final Duration TIME = Duration.ofMinutes(3);

    record Injected(Action action, int call, String what, Consumer<Fault> fault, Duration lag) {

        @Override
        public String toString() {
            return what + " at call " + call + " of " + action + (lag.isZero() ? "" : ", reads lag " + lag);
        }
    }

    static Stream<Injected> faults() {
        List<Action> actions = List.of(
                Action.DESCRIBE_INSTANCES,
                Action.DESCRIBE_SUBNETS,
                Action.DESCRIBE_NETWORK_INTERFACES,
                Action.GET_SUBNET_CIDR_RESERVATIONS,
                Action.DESCRIBE_SECURITY_GROUPS,
                Action.DESCRIBE_INSTANCE_TYPES,
                Action.CREATE_NETWORK_INTERFACE,
                Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
                Action.ATTACH_NETWORK_INTERFACE);
        return actions.stream()
                .flatMap(action -> IntStream.rangeClosed(1, mostCalls(action))
                        .boxed()
                        .flatMap(call -> Stream.of(Duration.ZERO, Duration.ofSeconds(2))
                                .flatMap(lag -> Stream.of(
                                        new Injected(
                                                action,
                                                call,
                                                "throttled",
                                                f -> f.failWith("RequestLimitExceeded"),
                                                lag),
                                        new Injected(
                                                action, call, "denied", f -> f.failWith("UnauthorizedOperation"), lag),
                                        new Injected(action, call, "answer lost", Fault::loseResponse, lag),
                                        new Injected(
                                                action,
                                                call,
                                                "500 before effect",
                                                f -> f.failWith("InternalError"),
                                                lag),
                                        new Injected(
                                                action,
                                                call,
                                                "500 after effect",
                                                f -> f.takeEffectAndFailWith("InternalError"),
                                                lag)))));
    }

    private static int mostCalls(Action action) {
        return switch (action) {
            case MODIFY_NETWORK_INTERFACE_ATTRIBUTE -> 4;
            case CREATE_NETWORK_INTERFACE,
                    ATTACH_NETWORK_INTERFACE,
                    DESCRIBE_NETWORK_INTERFACES,
                    GET_SUBNET_CIDR_RESERVATIONS -> 2;
            default -> 1;
        };
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anyFault_thenTheEventAgain_endsWithTheWholeSet(Injected injected) {
        OneZone world = new OneZone();
        world.ec2.behaviour().newThingsVisibleAfter(injected.lag());
        injected.fault().accept(world.ec2.faults().on(injected.action()).call(injected.call()));

        Deadline deadline = world.in(TIME);
        Outcome first = world.multus().attach(world.node.id(), world.spec().build(), deadline);

        assertThat(world.ec2.time().instant()).isBefore(deadline.at());
        if (first instanceof Outcome.Failed failed) {
            Set<String> named = failed.leftovers().stream()
                    .map(Leftover::networkInterfaceId)
                    .collect(Collectors.toSet());
            assertThat(world.ours()).extracting(NetworkInterface::id).isSubsetOf(named);
        } else {
            assertThat(first).isAttached();
        }

        world.ec2.faults().clear();
        Outcome second = world.multus().attach(world.node.id(), world.spec().build(), world.in(TIME));

        assertThat(second.isReady()).as(second.toString()).isTrue();
        assertThat(second).hasAddresses("10.0.4.4", "10.0.6.4");
        assertThat(world.ours()).hasSize(2);
        assertThat(world.ec2).holdsInvariants();
    }
}
