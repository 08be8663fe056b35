package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConformanceRulesTest {

    private static final List<Class<? extends RuleTest>> TESTS = List.of(
            AddressRuleTest.class,
            AddressAssignmentRuleTest.class,
            InterfaceRuleTest.class,
            InstanceRuleTest.class,
            InstanceAttributeRuleTest.class,
            VpcRuleTest.class,
            PermissionRuleTest.class,
            RouteRuleTest.class,
            GatewayRuleTest.class,
            RequestRuleTest.class,
            AddressParameterRuleTest.class,
            VpcParameterRuleTest.class,
            LaunchParameterRuleTest.class,
            LifecycleRuleTest.class);

    @Test
    void rules_each_haveATestWithTheirName() {
        Set<ConformanceRule> tested = TESTS.stream()
                .flatMap(test -> Stream.of(test.getDeclaredMethods()))
                .map(method -> RuleTest.ruleOf(method.getName()))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());

        assertThat(tested).containsExactlyInAnyOrderElementsOf(ConformanceRules.all());
    }

    @Test
    void rules_each_haveASentenceASourceAndAUniqueId() {
        assertThat(ConformanceRules.all()).extracting(ConformanceRule::id).doesNotHaveDuplicates();
        assertThat(ConformanceRules.all()).allSatisfy(rule -> {
            assertThat(rule.row().sentence()).endsWith(".");
            assertThat(rule.row().source()).startsWith("https://");
        });
    }
}
