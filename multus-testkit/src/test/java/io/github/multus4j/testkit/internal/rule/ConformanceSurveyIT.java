package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.testkit.Stage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Plays the scenarios on real emulators, and compares the results with
 * {@code docs/conformance-emulators.csv}. After a change of rules, scenarios or emulators,
 * {@code -Dconformance.update=true} writes the file anew.
 */
class ConformanceSurveyIT {

    @Test
    @EnabledIfSystemProperty(named = "multus.emulator.moto", matches = "http.+")
    void moto_eachScenario_hasTheResultOfTheTable() throws IOException {
        survey(Survey.MOTO, "multus.emulator.moto");
    }

    @Test
    @EnabledIfSystemProperty(named = "multus.emulator.localstack", matches = "http.+")
    void localStack_eachScenario_hasTheResultOfTheTable() throws IOException {
        survey(Survey.LOCALSTACK, "multus.emulator.localstack");
    }

    private static void survey(String emulator, String property) throws IOException {
        WireTarget target = WireTarget.at(URI.create(System.getProperty(property)));
        Map<String, String> measured = new LinkedHashMap<>();
        Scenarios.all()
                .forEach((rule, scenario) -> measured.put(rule.id(), Scenarios.outcome(scenario, Stage.at(target))));
        Survey recorded = Survey.read();
        if (Survey.UPDATE) {
            measured.forEach((rule, outcome) -> recorded.put(rule, emulator, outcome));
            Files.writeString(Survey.file(), recorded.text());
        }
        assertThat(measured)
                .as("%s; if this is how it is now, -Dconformance.update=true writes it down", emulator)
                .allSatisfy(
                        (rule, outcome) -> assertThat(outcome).as(rule).isEqualTo(recorded.outcome(rule, emulator)));
    }
}
