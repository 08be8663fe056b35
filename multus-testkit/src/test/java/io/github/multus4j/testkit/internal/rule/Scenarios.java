package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.testkit.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A scenario for each rule: a small world, and the call that breaks the rule or shows its effect.
 * On the fake it must end as the rule demands; on an emulator its result is the measurement.
 */
final class Scenarios {

    /** Plays on a stage of its own, and returns the result of the last call. */
    @FunctionalInterface
    interface Scenario {
        Seen play(Stage stage);
    }

    private Scenarios() {}

    static Map<ConformanceRule, Scenario> all() {
        Map<ConformanceRule, Scenario> all = new LinkedHashMap<>();
        all.putAll(AddressScenarios.all());
        all.putAll(InterfaceScenarios.all());
        all.putAll(InstanceScenarios.all());
        all.putAll(InstanceAttributeScenarios.all());
        all.putAll(VpcScenarios.all());
        all.putAll(PermissionScenarios.all());
        all.putAll(RouteScenarios.all());
        all.putAll(RequestScenarios.all());
        all.putAll(LifecycleScenarios.all());
        return all;
    }

    /** The scenario's result on that stage. */
    static String outcome(Scenario scenario, Stage stage) {
        try {
            return scenario.play(stage).outcome();
        } catch (CannotShow e) {
            return String.valueOf(e.getMessage()).isEmpty() ? "not tried" : "not shown: " + e.getMessage();
        }
    }

    /** The result on EC2. */
    static String expected(ConformanceRule rule) {
        if (!rule.row().isRefusal()) {
            return Seen.KEPT;
        }
        return rule.row().code().equals(ConformanceRule.OVER_RATE)
                ? "HTTP 503"
                : rule.row().code();
    }
}
