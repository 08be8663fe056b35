package io.github.multus4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.testkit.simulation.SearchReport;
import io.github.multus4j.testkit.simulation.Simulation;
import io.github.multus4j.testkit.simulation.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Proves the search: it finds each disabled safeguard, in a small part of the histories that CI
 * plays.
 */
class PlantedBugTest {

    private static final int AT_MOST = 3000;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void search_plantedBug_isFoundAndReplayed(PlantedBug bug) {
        Simulation simulation = Simulation.of(bug.program());

        SearchReport report = simulation.searchUntilBad(1, AT_MOST);

        assertThat(report.isGood())
                .as("%s is found in %s histories", bug.name(), AT_MOST)
                .isFalse();
        Verdict first = report.bad().get(0);
        System.out.printf(
                "| %s | `%s` | %s |%n",
                bug, first.name(), first.broken().get(0).lines().limit(2).reduce("", String::concat));
        assertThat(simulation.replay(first.name()).broken()).isEqualTo(first.broken());
    }
}
