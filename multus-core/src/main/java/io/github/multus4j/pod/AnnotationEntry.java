package io.github.multus4j.pod;

import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An object in the JSON array of an annotation; it collects the problems of its members. */
final class AnnotationEntry {

    private final Map<?, ?> members;
    private final String path;
    private final List<Problem> problems;
    private final int before;

    private AnnotationEntry(Map<?, ?> members, String path, List<Problem> problems) {
        this.members = members;
        this.path = path;
        this.problems = problems;
        this.before = problems.size();
    }

    /** The object; null, and a problem, if the value is none. */
    static @Nullable AnnotationEntry of(@Nullable Object value, String path, List<Problem> problems) {
        if (value instanceof Map<?, ?> members) {
            return new AnnotationEntry(members, path, problems);
        }
        problems.add(new Problem(path, shown(value), "expected a JSON object"));
        return null;
    }

    boolean has(String member) {
        return members.get(member) != null;
    }

    @Nullable
    Object get(String member) {
        return members.get(member);
    }

    /**
     * The text of that form; empty if the member is missing, or, with a problem, of another form.
     */
    String text(String member, Pattern form, String expected) {
        Object value = members.get(member);
        if (value == null) {
            return "";
        }
        if (value instanceof String text && form.matcher(text).matches()) {
            return text;
        }
        problem(member, value, expected);
        return "";
    }

    /** As {@link #text}; a missing member is a problem, too. */
    String required(String member, Pattern form, String expected) {
        if (!has(member)) {
            problems.add(new Problem(path + "." + member, "", "missing; " + expected));
        }
        return text(member, form, expected);
    }

    /** The texts of an array; empty if it is missing; what is no text is a problem. */
    List<String> texts(String member, String expected) {
        Object value = members.get(member);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            problem(member, value, expected);
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Object item : items) {
            if (item instanceof String text) {
                texts.add(text);
            } else {
                problem(member, item, expected);
            }
        }
        return texts;
    }

    /** Other members than these are problems: a misspelt one would be ignored silently. */
    void allow(Set<String> names) {
        members.keySet().stream()
                .filter(key -> !(key instanceof String name && names.contains(name)))
                .limit(10)
                .forEach(key -> problems.add(new Problem(
                        path + "." + key, shown(members.get(key)), "unknown; expected one of " + sorted(names))));
    }

    void problem(String member, @Nullable Object value, String expected) {
        problems.add(new Problem(path + "." + member, shown(value), expected));
    }

    boolean isGood() {
        return problems.size() == before;
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        return value instanceof List<?> ? "an array" : String.valueOf(value);
    }
}
