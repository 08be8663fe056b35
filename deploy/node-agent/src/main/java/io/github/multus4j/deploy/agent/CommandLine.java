package io.github.multus4j.deploy.agent;

import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options of a command line, {@code --name VALUE} or {@code --name=VALUE}, each at most once,
 * and all that is wrong with them. Read by hand, because the classes of the usual library fit in no
 * AOT cache (ADR 26).
 */
final class CommandLine {

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param valued the names of the options that have a value
     * @param flags the names of those that have none
     */
    CommandLine(Set<String> valued, Set<String> flags, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            if (flags.contains(word)) {
                put(name, "");
            } else if (!valued.contains(name)) {
                problems.add("'" + Problem.printable(word) + "': there is no such option");
            } else if (equals >= 0) {
                put(name, word.substring(equals + 1));
            } else if (i + 1 == words.size() || words.get(i + 1).startsWith("--")) {
                problems.add(name + " needs a value");
            } else {
                put(name, words.get(++i));
            }
        }
    }

    private void put(String name, String value) {
        if (values.put(name, value) != null) {
            problems.add(name + " is given more than once");
        }
    }

    boolean has(String flag) {
        return values.containsKey(flag);
    }

    @Nullable
    String value(String name) {
        return values.get(name);
    }

    /**
     * The option's value as the reader returns it. Null if there is none, or if the reader refuses
     * it, which adds a problem.
     *
     * @param reader throws {@code IllegalArgumentException} with the reason as its message
     */
    <T> @Nullable T value(String name, Function<String, T> reader) {
        String text = values.get(name);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            problems.add(name + ": " + e.getMessage());
            return null;
        }
    }

    /** The problems so far. */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
