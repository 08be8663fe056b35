package io.github.multus4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.simulation.SimulatedProcess;
import io.github.multus4j.testkit.simulation.Simulation;
import io.github.multus4j.testkit.simulation.Storm;
import io.github.multus4j.testkit.simulation.StormReport;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes that launch together. {@code -Dmultus.storms=full} plays those of 200 and 500 nodes too.
 */
class StormTest {

    private static final boolean FULL = "full".equals(System.getProperty("multus.storms"));
    private static final Duration NO_DELAY = Duration.ZERO;
    private static final Duration LAUNCH_WINDOW = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Simulation simulation = Simulation.of(new LibraryProgram());

    static Stream<Storm> storms() {
        Stream<Storm> small = Stream.of(20, 40)
                .flatMap(nodes -> Stream.of(2, 4).map(interfaces -> Storm.of(nodes, interfaces)))
                .flatMap(storm -> Stream.of(storm, storm.within(LAUNCH_WINDOW)));
        Stream<Storm> large = Stream.of(200, 500)
                .flatMap(nodes -> Stream.of(2, 4).map(interfaces -> Storm.of(nodes, interfaces)))
                .flatMap(storm ->
                        Stream.of(storm.within(MINUTE), storm.within(MINUTE).eventsAfter(NO_DELAY)));
        return FULL ? Stream.concat(small, large) : small;
    }

    @ParameterizedTest
    @MethodSource("storms")
    void storm_launchesTogether_fillsAllNodesWithoutWaste(Storm storm) {
        StormReport report = play(storm);

        assertAllFull(report);
        boolean atOnce = storm.eventDelay().isZero();
        assertThat(report.late()).isZero();
        assertThat(report.conflictsPerInterface()).isLessThanOrEqualTo(atOnce ? 0.25 : 0.03);
        assertThat(report.throttledPerCall()).isLessThanOrEqualTo(1);
        assertThat(report.density()).isBetween(1.0, 1.05);
        assertThat(report.timesBound()).isBetween(0.97, atOnce ? 1.20 : 1.10);
    }

    /** Nodes of one request launch at the same instant, and only their ids tell them apart. */
    @ParameterizedTest
    @ValueSource(ints = {20, 40})
    void storm_sameLaunchInstant_ordersByInstanceId(int nodes) {
        StormReport report = play(Storm.of(nodes, 2).within(NO_DELAY));

        assertAllFull(report);
        assertThat(report.conflicts()).isZero();
        assertThat(report.throttledPerCall()).isLessThanOrEqualTo(0.1);
        assertThat(report.density()).isEqualTo(1);
        // The buckets hold enough for 20 nodes, which are ready within seconds, so the lag of reads
        // counts.
        assertThat(report.took()).isLessThan(report.bound().plusSeconds(2));
    }

    static Stream<Storm> seeds() {
        return LongStream.rangeClosed(1, FULL ? 8 : 5)
                .mapToObj(seed -> Storm.of(40, 2).within(LAUNCH_WINDOW).seed(seed));
    }

    /** The handler begins at once, before it can see the other nodes that launch. */
    @ParameterizedTest
    @MethodSource("seeds")
    void storm_eventsAtOnce_fillsAllNodesWithFewConflicts(Storm storm) {
        StormReport report = play(storm.eventsAfter(NO_DELAY));

        assertAllFull(report);
        assertThat(report.conflictsPerInterface()).isLessThanOrEqualTo(0.25);
        assertThat(report.throttledPerCall()).isLessThanOrEqualTo(1);
        assertThat(report.density()).isLessThanOrEqualTo(1.05);
        // Nodes do not see each other for 1.5 s.
        assertThat(report.timesBound()).isBetween(0.97, 1.20);
    }

    @Test
    void storm_withoutReadLag_hasNoConflict() {
        StormReport report = play(Storm.of(40, 4).within(LAUNCH_WINDOW).readsLag(Duration.ZERO));

        assertAllFull(report);
        assertThat(report.conflicts()).isZero();
    }

