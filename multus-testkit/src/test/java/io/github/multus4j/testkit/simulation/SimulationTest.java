package io.github.multus4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.Multus;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {

    private static Multus multus(SimulatedProcess process) {
        return Multus.builder(process.ec2(), process.autoScaling())
                .time(process.clock(), process.sleeper())
                .executor(process.executor())
                .build();
    }

    private final Simulation library = Simulation.of((process, spec) -> {
        Multus multus = multus(process);
        return (event, deadline) -> multus.handle(event, spec, deadline);
    });

    @ParameterizedTest
    @ValueSource(strings = {"1", "7", "42", "995", "small 3 ROLL_BACK lowest free 9:ANSWER_LOST 14:CRASH_AND_EFFECT"})
    void replay_sameName_isTheSameHistory(String name) {
        Verdict first = library.replay(name);
        Verdict second = library.replay(name);

        assertThat(second.trace().get()).isEqualTo(first.trace().get()).contains("run 1 begins");
        assertThat(second.name()).isEqualTo(name);
        assertThat(second.calls()).isEqualTo(first.calls());
    }

    @Test
    void replay_calmHistory_isGoodWithATrace() {
        Verdict verdict = library.replay("small 2 ROLL_BACK lowest free");

        assertThat(verdict.isGood()).as(verdict.toString()).isTrue();
        assertThat(verdict.trace().get())
                .contains("CreateNetworkInterface", "run 1 ends: attached", "run 2 ends: complete");
    }

    @Test
    void replay_noName_isRefused() {
        assertThatThrownBy(() -> library.replay("large 2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyFault_libraryWithoutRetries_isGood() {
        SearchReport report = library.everyFault(2, 1, OnFailure.ROLL_BACK, false);

        assertThat(report.isGood()).as(report.toString()).isTrue();
        assertThat(report.histories()).isGreaterThan(100);
    }

    @Test
    void search_libraryWithoutRetries_isGood() {
        SearchReport report = library.search(1, 300);

        assertThat(report.isGood()).as(report.toString()).isTrue();
        assertThat(report.histories()).isEqualTo(300);
    }

    @Test
    void search_programThatDoesNothing_isBad() {
        SearchReport report = Simulation.of(
                        (process, spec) -> (event, deadline) -> new Outcome.Skipped("", "no wish to"))
                .searchUntilBad(1, 20);

        assertThat(report.isGood()).isFalse();
        assertThat(report.bad().get(0).broken()).anyMatch(broken -> broken.startsWith("[2]"));
    }

    /** Like the usual copied Lambda: creates and attaches without a read. */
    @Test
    void search_programWithoutReads_isFoundDoubling() {
        SearchReport report = Simulation.of(SimulationTest::naive).searchUntilBad(1, 50);

        assertThat(report.isGood()).isFalse();
        assertThat(report.bad().get(0).toString()).contains("is an extra", "CreateNetworkInterface");
    }

    private static EventHandler naive(SimulatedProcess process, NodeGroupSpec spec) {
        Multus multus = multus(process);
        return (event, deadline) -> {
            LifecycleEvent message = multus.events(event).get(0);
            String instance = Objects.requireNonNull(message.action()).instanceId();
            String subnet = process.ec2().describeSubnets(spec.subnets().filters(), deadline).stream()
                    .findFirst()
                    .orElseThrow()
                    .id();
            NetworkInterface made = process.ec2()
                    .createNetworkInterface(
                            new NewNetworkInterface(
                                    subnet,
                                    null,
                                    List.of(),
                                    0,
                                    List.of(),
                                    "",
                                    OwnerTags.of(instance, 1),
                                    "token-" + process.random().nextLong()),
                            deadline);
            process.ec2().attachNetworkInterface(made.id(), instance, 1, 0, deadline);
            return new Outcome.Attached(instance, List.of(), List.of());
        };
    }

    @Test
    void search_programThatIgnoresItsDeadline_isFoundLate() {
        SearchReport report = Simulation.of((process, spec) -> (event, deadline) -> {
                    try {
                        process.sleeper().sleep(Duration.ofMinutes(20));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new Outcome.Skipped("", "overslept");
                })
                .searchUntilBad(1, 20);

        assertThat(report.bad().get(0).broken()).anyMatch(broken -> broken.startsWith("[8]"));
    }

    @Test
    void search_programThatThrows_getsItsEventsAgain() {
        int[] calls = {0};
        Simulation.of((process, spec) -> (event, deadline) -> {
                    calls[0]++;
                    throw new IllegalStateException("no");
                })
                .replay("2");

        assertThat(calls[0]).isGreaterThan(3);
    }

    @Test
    void handler_isGivenTheEventOfItsInstance() {
        List<Map<String, Object>> seen = new ArrayList<>();
        Simulation.of((process, spec) -> (event, deadline) -> {
                    assertThat(event.get("detail").toString()).contains("EC2InstanceId=i-");
                    seen.add(event);
                    return new Outcome.Skipped("", "seen");
                })
                .replay("small 1 KEEP chosen by EC2");

        assertThat(seen).isNotEmpty();
    }
}
