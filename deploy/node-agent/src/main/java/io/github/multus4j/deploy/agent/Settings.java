package io.github.multus4j.deploy.agent;

import io.github.multus4j.nodegroup.InvalidSpecException;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all sources, and the source of each. The first source with a setting has
 * precedence. Related settings come from one source: with subnets in the arguments, those of the
 * file are ignored.
 */
final class Settings {

    /** Each group is taken as a whole. The names are the Lambda function's variables. */
    private static final List<List<String>> GROUPS = List.of(
            List.of("Az1SubnetIds", "Az2SubnetIds", "SubnetIds", "SubnetTag"),
            List.of("SecGroupIds"),
            List.of("TargetNodeGroupTagKey", "TargetNodeGroupTagValue"),
            List.of("useStaticIPs"),
            List.of("ENITags"),
            List.of("DeviceIndexes"),
            List.of("NetworkCards"),
            List.of("LocalNetworkInterfaces"),
            List.of("OtherVpcs"));

    private static final List<String> NAMES =
            GROUPS.stream().flatMap(List::stream).toList();

    private final List<Source> sources;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> origins = new LinkedHashMap<>();

    /** @param sources the one with precedence first */
    Settings(List<Source> sources) {
        this.sources = List.copyOf(sources);
        for (List<String> group : GROUPS) {
            Source source = firstWith(group);
            if (source != null) {
                for (String name : group) {
                    String value = source.settings().get(name);
                    if (value != null) {
                        values.put(name, value);
                        origins.put(name, source.name());
                    }
                }
            }
        }
    }

    private @Nullable Source firstWith(List<String> group) {
        return sources.stream()
                .filter(source -> group.stream().anyMatch(source.settings()::containsKey))
                .findFirst()
                .orElse(null);
    }

    /** The spec; null if something is wrong, which is then among the problems. */
    @Nullable
    NodeGroupSpec spec(List<String> problems) {
        for (Source source : sources) {
            source.settings().keySet().stream()
                    .filter(name -> !NAMES.contains(name))
                    .forEach(name -> problems.add(new Problem(
                                    source.name(),
                                    name,
                                    "no setting of that name; there are " + String.join(", ", NAMES))
                            .toString()));
        }
        try {
            NodeGroupSpec spec = NodeGroupSpec.ofNamedNode(values);
            return problems.isEmpty() ? spec : null;
        } catch (InvalidSpecException e) {
            e.problems().forEach(problem -> problems.add(described(problem)));
            return null;
        }
    }

    private String described(Problem problem) {
        String origin = origins.get(problem.field());
        String where = origin == null
                ? "given by none of: " + sources.stream().map(Source::name).collect(Collectors.joining(", "))
                : "from " + origin;
        return new Problem(problem.field() + " (" + where + ")", problem.value(), problem.expected()).toString();
    }

    /** The source of each setting, by the setting's name. */
    Map<String, String> origins() {
        return origins;
    }

    /** Origins for a line: {@code SubnetIds, SecGroupIds from arguments}. */
    static String line(Map<String, String> origins) {
        Map<String, List<String>> bySource = new LinkedHashMap<>();
        origins.forEach((name, source) ->
                bySource.computeIfAbsent(source, any -> new ArrayList<>()).add(name));
        return bySource.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " from " + entry.getKey())
                .collect(Collectors.joining("; "));
    }
}
