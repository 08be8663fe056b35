package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tag by which an instance asks for Multus interfaces.
 *
 * @param key the tag's key, case-sensitive
 * @param value the value it must have; null if any will do
 */
public record TriggerTag(String key, @Nullable String value) {

    /** Whether an instance with these tags asks for interfaces. */
    public boolean matches(Map<String, String> tags) {
        return value == null ? tags.containsKey(key) : value.equals(tags.get(key));
    }

    /**
     * The filter of DescribeInstances that matches all instances with this tag. Others may match,
     * too: {@code *} and {@code ?} in key or value are wildcards there.
     */
    public Filter filter() {
        return value == null ? Filter.of("tag-key", literal(key)) : Filter.of("tag:" + key, literal(value));
    }

    /** A backslash in a filter's value escapes the next character. */
    private static String literal(String text) {
        return text.replace("\\", "\\\\");
    }

    @Override
    public String toString() {
        return value == null ? key : key + "=" + value;
    }
}
