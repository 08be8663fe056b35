package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.internal.rule.RequestRule;
import java.util.Map;

/** The rules for the form of tags. */
final class TagRules {

    private static final int MAXIMUM_TAGS = 50;
    private static final int MAXIMUM_KEY = 128;
    private static final int MAXIMUM_VALUE = 256;

    private TagRules() {}

    /** Checks tags, and returns them. */
    static Map<String, String> check(Map<String, String> tags) {
        tags.forEach(TagRules::check);
        checkCount(tags.size());
        return tags;
    }

    static void checkCount(int count) {
        if (count > MAXIMUM_TAGS) {
            throw RequestRule.TAGS_OVER_LIMIT.error("The maximum number of Tags for a resource has been reached.");
        }
    }

    private static void check(String key, String value) {
        if (key.isEmpty()) {
            throw RequestRule.TAG_KEY_TOO_LONG.error("Tag key cannot be null or empty.");
        }
        if (key.codePointCount(0, key.length()) > MAXIMUM_KEY) {
            throw RequestRule.TAG_KEY_TOO_LONG.error(
                    "Tag key exceeds the maximum length of " + MAXIMUM_KEY + " characters: '" + key + "'");
        }
        if (value.codePointCount(0, value.length()) > MAXIMUM_VALUE) {
            throw RequestRule.TAG_VALUE_TOO_LONG.error(
                    "Tag value exceeds the maximum length of " + MAXIMUM_VALUE + " characters, of key '" + key + "'");
        }
        if (key.startsWith("aws:")) {
            throw RequestRule.TAG_KEY_RESERVED.error(
                    "Tag keys starting with 'aws:' are reserved for internal use: '" + key + "'");
        }
    }
}
