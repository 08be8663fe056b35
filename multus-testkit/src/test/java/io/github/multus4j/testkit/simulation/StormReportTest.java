package io.github.multus4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks the figures of a report. */
class StormReportTest {

    private static double bound(int nodes, int interfaces, int windowSeconds, int delaySeconds) {
        return Storm.of(nodes, interfaces)
                        .within(Duration.ofSeconds(windowSeconds))
                        .eventsAfter(Duration.ofSeconds(delaySeconds))
                        .bound()
                        .toMillis()
                / 1000.0;
    }

    @Test
    void bound_ofOneNode_isTheLatenciesOfItsSteps() {
        // Two reads, create, the check, attach, delete-on-termination, a read.
        assertThat(bound(1, 1, 0, 0)).isEqualTo(0.1 + 0.1 + 0.6 + 0.2 + 0.8 + 0.2 + 0.1, within(0.002));
        assertThat(bound(1, 4, 0, 3)).isEqualTo(3 + 2.1, within(0.002));
    }

    @Test
    void bound_ofMany_isWhenTheBucketOfModifyHasGivenTheLastToken() {
        // 4,000 calls, 100 tokens, 5 a second; the first call arrives after 0.9 s, and 0.2 s follow
        // the last
        assertThat(bound(500, 4, 0, 0)).isEqualTo(0.9 + 3900 / 5.0 + 0.2, within(0.002));
    }

    @Test
    void bound_ofAttach_countsIfItsBucketBindsMost() {
        // 60 attachments: 50 tokens at 1.3 s, and 10 more; the 120 attributes would be done at 0.9
        // + 4 + 0.2
        assertThat(bound(60, 1, 0, 0)).isEqualTo(Math.max(1.3 + 10 / 5.0 + 0.4 + 0.2 + 0.1, 5.1), within(0.002));
    }

    @Test
    void launches_sameSeed_areTheSameAndSpreadOverTheWindow() {
        Storm storm = Storm.of(1000, 2).within(Duration.ofSeconds(10));

        assertThat(storm.launches())
                .isSorted()
                .isEqualTo(storm.launches())
                .isNotEqualTo(storm.seed(2).launches())
                .allSatisfy(launch -> assertThat(launch).isBetween(Duration.ZERO, Duration.ofSeconds(10)));
        assertThat(storm.launches().get(500).toMillis()).isBetween(4_000L, 6_000L);
    }

    @Test
    void storm_playedTwice_isTheSame() {
        Simulation simulation = Simulation.of((process, spec) -> {
            Multus multus = Multus.builder(process.ec2(), process.autoScaling())
                    .time(process.clock(), process.sleeper())
                    .executor(process.executor())
                    .build();
            return (event, deadline) -> multus.handle(event, spec, deadline);
        });
        Storm storm = Storm.of(10, 2).within(Duration.ofSeconds(1));

        StormReport report = simulation.storm(storm);

        assertThat(report.toString()).isEqualTo(simulation.storm(storm).toString());
        assertThat(report.full()).isEqualTo(10);
        assertThat(report.made()).isEqualTo(20);
        assertThat(report.calls()).containsEntry(Action.ATTACH_NETWORK_INTERFACE, 20);
    }

    @Test
    void report_nodesWithoutInterfaces_areCounted() {
        StormReport report = Simulation.of(
                        (process, spec) -> (event, deadline) -> new Outcome.Skipped("i-0", "does nothing"))
                .storm(Storm.of(5, 2));

        assertThat(report.none()).isEqualTo(5);
        assertThat(report.full() + report.partly()).isZero();
        assertThat(report.calls()).isEmpty();
    }

    /** Each makes one interface at the same address, and never attaches it. */
    @Test
    void report_leaksConflictsAndGaps_areCounted() {
        StormReport report = Simulation.of((process, spec) -> (event, deadline) -> {
                    makeOne(process, spec, deadline);
                    return new Outcome.Skipped("i-0", "leaves it behind");
                })
                .storm(Storm.of(5, 1));

        assertThat(report.made()).isEqualTo(1);
        assertThat(report.leaked()).isEqualTo(1);
        assertThat(report.conflicts()).isEqualTo(4);
        assertThat(report.conflictsPerInterface()).isEqualTo(4);
        assertThat(report.density()).isEqualTo(10);
        assertThat(report.broken()).isNotEmpty();
    }

    private static void makeOne(SimulatedProcess process, NodeGroupSpec spec, Deadline deadline) {
        String subnet = process.ec2()
                .describeSubnets(spec.subnets().filters(), deadline)
                .get(0)
                .id();
        try {
            process.ec2()
                    .createNetworkInterface(
                            new NewNetworkInterface(
                                    subnet,
                                    IpAddress.parse("10.0.0.13"),
                                    List.of(),
                                    0,
                                    List.of(),
                                    "",
                                    Map.of(OwnerTags.INSTANCE_ID, "i-0", OwnerTags.NO_MANAGE, "true"),
                                    "token-" + process.random().nextLong()),
                            deadline);
        } catch (Ec2Exception e) {
            assertThat(e.kind()).isEqualTo(Ec2Exception.Kind.ADDRESS_IN_USE);
        }
    }
}
