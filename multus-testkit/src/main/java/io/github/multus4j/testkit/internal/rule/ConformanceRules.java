package io.github.multus4j.testkit.internal.rule;

import java.util.List;
import java.util.stream.Stream;

/** All rules of the fake, in the order of the page. */
final class ConformanceRules {

    private ConformanceRules() {}

    static List<ConformanceRule> all() {
        return Stream.<ConformanceRule[]>of(
                        AddressRule.values(),
                        InterfaceRule.values(),
                        InstanceRule.values(),
                        InstanceAttributeRule.values(),
                        VpcRule.values(),
                        PermissionRule.values(),
                        RouteRule.values(),
                        GatewayRule.values(),
                        RequestRule.values(),
                        LifecycleRule.values())
                .flatMap(Stream::of)
                .toList();
    }
}
