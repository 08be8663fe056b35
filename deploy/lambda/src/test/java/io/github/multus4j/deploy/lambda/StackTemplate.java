package io.github.multus4j.deploy.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A CloudFormation template of {@code deploy/templates}, as far as its IAM policies go, with its
 * conditions decided.
 */
final class StackTemplate {

    private static final Path FOLDER = Path.of("..", "templates");

    private final Map<?, ?> resources;
    private final Set<String> conditions;

    /** @param conditions those of the template's conditions that hold; all others do not */
    StackTemplate(String name, Set<String> conditions) {
        Map<?, ?> template = new Yaml(new ShortFunctions()).load(read(FOLDER.resolve(name)));
        this.conditions = conditions;
        if (!((Map<?, ?>) get(template, "Conditions", Map.of())).keySet().containsAll(conditions)) {
            throw new IllegalArgumentException(name + " does not have all of the conditions " + conditions);
        }
        this.resources = (Map<?, ?>) get(template, "Resources", Map.of());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The actions of EC2 and EC2 Auto Scaling that the role with that logical id may take. */
    Set<String> allowedTo(String role) {
        Stream<?> inline =
                properties(role).get("Policies") instanceof List<?> policies ? policies.stream() : Stream.of();
        Stream<?> attached = resources.keySet().stream()
                .filter(this::isMade)
                .map(this::properties)
                .filter(properties -> isFor(role, properties.get("Roles")));
        return actions(Stream.concat(inline, attached)
                .map(policy -> get((Map<?, ?>) policy, "PolicyDocument", Map.of())));
    }

    /** Those that the policy with that logical id allows. */
    Set<String> allowedBy(String policy) {
        return actions(Stream.ofNullable(properties(policy).get("PolicyDocument")));
    }

    private static Set<String> actions(Stream<?> documents) {
        Set<String> actions = new TreeSet<>();
        documents
                .flatMap(document -> ((List<?>) get((Map<?, ?>) document, "Statement", List.of())).stream())
                .map(statement -> ((Map<?, ?>) statement).get("Action"))
                .flatMap(action -> action instanceof List<?> list ? list.stream() : Stream.of(action))
                .map(String::valueOf)
                .filter(action -> action.startsWith("ec2:") || action.startsWith("autoscaling:"))
                .forEach(actions::add);
        return actions;
    }

    private boolean isMade(Object logicalId) {
        Object condition = ((Map<?, ?>) resources.get(logicalId)).get("Condition");
        return condition == null || conditions.contains(condition.toString());
    }

    private boolean isFor(String role, @Nullable Object roles) {
        return roles instanceof List<?> list && list.contains(Map.of("Ref", role));
    }

    private Map<?, ?> properties(Object logicalId) {
        Object properties = ((Map<?, ?>) get(resources, logicalId, Map.of())).get("Properties");
        return decide(properties == null ? Map.of() : properties) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** With the taken branch in place of each {@code Fn::If}. */
    private Object decide(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::decide).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.get("Fn::If") instanceof List<?> choice) {
            return decide(choice.get(conditions.contains(choice.get(0).toString()) ? 1 : 2));
        }
        Map<Object, Object> decided = new LinkedHashMap<>();
        map.forEach((key, inner) -> decided.put(key, decide(inner)));
        return decided;
    }

    private static Object get(Map<?, ?> map, Object key, Object otherwise) {
        Object value = map.get(key);
        return value == null ? otherwise : value;
    }

    /** {@code !If} is {@code Fn::If}, {@code !Ref} is {@code Ref}. */
    private static final class ShortFunctions extends SafeConstructor {

        ShortFunctions() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    String name = node.getTag().getValue().substring(1);
                    return Map.of(List.of("Ref", "Condition").contains(name) ? name : "Fn::" + name, value(node));
                }
            });
        }

        private Object value(Node node) {
            if (node instanceof SequenceNode sequence) {
                return new ArrayList<>(constructSequence(sequence));
            }
            return node instanceof MappingNode mapping ? constructMapping(mapping) : constructScalar((ScalarNode) node);
        }
    }
}
