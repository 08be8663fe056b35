package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.internal.call.DocumentedApi;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.WireError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one call in the query protocol, typed as they are read. Nested parameters have
 * dotted names with positions from 1 ({@code Filter.1.Value.2}); a structure inside is again a
 * {@code QueryRequest}, over the part of the names behind its own.
 *
 * <p>Each parameter that is read is remembered, so that {@link #refuseUnread} can refuse the
 * others, as EC2 does: a misspelt parameter is an error here, never silently without effect.
 *
 * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/query-api.html">The EC2 Query
 *     API</a>
 */
public final class QueryRequest {

    private static final Set<String> COMMON = Set.of(
            "Action",
            "Version",
            "AWSAccessKeyId",
            "Expires",
            "SecurityToken",
            "Signature",
            "SignatureMethod",
            "SignatureVersion",
            "Timestamp");

    private final Map<String, String> parameters;
    private final Set<String> read;
    private final String prefix;

    /**
     * @param parameters all parameters of the call, in the order in which they came
     */
    public QueryRequest(Map<String, String> parameters) {
        this(new LinkedHashMap<>(parameters), new HashSet<>(), "");
    }

    private QueryRequest(Map<String, String> parameters, Set<String> read, String prefix) {
        this.parameters = parameters;
        this.read = read;
        this.prefix = prefix;
    }

    /** The parameter's value, null if the call has no such parameter. */
    @Nullable
    String text(String name) {
        read.add(prefix + name);
        return parameters.get(prefix + name);
    }

    /** The parameter's value, or the given one if the call has no such parameter. */
    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** The parameter's value; a missing or empty one is {@code MissingParameter}. */
    String required(String name) {
        String value = text(name);
        if (value == null || value.isEmpty()) {
            throw WireError.missing(prefix + name);
        }
        return value;
    }

    @Nullable
    Integer integer(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            throw invalid(name, value, "It must be an integer.");
        }
    }

    int integer(String name, int otherwise) {
        Integer value = integer(name);
        return value == null ? otherwise : value;
    }

    int requiredInteger(String name) {
        Integer value = integer(name);
        if (value == null) {
            throw WireError.missing(prefix + name);
        }
        return value;
    }

    @Nullable
    Boolean flag(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw invalid(name, value, "It must be true or false.");
        };
    }

    boolean flag(String name, boolean otherwise) {
        Boolean value = flag(name);
        return value == null ? otherwise : value;
    }

    /**
     * The values of {@code name.1}, {@code name.2} …, in the order of their positions; empty if
     * there are none.
     */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (String position : positions(name)) {
            String value = text(name + "." + position);
            if (value != null) {
                texts.add(value);
            }
        }
        return texts;
    }

    /** As {@link #texts(String)}; an empty list is {@code MissingParameter}. */
    List<String> requiredTexts(String name) {
        List<String> texts = texts(name);
        if (texts.isEmpty()) {
            throw WireError.missing(prefix + name);
        }
        return texts;
    }

    /**
     * The structures {@code name.1.…}, {@code name.2.…} …, in the order of their positions; empty
     * if there are none.
     */
    List<QueryRequest> structures(String name) {
        List<QueryRequest> structures = new ArrayList<>();
        for (String position : positions(name)) {
            structures.add(structure(name + "." + position));
        }
        return structures;
    }

    /** The structure with the parameters {@code name.…}. */
    public QueryRequest structure(String name) {
        return new QueryRequest(parameters, read, prefix + name + ".");
    }

    /** Whether the call has a parameter of that name or a nested one under it. */
    boolean has(String name) {
        String whole = prefix + name;
        return parameters.keySet().stream().anyMatch(key -> key.equals(whole) || key.startsWith(whole + "."));
    }

    /**
     * Accepts a parameter, and all nested under it, that the action has in EC2 but that has no
     * effect here.
     */
    void ignore(String name) {
        String whole = prefix + name;
        for (String key : parameters.keySet()) {
            if (key.equals(whole) || key.startsWith(whole + ".")) {
                read.add(key);
            }
        }
    }

    /**
     * Refuses the call if it has an unread parameter: as EC2 does if AWS does not document it, as
     * not modelled if AWS does.
     */
    public void refuseUnread() {
        String action = parameters.getOrDefault("Action", "");
        for (String key : parameters.keySet()) {
            if (!read.contains(key) && !COMMON.contains(key) && !key.startsWith("X-Amz-")) {
                if (DocumentedApi.hasParameter(action, key)) {
                    throw WireError.notModelled("the parameter " + key + " of " + action);
                }
                throw WireError.of("UnknownParameter", "The parameter " + key + " is not recognized");
            }
        }
    }

    /** {@code InvalidParameterValue} for a parameter of this structure. */
    Ec2Error invalid(String name, String value, String why) {
        return WireError.invalid(prefix + name, value, why);
    }

    /** The positions in use under a list's name, in numeric order. Other suffixes stay unread. */
    private Iterable<String> positions(String name) {
        SortedMap<Integer, String> positions = new TreeMap<>();
        String start = prefix + name + ".";
        for (String key : parameters.keySet()) {
            if (key.startsWith(start)) {
                int end = key.indexOf('.', start.length());
                String position = key.substring(start.length(), end < 0 ? key.length() : end);
                if (position.matches("[1-9][0-9]{0,5}")) {
                    positions.put(Integer.valueOf(position), position);
                }
            }
        }
        return positions.values();
    }
}
