package io.github.multus4j.nodegroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the reference Lambda's environment variables; every problem is reported under its
 * variable's name. Values with which a stack of the reference runs are accepted with a warning, if
 * they do no harm and can mean one thing only.
 */
final class EnvironmentReader {

    private static final List<String> SUBNETS = List.of("Az1SubnetIds", "Az2SubnetIds", "SubnetIds");
    private static final String SUBNET_TAG = "SubnetTag";
    private static final String GROUPS = "SecGroupIds";
    private static final String TRIGGER_KEY = "TargetNodeGroupTagKey";
    private static final String TRIGGER_VALUE = "TargetNodeGroupTagValue";
    private static final String STATIC_ADDRESSES = "useStaticIPs";
    private static final String TAGS = "ENITags";
    private static final String HOOKS = "LifecycleHookNames";
    private static final String DEVICE_INDEXES = "DeviceIndexes";

    private static final Set<String> VARIABLES = Set.of(
            "Az1SubnetIds",
            "Az2SubnetIds",
            "SubnetIds",
            SUBNET_TAG,
            GROUPS,
            TRIGGER_KEY,
            TRIGGER_VALUE,
            STATIC_ADDRESSES,
            TAGS,
            HOOKS,
            DEVICE_INDEXES,
            PlacementReader.NETWORK_CARDS,
            PlacementReader.OTHER_VPCS,
            PlacementReader.LOCAL_INTERFACES);

    private static final Set<String> YES = Set.of("yes", "y", "on", "1");
    private static final Set<String> NO = Set.of("no", "n", "off", "0");

    /**
     * Usual spellings of "no tags". The reference never reads the variable, so any text occurs
     * there.
     */
    private static final Set<String> NO_TAGS =
            Set.of("none", "null", "nil", "no", "false", "n/a", "na", "-", "--", "{}", "[]", "\"\"", "''");

    /** A comma, or a line break where a template's text had one. */
    private static final Pattern SEPARATOR = Pattern.compile("[,\r\n]");

    private final Map<String, String> environment;
    private final boolean triggerRequired;
    private final Map<String, String> values = new HashMap<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final SpecRules rules = new SpecRules();

    EnvironmentReader(Map<String, String> environment, boolean triggerRequired) {
        this.environment = environment;
        this.triggerRequired = triggerRequired;
    }

    /**
     * The parts of a spec, as the variables give them.
     *
     * @param trigger null if instances are named by their ids
     */
    record Settings(
            SubnetSelection subnets,
            SecurityGroups securityGroups,
            Addressing addressing,
            Map<String, String> interfaceTags,
            DeviceIndexPolicy deviceIndexes,
            List<String> hooks,
            @Nullable TriggerTag trigger,
            NetworkCards networkCards,
            boolean otherVpcs,
            boolean localNetworkInterfaces) {}

    /**
     * Reads all variables.
     *
     * @throws InvalidSpecException with all problems at once, by variable
     */
    Settings read() {
        SubnetSelection subnets = subnets();
        PlacementReader placement = new PlacementReader(rules);
        Settings settings = new Settings(
                subnets,
                SecurityGroups.pairedElseFirst(groups().toArray(String[]::new)),
                staticAddresses() ? Addressing.lowestFree() : Addressing.chosenByEc2(),
                tags(),
                deviceIndexes(),
                hooks(),
                trigger(),
                placement.networkCards(list(PlacementReader.NETWORK_CARDS), subnets),
                placement.otherVpcs(value(PlacementReader.OTHER_VPCS), subnets),
                placement.isOn(PlacementReader.LOCAL_INTERFACES, value(PlacementReader.LOCAL_INTERFACES)));
        misspelled();
        if (!rules.problems().isEmpty()) {
            throw new InvalidSpecException(rules.problems());
        }
        return settings;
    }

    /** The suspicious values that {@link #read} accepted. */
    List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    private void warn(String variable, String value, String why) {
        warnings.add(new Problem(variable, value, why));
    }

    private String value(String variable) {
        return values.computeIfAbsent(variable, name -> {
            // No environment holds a null, but a map read from elsewhere does where a variable has
            // no value.
            String given = Objects.requireNonNullElse(environment.get(name), "").strip();
            String bare = unquoted(given);
            if (!bare.equals(given)) {
                warn(name, given, "taken without its quotation marks");
            }
            return bare;
        });
    }

    private List<String> list(String variable) {
        List<String> given = Arrays.stream(SEPARATOR.split(value(variable)))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
        List<String> bare = given.stream().map(EnvironmentReader::unquoted).toList();
        if (!bare.equals(given)) {
            warn(variable, value(variable), "taken without its quotation marks");
        }
        return bare;
    }

