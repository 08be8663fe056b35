package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.rule.Scenarios.Scenario;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Scenarios for {@link RequestRule}. */
final class RequestScenarios {

    private RequestScenarios() {}

    static Map<RequestRule, Scenario> all() {
        Map<RequestRule, Scenario> all = new EnumMap<>(RequestRule.class);
        all.put(
                RequestRule.FILTER_UNKNOWN,
                s -> list(s, "Filter.1.Name", "favourite-colour", "Filter.1.Value.1", "blue"));
        all.put(RequestRule.FILTER_WITHOUT_NAME, s -> list(s, "Filter.1.Value.1", "blue"));
        all.put(
                RequestRule.FILTER_VALUES_OVER_LIMIT,
                s -> list(
                        s,
                        Stage.join(
                                Stage.numbered("Filter.1.Value", Collections.nCopies(201, "subnet-" + Stage.NONE)),
                                "Filter.1.Name",
                                "subnet-id")));
        all.put(RequestRule.FILTER_WILDCARDS, s -> {
            String subnet = s.subnet();
            s.eni(subnet, tag("Name", "upf-1"));
            return Seen.effect(named(s, subnet, "upf-?") == 1
                    && named(s, subnet, "u*1") == 1
                    && named(s, subnet, "upf-\\?") == 0
                    && named(s, subnet, "UPF-1") == 0);
        });
        all.put(RequestRule.PAGE_SIZE_OUT_OF_RANGE, s -> list(s, "MaxResults", "4"));
        all.put(RequestRule.PAGE_WITH_IDS, s -> list(s, "MaxResults", "5", "NetworkInterfaceId.1", s.eni(s.subnet())));
        all.put(RequestRule.PAGE_TOKEN_UNKNOWN, s -> list(s, "MaxResults", "5", "NextToken", "nonsense"));
        all.put(RequestRule.LISTING_TOO_LARGE, s -> {
            s.fake().behaviour().unpaginatedListingLimit(1);
            String subnet = s.subnet();
            s.eni(subnet);
            s.eni(subnet);
            return list(s);
        });
        all.put(RequestRule.TAGS_OVER_LIMIT, s -> {
            String[] tags = {};
            for (int i = 1; i <= 51; i++) {
                tags = Stage.join(tags, "Tag." + i + ".Key", "key-" + i, "Tag." + i + ".Value", "");
            }
            return s.call("CreateTags", Stage.join(tags, "ResourceId.1", s.eni(s.subnet())));
        });
        all.put(RequestRule.TAG_KEY_TOO_LONG, s -> s.create(s.subnet(), tag("k".repeat(129), "")));
        all.put(RequestRule.TAG_VALUE_TOO_LONG, s -> s.create(s.subnet(), tag("key", "v".repeat(257))));
        all.put(RequestRule.TAG_KEY_RESERVED, s -> s.create(s.subnet(), tag("aws:key", "value")));
        all.put(
                RequestRule.TAG_RESOURCES_OVER_LIMIT,
                s -> s.call(
                        "CreateTags",
                        Stage.join(
                                Stage.numbered("ResourceId", Collections.nCopies(1001, s.vpc)),
                                "Tag.1.Key",
                                "key",
                                "Tag.1.Value",
                                "value")));
        all.put(
                RequestRule.TAG_RESOURCE_UNKNOWN,
                s -> s.call(
                        "CreateTags",
                        "ResourceId.1",
                        "thing-" + Stage.NONE,
                        "Tag.1.Key",
                        "key",
                        "Tag.1.Value",
                        "value"));
        all.put(RequestRule.TOKEN_INVALID, s -> s.create(s.subnet(), "ClientToken", "t".repeat(65)));
        all.put(RequestRule.TOKEN_MISMATCH, s -> {
            String token = UUID.randomUUID().toString();
            String subnet = s.subnet();
            s.eni(subnet, "ClientToken", token);
            return s.create(subnet, "ClientToken", token, "Description", "another");
        });
        all.put(RequestRule.TOKEN_REPEATED, s -> {
            String token = UUID.randomUUID().toString();
            String subnet = s.subnet();
            List<String> made = List.of(s.eni(subnet, "ClientToken", token), s.eni(subnet, "ClientToken", token));
            s.must("DeleteNetworkInterface", "NetworkInterfaceId", made.get(0));
            String afterwards = s.eni(subnet, "ClientToken", token);
            return Seen.effect(made.get(0).equals(made.get(1)) && made.get(0).equals(afterwards));
        });
        all.put(RequestRule.CALLS_OVER_RATE, s -> {
            s.fake().behaviour().throttling(true);
            Seen answer = list(s);
            for (int i = 0; i < 200 && answer.outcome().equals(Seen.ACCEPTED); i++) {
                answer = list(s);
            }
            return answer;
        });
        return all;
    }

    private static Seen list(Stage s, String... parameters) {
        return s.call("DescribeNetworkInterfaces", parameters);
    }

    private static int named(Stage s, String subnet, String pattern) {
        return s.must(
                        "DescribeNetworkInterfaces",
                        "Filter.1.Name",
                        "tag:Name",
                        "Filter.1.Value.1",
                        pattern,
                        "Filter.2.Name",
                        "subnet-id",
                        "Filter.2.Value.1",
                        subnet)
                .texts("networkInterfaceId")
                .size();
    }

    private static String[] tag(String key, String value) {
        return new String[] {
            "TagSpecification.1.ResourceType",
            "network-interface",
            "TagSpecification.1.Tag.1.Key",
            key,
            "TagSpecification.1.Tag.1.Value",
            value
        };
    }
}