    @Test
    void storm_twoZones_sharesTheAccountsTokens() {
        StormReport report = play(Storm.of(40, 4).within(LAUNCH_WINDOW).inZones(2));

        assertAllFull(report);
        assertThat(report.conflictsPerInterface()).isLessThanOrEqualTo(0.2);
        assertThat(report.throttledPerCall()).isLessThanOrEqualTo(1);
        assertThat(report.density()).isLessThanOrEqualTo(1.05);
        assertThat(report.timesBound()).isLessThanOrEqualTo(1.15);
    }

    /** The order covers only nodes with the same trigger tag. */
    @Test
    void storm_unrelatedNodeGroups_fillsAllNodesWithConflicts() {
        StormReport report = play(Storm.of(40, 2).within(LAUNCH_WINDOW).ofNodeGroups(2));

        assertAllFull(report);
        assertThat(report.conflictsPerInterface()).isBetween(0.2, 1.5);
        assertThat(report.density()).isLessThanOrEqualTo(1.05);
    }

    @Test
    void storm_nodesTerminated_leaveNothingAndOthersAreFull() {
        StormReport report = play(Storm.of(40, 4).within(LAUNCH_WINDOW).oneDiesOf(5));

        assertNothingBroken(report);
        assertThat(report.gone()).isEqualTo(8);
        assertThat(report.full()).isEqualTo(32);
        assertThat(report.late()).isZero();
        assertThat(report.timesBound()).isLessThanOrEqualTo(1.15);
    }

    @Test
    void storm_duplicateEvents_duplicatesNothing() {
        StormReport report = play(Storm.of(40, 4).within(LAUNCH_WINDOW).oneComesTwiceOf(10));

        assertAllFull(report);
        assertThat(report.made()).isEqualTo(160);
    }

    @Test
    void storm_subnetFull_failsSomeNodesAndFillsTheOthers() {
        // A /28 has 11 usable addresses.
        StormReport report = play(Storm.of(20, 2).within(LAUNCH_WINDOW).inSubnetsOf(28));

        assertNothingBroken(report);
        assertThat(report.full()).isEqualTo(11);
        assertThat(report.none()).isEqualTo(9);
        assertThat(report.failed()).hasSize(9).allSatisfy((node, failed) -> {
            assertThat(failed.instanceId()).isEqualTo(node);
            assertThat(failed.leftovers()).isEmpty();
            assertThat(failed.toString()).contains("address");
        });
    }

    /**
     * 40 × 4 need 49 seconds and have 25. A node with a later turn gives up at once, and its event
     * comes again.
     */
    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void storm_turnAfterDeadline_fillsNodesAtTheNextDelivery(OnFailure onFailure) {
        StormReport report = play(Storm.of(40, 4)
                .within(LAUNCH_WINDOW)
                .timeout(Duration.ofSeconds(25))
                .onFailure(onFailure));

        assertAllFull(report);
        assertThat(report.late()).isPositive();
    }

    @Test
    void storm_addressesChosenByEc2_causesNoConflict() {
        StormReport report = play(Storm.of(40, 4).within(LAUNCH_WINDOW).addressing(Addressing.chosenByEc2()));

        assertAllFull(report);
        assertThat(report.conflicts()).isZero();
        assertThat(report.throttledPerCall()).isLessThanOrEqualTo(1);
        assertThat(report.timesBound()).isLessThanOrEqualTo(1.15);
    }

    @ParameterizedTest
    @EnumSource(
            value = Storm.Family.class,
            names = {"DUAL_STACK", "IPV6_ONLY"})
    void storm_ipv6_allocatesAsDenselyAsIpv4(Storm.Family family) {
        StormReport report = play(Storm.of(40, 2).within(LAUNCH_WINDOW).addressed(family));

        assertAllFull(report);
        assertThat(report.conflictsPerInterface()).isLessThanOrEqualTo(0.2);
        assertThat(report.density()).isLessThanOrEqualTo(1.05);
    }

