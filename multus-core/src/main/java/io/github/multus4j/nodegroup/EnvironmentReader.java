package io.github.multus4j.nodegroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Reads the reference Lambda's environment variables; every problem is reported under its variable's name. */
final class EnvironmentReader {

    private static final List<String> SUBNETS = List.of("Az1SubnetIds", "Az2SubnetIds", "SubnetIds");
    private static final String SUBNET_TAG = "SubnetTag";
    private static final String GROUPS = "SecGroupIds";
    private static final String TRIGGER_KEY = "TargetNodeGroupTagKey";
    private static final String TRIGGER_VALUE = "TargetNodeGroupTagValue";
    private static final String STATIC_ADDRESSES = "useStaticIPs";
    private static final String TAGS = "ENITags";
    private static final String HOOKS = "LifecycleHookNames";

    private final Map<String, String> environment;
    private final boolean triggerRequired;
    private final SpecRules rules = new SpecRules();

    EnvironmentReader(Map<String, String> environment, boolean triggerRequired) {
        this.environment = environment;
        this.triggerRequired = triggerRequired;
    }

    NodeGroupSpec read() {
        NodeGroupSpec.Builder spec = NodeGroupSpec.builder()
                .subnets(subnets())
                .securityGroups(SecurityGroups.pairedElseFirst(groups().toArray(String[]::new)))
                .addressing(staticAddresses() ? Addressing.lowestFree() : Addressing.chosenByEc2())
                .interfaceTags(tags())
                .hooks(hooks().toArray(String[]::new));
        trigger(spec);
        if (!rules.problems().isEmpty()) {
            throw new InvalidSpecException(rules.problems());
        }
        return spec.build();
    }

    private String value(String variable) {
        // No environment holds a null, but a map read from elsewhere does where a variable has no value.
        return Objects.requireNonNullElse(environment.get(variable), "").strip();
    }

    private List<String> list(String variable) {
        return Arrays.stream(value(variable).split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private SubnetSelection subnets() {
        List<String> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String variable : SUBNETS) {
            List<String> ids = list(variable);
            rules.subnetIds(variable, ids);
            Set<String> here = new LinkedHashSet<>(ids);
            here.stream()
                    .filter(seen::contains)
                    .forEach(id -> rules.problem(variable, id, "given already in another variable"));
            seen.addAll(here);
            all.addAll(ids);
        }
        String tag = value(SUBNET_TAG);
        if (!tag.isEmpty()) {
            if (!all.isEmpty()) {
                rules.problem(SUBNET_TAG, tag, "give the subnets by their tag or by their ids, not both");
            }
            return tagged(tag);
        }
        if (all.isEmpty()) {
            rules.problem(
                    String.join(", ", SUBNETS),
                    "",
                    "at least one subnet id is required, in any of the three, or the subnets' tag in " + SUBNET_TAG);
        }
        return SubnetSelection.ids(all);
    }

    private SubnetSelection tagged(String tag) {
        int equals = tag.indexOf('=');
        String key = (equals < 0 ? tag : tag.substring(0, equals)).strip();
        rules.tagKey(SUBNET_TAG, key);
        if (equals < 0) {
            return SubnetSelection.tagged(key);
        }
        String value = tag.substring(equals + 1).strip();
        rules.tagValue(SUBNET_TAG, value);
        return SubnetSelection.tagged(key, value);
    }

    private List<String> groups() {
        List<String> ids = list(GROUPS);
        if (ids.isEmpty()) {
            rules.problem(GROUPS, value(GROUPS), "at least one security group id is required");
        }
        rules.securityGroupIds(GROUPS, ids);
        return ids;
    }

    private void trigger(NodeGroupSpec.Builder spec) {
        String key = value(TRIGGER_KEY);
        String value = value(TRIGGER_VALUE);
        if (key.isEmpty() && value.isEmpty() && !triggerRequired) {
            spec.withoutTrigger();
            return;
        }
        if (key.isEmpty()) {
            rules.problem(TRIGGER_KEY, "", "required: the key of the tag by which an instance asks for interfaces");
        } else {
            rules.tagKey(TRIGGER_KEY, key);
        }
        rules.tagValue(TRIGGER_VALUE, value);
        if (value.isEmpty()) {
            spec.trigger(key);
        } else {
            spec.trigger(key, value);
        }
    }

    private boolean staticAddresses() {
        String value = value(STATIC_ADDRESSES).toLowerCase(Locale.ROOT);
        if (!List.of("", "true", "false").contains(value)) {
            rules.problem(STATIC_ADDRESSES, value(STATIC_ADDRESSES), "expected true or false");
        }
        return value.equals("true");
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        for (String pair : list(TAGS)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                rules.problem(TAGS, pair, "expected key=value");
                continue;
            }
            String key = pair.substring(0, equals).strip();
            if (tags.put(key, pair.substring(equals + 1).strip()) != null) {
                rules.problem(TAGS, key, "given twice");
            }
        }
        rules.interfaceTags(TAGS, tags);
        return tags;
    }

    private List<String> hooks() {
        List<String> names = list(HOOKS);
        rules.hookNames(HOOKS, names);
        return names;
    }
}
