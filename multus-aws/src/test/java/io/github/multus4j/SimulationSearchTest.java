package io.github.multus4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.testkit.simulation.SearchReport;
import io.github.multus4j.testkit.simulation.Simulation;
import io.github.multus4j.testkit.simulation.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The search for a history in which something is leaked, doubled or left half done.
 * {@code -Dmultus.histories=N} plays that many random ones, {@code -Dmultus.seed=S} begins with
 * that seed, {@code -Dmultus.pairs=N} plays every pair of faults for up to that many interfaces.
 */
class SimulationSearchTest {

    private static final int HISTORIES = Integer.getInteger("multus.histories", 2000);
    private static final long SEED = Long.getLong("multus.seed", 1);
    private static final int PAIRS = Integer.getInteger("multus.pairs", 1);

    private final Simulation simulation = Simulation.of(new LibraryProgram());

    @Test
    void randomHistories_anySeed_keepTheInvariants() {
        check(HISTORIES + " random histories from seed " + SEED, simulation.search(SEED, HISTORIES));
    }

    static Stream<Arguments> smallWorlds() {
        return IntStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(interfaces -> Stream.of(OnFailure.values())
                        .flatMap(onFailure -> Stream.of(
                                Arguments.of(interfaces, onFailure, false),
                                Arguments.of(interfaces, onFailure, true))));
    }

    @ParameterizedTest(name = "{0} interfaces, {1}, addresses chosen by EC2: {2}")
    @MethodSource("smallWorlds")
    void everySingleFault_anyHistory_keepsTheInvariants(int interfaces, OnFailure onFailure, boolean chosenByEc2) {
        check(
                "every single fault, " + interfaces + " interfaces, " + onFailure,
                simulation.everyFault(interfaces, 1, onFailure, chosenByEc2));
    }

    static IntStream pairs() {
        return IntStream.rangeClosed(1, PAIRS);
    }

    @ParameterizedTest(name = "{0} interfaces")
    @MethodSource("pairs")
    void everyPairOfFaults_anyHistory_keepsTheInvariants(int interfaces) {
        check(
                "every pair of faults, " + interfaces + " interfaces",
                simulation.everyFault(interfaces, 2, OnFailure.ROLL_BACK, false));
    }

    /** Histories that were bad once, each with the reason behind its name. */
    static List<String> kept() {
        try (var kept = Objects.requireNonNull(SimulationSearchTest.class.getResourceAsStream("histories.txt"))) {
            return new String(kept.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void keptHistory_replayed_keepsTheInvariants(String name) {
        Verdict verdict = simulation.replay(name);

        assertThat(verdict.isGood()).as(verdict.toString()).isTrue();
    }

    private static void check(String what, SearchReport report) {
        System.out.println(what + ": " + report);
        assertThat(report.isGood()).as("%s: %s", what, report).isTrue();
    }
}
