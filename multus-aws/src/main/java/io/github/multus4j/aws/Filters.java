package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Filters in the SDK's form, and in portions that EC2 takes. */
final class Filters {

    /**
     * Values in all filters of one request. See <a
     * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">
     * FilterLimitExceeded</a>.
     */
    private static final int MAX_VALUES = 200;

    private Filters() {}

    /**
     * Splits a request into portions that EC2 takes. Together they match the same resources as the
     * filters given. A resource with several values can match more than one portion.
     */
    static List<List<Filter>> split(List<Filter> filters) {
        int total = filters.stream().mapToInt(filter -> filter.values().size()).sum();
        Filter widest = filters.stream()
                .max(Comparator.comparingInt(filter -> filter.values().size()))
                .orElse(null);
        if (total <= MAX_VALUES || widest == null || widest.values().size() == 1) {
            return List.of(filters);
        }
        int size = widest.values().size();
        int others = total - size;
        int portion = others < MAX_VALUES ? MAX_VALUES - others : (size + 1) / 2;
        List<List<Filter>> requests = new ArrayList<>();
        for (int from = 0; from < size; from += portion) {
            Filter part = Filter.of(widest.name(), widest.values().subList(from, Math.min(size, from + portion)));
            requests.addAll(split(filters.stream()
                    .map(filter -> filter.equals(widest) ? part : filter)
                    .toList()));
        }
        return requests;
    }

    static List<software.amazon.awssdk.services.ec2.model.Filter> toSdk(List<Filter> filters) {
        return filters.stream()
                .map(filter -> software.amazon.awssdk.services.ec2.model.Filter.builder()
                        .name(filter.name())
                        .values(filter.values())
                        .build())
                .toList();
    }
}