    static Stream<Storm> stormsOfOneProcess() {
        Stream<Storm> small = Stream.of(NO_DELAY, LAUNCH_WINDOW)
                .flatMap(window -> Stream.of(NO_DELAY, Duration.ofSeconds(2))
                        .map(delay -> Storm.of(40, 2).within(window).eventsAfter(delay)))
                .flatMap(storm -> Stream.of(storm, storm.ofNodeGroups(2)));
        Stream<Storm> large = Stream.of(Storm.of(200, 2), Storm.of(500, 4)).map(storm -> storm.within(MINUTE));
        return (FULL ? Stream.concat(small, large) : small).map(Storm::handledByOneProcess);
    }

    /**
     * The runs of one process share their claims at once, without a tag. Its rate limiter covers
     * the changing calls; runs that begin at one instant can make too many reads.
     */
    @ParameterizedTest
    @MethodSource("stormsOfOneProcess")
    void oneProcess_manyNodes_hasNoConflictAndIsThrottledForReadsOnly(Storm storm) {
        StormReport report = play(storm, new OneMultus());

        assertAllFull(report);
        assertThat(report.conflicts()).isZero();
        assertThat(report.throttled().keySet()).isSubsetOf(Action.DESCRIBE_INSTANCES);
        assertThat(report.throttledPerCall()).isLessThanOrEqualTo(0.05);
        assertThat(report.density()).isEqualTo(1);
        assertThat(report.timesBound()).isBetween(0.97, 1.15);
    }

    /** Only runs that begin before the first answer read the same facts. */
    @Test
    void oneProcess_nodesWithinHalfAMinute_readsStableFactsOnce() {
        Storm storm = Storm.of(40, 2).handledByOneProcess();

        StormReport report = play(storm, new OneMultus());

        assertAllFull(report);
        assertThat(report.calls().get(Action.GET_SUBNET_CIDR_RESERVATIONS)).isEqualTo(2);
        assertThat(report.calls().get(Action.DESCRIBE_SECURITY_GROUPS)).isEqualTo(1);
        assertThat(report.calls().get(Action.DESCRIBE_INSTANCE_TYPES)).isEqualTo(1);
    }

    /** A program with one entry point for all its events. */
    private static final class OneMultus extends LibraryProgram {

        private @Nullable Multus one;

        @Override
        Multus multus(Multus.Builder builder) {
            Multus there = one;
            if (there == null) {
                there = super.multus(builder);
                one = there;
            }
            return there;
        }
    }

    // Proves that the figures above can be missed.

    @Test
    void storm_withoutLaunchOrder_hasManyConflicts() {
        StormReport report = play(Storm.of(40, 2).within(LAUNCH_WINDOW), new LibraryProgram() {
            @Override
            Ec2Network between(Ec2Network ec2, SimulatedProcess process) {
                return new ForwardingEc2(ec2) {
                    @Override
                    public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
                        boolean one = filters.stream()
                                .anyMatch(filter -> filter.name().equals("instance-id"));
                        return one ? super.describeInstances(filters, deadline) : List.of();
                    }
                };
            }
        });

        assertAllFull(report);
        assertThat(report.conflictsPerInterface()).isGreaterThan(1);
        assertThat(report.timesBound()).isGreaterThan(1.15);
    }

    @Test
    void storm_withoutTurns_isThrottledManyTimes() {
        StormReport report = play(Storm.of(100, 4).within(LAUNCH_WINDOW), new LibraryProgram() {
            @Override
            Multus.Builder with(Multus.Builder builder) {
                return builder.callRates(CallRates.unlimited());
            }
        });

        assertAllFull(report);
        assertThat(report.throttledPerCall()).isGreaterThan(1);
    }

    private StormReport play(Storm storm) {
        return report(simulation.storm(storm));
    }

    private static StormReport play(Storm storm, LibraryProgram program) {
        return report(Simulation.of(program).storm(storm));
    }

    private static StormReport report(StormReport report) {
        System.out.println(report);
        return report;
    }

    private static void assertAllFull(StormReport report) {
        assertNothingBroken(report);
        assertThat(report.full()).as(report.toString()).isEqualTo(report.storm().nodes());
    }

    private static void assertNothingBroken(StormReport report) {
        assertThat(report.broken()).isEmpty();
        assertThat(report.leaked()).isZero();
    }
}
