package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.DocumentedApi;
import io.github.multus4j.testkit.internal.call.WireError;
import io.github.multus4j.testkit.internal.rule.RequestRule;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The filters of a listing: for each name, the values of an item.
 *
 * @param <T> the noun
 */
public final class Filters<T> {

    private static final int MAXIMUM_VALUES = 200;

    private final Action action;
    private final Map<String, Function<T, Collection<String>>> values = new HashMap<>();
    private final Function<T, Map<String, String>> tags;
    private final boolean taggable;

    private Filters(Action action, Function<T, Map<String, String>> tags, boolean taggable) {
        this.action = action;
        this.tags = tags;
        this.taggable = taggable;
    }

    /**
     * Filters of things with tags: {@code tag:KEY} and {@code tag-key} are known from the start.
     */
    static <T> Filters<T> tagged(Action action, Function<T, Map<String, String>> tags) {
        return new Filters<>(action, tags, true);
    }

    static <T> Filters<T> untagged(Action action) {
        return new Filters<>(action, thing -> Map.of(), false);
    }

    Filters<T> one(String name, Function<T, ? extends Object> value) {
        return many(name, thing -> List.of(value.apply(thing).toString()));
    }

    Filters<T> many(String name, Function<T, Collection<String>> several) {
        values.put(name, several);
        return this;
    }

    /** Names that EC2 knows, for features that the fake does not have: nothing matches. */
    Filters<T> absent(String... names) {
        for (String name : names) {
            values.put(name, thing -> List.of());
        }
        return this;
    }

    Stream<T> apply(List<Filter> filters, Stream<T> things) {
        return apply(filters, things, thing -> thing);
    }

    /** As {@link #apply(List, Stream)}, for items that contain the noun. */
    <S> Stream<S> apply(List<Filter> filters, Stream<S> things, Function<S, T> noun) {
        if (values(filters) > MAXIMUM_VALUES) {
            throw RequestRule.FILTER_VALUES_OVER_LIMIT.error(
                    "The maximum number of filter values specified on a single call is " + MAXIMUM_VALUES);
        }
        Stream<S> matching = things;
        for (Filter filter : filters) {
            Function<T, Collection<String>> actual = find(filter.name());
            List<Predicate<String>> wanted =
                    filter.values().stream().map(Filters::matching).toList();
            matching = matching.filter(thing -> actual.apply(noun.apply(thing)).stream()
                    .anyMatch(value -> wanted.stream().anyMatch(w -> w.test(value))));
        }
        return matching;
    }

    /**
     * Splits a request into portions with fewer values: the filter with most values is halved until
     * EC2 takes them.
     */
    public static Stream<List<Filter>> portions(List<Filter> filters) {
        Filter widest = filters.stream()
                .max(Comparator.comparingInt(filter -> filter.values().size()))
                .orElse(null);
        if (widest == null || widest.values().size() == 1 || values(filters) <= MAXIMUM_VALUES) {
            return Stream.of(filters);
        }
        List<String> values = widest.values();
        int half = values.size() / 2;
        return Stream.of(values.subList(0, half), values.subList(half, values.size()))
                .map(part -> Filter.of(widest.name(), part))
                .flatMap(part -> portions(
                        filters.stream().map(f -> f.equals(widest) ? part : f).toList()));
    }

    private static int values(List<Filter> filters) {
        return filters.stream().mapToInt(filter -> filter.values().size()).sum();
    }

    private Function<T, Collection<String>> find(String name) {
        if (taggable && name.startsWith("tag:")) {
            String key = name.substring("tag:".length());
            return thing -> Stream.ofNullable(tags.apply(thing).get(key)).toList();
        }
        if (taggable && name.equals("tag-key")) {
            return thing -> tags.apply(thing).keySet();
        }
        Function<T, Collection<String>> known = values.get(name);
        if (known == null && DocumentedApi.hasFilter(action, name)) {
            throw WireError.notModelled("the filter '" + name + "' of " + action);
        }
        if (known == null) {
            throw RequestRule.FILTER_UNKNOWN.error("The filter '" + name + "' is invalid");
        }
        return known;
    }

    /** Matches a filter's value: equal texts, unless it has a wildcard or an escape. */
    private static Predicate<String> matching(String value) {
        boolean plain = value.chars().noneMatch(c -> c == '*' || c == '?' || c == '\\');
        return plain ? value::equals : pattern(value).asMatchPredicate();
    }

    private static Pattern pattern(String value) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else {
                if (c == '\\' && i + 1 < value.length()) {
                    i++;
                }
                regex.append(Pattern.quote(String.valueOf(value.charAt(i))));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
