package io.github.multus4j.nodegroup;

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

    @Override
    public String toString() {
        return value == null ? key : key + "=" + value;
    }
}
