package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.testkit.Action;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names in the API references. They distinguish a name that the fake does not model from one
 * that EC2 does not know.
 */
public final class DocumentedApi {

    private static final Pattern POSITION = Pattern.compile("(\\.member)?\\.[0-9]+(?=\\.|$)");
    private static final Set<String> LINES = lines();

    private DocumentedApi() {}

    /** Whether that service, {@code ec2} or {@code autoscaling}, has the action. */
    public static boolean hasAction(String service, String action) {
        return LINES.contains("action " + service + " " + action);
    }

    /** Whether the action has the parameter, such as {@code Filter.1.Value.2}. */
    public static boolean hasParameter(String action, String parameter) {
        return LINES.contains(
                "parameter " + action + " " + POSITION.matcher(parameter).replaceAll(".N"));
    }

    /** Whether the action has the filter; {@code tag:} filters are not in the list. */
    public static boolean hasFilter(Action action, String filter) {
        return LINES.contains("filter " + action + " " + filter);
    }

    private static Set<String> lines() {
        try (InputStream in = Objects.requireNonNull(DocumentedApi.class.getResourceAsStream("documented-api.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read documented-api.txt", e);
        }
    }
}