    /**
     * The text without one pair of quotation marks around it, if there are no more of them in it.
     */
    private static String unquoted(String text) {
        for (String mark : List.of("\"", "'")) {
            if (text.length() > 2 && text.startsWith(mark) && text.indexOf(mark, 1) == text.length() - 1) {
                return text.substring(1, text.length() - 1).strip();
            }
        }
        return text;
    }

    /**
     * Reports a variable that differs from ours in its case alone: a misspelling, unlike the many
     * other variables of an environment.
     */
    private void misspelled() {
        for (String name : new TreeSet<>(environment.keySet())) {
            if (!VARIABLES.contains(name)) {
                VARIABLES.stream()
                        .filter(name::equalsIgnoreCase)
                        .forEach(ours -> warn(name, "", "not read: the variable is called " + ours));
            }
        }
    }

    private SubnetSelection subnets() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : SUBNETS) {
            List<String> ids = list(variable);
            rules.subnetIds(variable, ids);
            Set<String> again = new LinkedHashSet<>();
            for (String id : ids) {
                if (!variables.computeIfAbsent(id, first -> variable).equals(variable)) {
                    again.add(id);
                }
            }
            if (!again.isEmpty()) {
                // The reference requires both of its lists: a stack of one zone gives the same one
                // twice.
                warn(
                        variable,
                        String.join(",", again),
                        "given already in " + variables.get(again.iterator().next())
                                + "; each subnet is taken once, in its place there");
            }
        }
        List<String> all = List.copyOf(variables.keySet());
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

    private @Nullable TriggerTag trigger() {
        String key = value(TRIGGER_KEY);
        String value = value(TRIGGER_VALUE);
        if (key.isEmpty() && value.isEmpty() && !triggerRequired) {
            return null;
        }
        if (key.isEmpty()) {
            rules.problem(TRIGGER_KEY, "", "required: the key of the tag by which an instance asks for interfaces");
        } else {
            rules.tagKey(TRIGGER_KEY, key);
        }
        if (key.contains("=") && value.isEmpty()) {
            warn(
                    TRIGGER_KEY,
                    key,
                    "taken as a key with '=' in it; the value that the tag must have goes into " + TRIGGER_VALUE);
        }
        rules.tagValue(TRIGGER_VALUE, value);
        return new TriggerTag(key, value.isEmpty() ? null : value);
    }

    private boolean staticAddresses() {
        String given = value(STATIC_ADDRESSES);
        String value = given.toLowerCase(Locale.ROOT);
        if (value.equals("true") || YES.contains(value)) {
            if (!given.equals("true")) {
                warn(
                        STATIC_ADDRESSES,
                        given,
                        "taken as true: the lowest free addresses; the reference takes it as false");
            }
            return true;
        }
        if (NO.contains(value)) {
            warn(STATIC_ADDRESSES, given, "taken as false: EC2 chooses the addresses");
        } else if (!value.isEmpty() && !value.equals("false")) {
            rules.problem(STATIC_ADDRESSES, given, "expected true or false");
        }
        return false;
    }

    /** The reference never reads the variable: text without a tag must not stop a running stack. */
    private Map<String, String> tags() {
        if (NO_TAGS.contains(value(TAGS).toLowerCase(Locale.ROOT))) {
            warn(TAGS, value(TAGS), "taken as no tags");
            return Map.of();
        }
        Map<String, String> tags = new TreeMap<>();
        for (String pair : list(TAGS)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                warn(TAGS, pair, "left out: expected key=value");
                continue;
            }
            String key = pair.substring(0, equals).strip();
            String value = pair.substring(equals + 1).strip();
            if (key.equals(OwnerTags.NO_MANAGE) && value.equalsIgnoreCase("true")) {
                warn(TAGS, pair, "every interface carries this tag in any case");
                continue;
            }
            String other = tags.put(key, value);
            if (value.equals(other)) {
                warn(TAGS, pair, "given twice; taken once");
            } else if (other != null) {
                rules.problem(TAGS, key, "given twice");
            }
        }
        rules.interfaceTags(TAGS, tags);
        return tags;
    }

    private DeviceIndexPolicy deviceIndexes() {
        String given = value(DEVICE_INDEXES);
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "", "lowest-free" -> DeviceIndexPolicy.LOWEST_FREE;
            case "own" -> DeviceIndexPolicy.OWN;
            default -> {
                rules.problem(DEVICE_INDEXES, given, "expected lowest-free or own");
                yield DeviceIndexPolicy.LOWEST_FREE;
            }
        };
    }

    private List<String> hooks() {
        List<String> names = list(HOOKS);
        rules.hookNames(HOOKS, names);
        return names;
    }
}
