package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.call.WireError;
import io.github.multus4j.testkit.internal.rule.RequestRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the parameters that many actions share: filters, paging, tags. */
final class SharedParameters {

    private SharedParameters() {}

    /** {@code Filter.N.Name} with {@code Filter.N.Value.M}. */
    static List<Filter> filters(QueryRequest parameters) {
        return parameters.structures("Filter").stream()
                .map(each -> Filter.of(filterName(each), each.requiredTexts("Value")))
                .toList();
    }

    private static String filterName(QueryRequest filter) {
        String name = filter.text("Name", "");
        if (name.isEmpty()) {
            throw RequestRule.FILTER_WITHOUT_NAME.error("The filter 'null' is invalid");
        }
        return name;
    }

    /** {@code MaxResults} and {@code NextToken}. */
    static Page page(QueryRequest parameters) {
        return new Page(parameters.integer("MaxResults"), parameters.text("NextToken"));
    }

    /** The next page's token, in the form of EC2's listings. */
    static void nextToken(Xml xml, Listing<?> listing) {
        xml.text("nextToken", listing.nextToken());
    }

    /**
     * The tags for a new resource, {@code TagSpecification.N}; they may only be for a resource of
     * that type.
     */
    static Map<String, String> tags(QueryRequest parameters, String resourceType) {
        return specifiedTags(parameters, List.of(resourceType)).getOrDefault(resourceType, Map.of());
    }

    /** The tags for new resources by resource type; other types than the given ones are refused. */
    static Map<String, Map<String, String>> specifiedTags(QueryRequest parameters, List<String> resourceTypes) {
        Map<String, Map<String, String>> byType = new LinkedHashMap<>();
        for (QueryRequest specification : parameters.structures("TagSpecification")) {
            String type = specification.required("ResourceType");
            if (!resourceTypes.contains(type)) {
                throw WireError.of(
                        "InvalidParameterValue",
                        "'" + type + "' is not a valid taggable resource type for this operation.");
            }
            Map<String, String> tags = tagList(specification, "Tag");
            byType.merge(type, tags, (before, more) -> {
                more.forEach((key, value) -> add(before, key, value));
                return before;
            });
        }
        return byType;
    }

    /** Keys and values, {@code NAME.N.Key} and {@code NAME.N.Value}; no value is an empty one. */
    static Map<String, String> tagList(QueryRequest parameters, String name) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (QueryRequest tag : parameters.structures(name)) {
            add(tags, tag.required("Key"), tag.text("Value", ""));
        }
        return tags;
    }

    static void tagSet(Xml xml, Map<String, String> tags) {
        xml.items(
                "tagSet",
                tags.entrySet(),
                (item, tag) -> item.text("key", tag.getKey()).text("value", tag.getValue()));
    }

    private static void add(Map<String, String> tags, String key, String value) {
        if (tags.put(key, value) != null) {
            throw WireError.of("InvalidParameterValue", "Duplicate tag key '" + key + "' specified.");
        }
    }
}
