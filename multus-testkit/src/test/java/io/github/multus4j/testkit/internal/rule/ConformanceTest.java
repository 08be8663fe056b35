package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.Stage;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the fake, broken in a call as it comes over the wire. */
class ConformanceTest {

    static List<ConformanceRule> rules() {
        return ConformanceRules.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void rule_isKeptByTheFake(ConformanceRule rule) {
        Stage stage = Stage.in(FakeEc2Network.strict());

        Seen seen = Objects.requireNonNull(Scenarios.all().get(rule)).play(stage);

        assertThat(seen.outcome()).isEqualTo(Scenarios.expected(rule));
        if (seen instanceof WireAnswer answer) {
            assertThat(answer.rule()).as(answer.xml()).isEqualTo(rule);
            assertThat(answer.code()).isEqualTo(rule.row().code());
        }
    }

    @Test
    void everyRule_hasAScenario() {
        assertThat(Scenarios.all()).containsOnlyKeys(ConformanceRules.all());
    }
}
