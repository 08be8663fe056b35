package io.github.multus4j.testkit;

import java.util.List;

/** All rules that the fake keeps. */
final class ConformanceRules {

    private ConformanceRules() {}

    static List<ConformanceRule> all() {
        return List.of();
    }
}
