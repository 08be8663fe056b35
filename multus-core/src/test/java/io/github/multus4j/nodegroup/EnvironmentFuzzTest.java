package io.github.multus4j.nodegroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Hostile;
import io.github.multus4j.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * All values of the variables give a valid spec, or {@link InvalidSpecException} that names the
 * variables.
 */
@Timeout(300)
class EnvironmentFuzzTest {

    private static final int MUTATED = 200_000;
    private static final int REPHRASED = 100_000;

    private static final List<String> SUBNETS = List.of("Az1SubnetIds", "Az2SubnetIds", "SubnetIds");
    private static final List<String> VARIABLES = List.of(
            "Az1SubnetIds",
            "Az2SubnetIds",
            "SubnetIds",
            "SecGroupIds",
            "TargetNodeGroupTagKey",
            "TargetNodeGroupTagValue",
            "useStaticIPs",
            "ENITags",
            "LifecycleHookNames");

    private static final List<String> PIECES = List.of(
            ",",
            ",,",
            ";",
            "=",
            " ",
            "\n",
            "\u0000",
            "\u00a0",
            "\u2028",
            "\u202e",
            "\ud800",
            "\ud83d\ude00",
            "\uff0c",
            "\u0661",
            "'",
            "[]",
            "null",
            "true",
            "subnet-",
            "subnet-1",
            "sg-1",
            "i-1",
            "aws:",
            "AWS:x=1",
            "multus4j/slot=1",
            "k".repeat(130),
            "v".repeat(300),
            "a,".repeat(100));

    private static final Pattern SUBNET = Pattern.compile("subnet-[0-9A-Za-z-]{1,64}");
    private static final Pattern GROUP = Pattern.compile("sg-[0-9A-Za-z-]{1,64}");
    private static final Pattern HOOK = Pattern.compile("[A-Za-z0-9_/-]{1,255}");

    /** The settings behind the variables, and so the expected result. */
    private record Wanted(
            Map<String, List<String>> subnets,
            List<String> groups,
            String key,
            String value,
            boolean lowestFree,
            Map<String, String> tags,
            List<String> hooks) {

        static Wanted some(RandomGenerator random) {
            Map<String, List<String>> subnets = new LinkedHashMap<>();
            int first = random.nextInt(3);
            for (int i = 0; i < 3; i++) {
                subnets.put(
                        SUBNETS.get(i), ids("subnet-" + (char) ('a' + i), random.nextInt(3) + (i == first ? 1 : 0)));
            }
            Map<String, String> tags = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                tags.put("key " + i, random.nextBoolean() ? "a=b" : "");
            }
            return new Wanted(
                    subnets,
                    ids("sg-", 1 + random.nextInt(3)),
                    "multus-ng",
                    random.nextBoolean() ? "" : "yes",
                    random.nextBoolean(),
                    tags,
                    ids("hook-", random.nextInt(3)));
        }

        private static List<String> ids(String prefix, int count) {
            List<String> ids = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                ids.add(prefix + i);
            }
            return ids;
        }

        Map<String, String> environment() {
            Map<String, String> environment = new HashMap<>();
            subnets.forEach((variable, ids) -> environment.put(variable, String.join(",", ids)));
            environment.put("SecGroupIds", String.join(",", groups));
            environment.put("TargetNodeGroupTagKey", key);
            environment.put("TargetNodeGroupTagValue", value);
            environment.put("useStaticIPs", Boolean.toString(lowestFree));
            List<String> pairs = new ArrayList<>();
            tags.forEach((tag, text) -> pairs.add(tag + "=" + text));
            environment.put("ENITags", String.join(",", pairs));
            environment.put("LifecycleHookNames", String.join(",", hooks));
            return environment;
        }

        boolean is(NodeGroupSpec spec) {
            return spec.trigger().equals(new TriggerTag(key, value.isEmpty() ? null : value))
                    && spec.subnets()
                            .equals(SubnetSelection.ids(subnets.values().stream()
                                    .flatMap(List::stream)
                                    .toList()))
                    && spec.securityGroups().equals(SecurityGroups.pairedElseFirst(groups.toArray(String[]::new)))
                    && spec.addressing().allocation().isPresent() == lowestFree
                    && spec.interfaceTags().equals(tags)
                    && spec.hooks().equals(Set.copyOf(hooks));
        }
    }

    @Test
    void fromEnvironment_rephrased_isTheSameSpec() {
        Seeds.forEachOf(REPHRASED, random -> {
            Wanted wanted = Wanted.some(random);
            Map<String, String> environment = wanted.environment();
            for (String variable : VARIABLES) {
                String value = environment.get(variable);
                if (value.isEmpty()) {
                    rephraseNothing(environment, variable, random);
                } else {
                    environment.put(variable, rephrased(variable, value, random));
                }
            }
            environment.put("az1SubnetIds", "\ud800");
            NodeGroupSpec spec = NodeGroupSpec.fromEnvironment(environment);
            if (!wanted.is(spec)) {
                throw new AssertionError(environment + " was read as " + spec);
            }
        });
    }

    private static void rephraseNothing(Map<String, String> environment, String variable, RandomGenerator random) {
        switch (random.nextInt(4)) {
            case 0 -> environment.remove(variable);
            case 1 -> environment.put(variable, "  ");
            case 2 -> environment.put(variable, null);
            default -> {}
        }
    }

    private static String rephrased(String variable, String value, RandomGenerator random) {
        if (variable.startsWith("Target")) {
            return " " + value + "\n";
        }
        if (variable.equals("useStaticIPs")) {
            return random.nextBoolean() ? value.toUpperCase(Locale.ROOT) : value + " ";
        }
        return random.nextBoolean() ? value.replace(",", " ,\t,") + "," : "," + value;
    }

    @Test
    void fromEnvironment_mutated_isASpecOrInvalid() {
        int[] read = new int[1];
        int cases = Seeds.forEachOf(MUTATED, random -> {
            Map<String, String> environment = Wanted.some(random).environment();
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutate(environment, random);
            }
            if (isRead(environment)) {
                read[0]++;
            }
        });
        if (!Seeds.areFew()) {
            assertThat(read[0]).as("still readable").isBetween(cases / 5, cases / 5 * 4);
        }
    }

    private static void mutate(Map<String, String> environment, RandomGenerator random) {
        String variable = some(VARIABLES, random);
        String value = environment.get(variable);
        if (value == null) {
            value = "";
        }
        switch (random.nextInt(7)) {
            case 0 -> environment.remove(variable);
            case 1 -> environment.put(variable, null);
            case 2 -> environment.put(some(VARIABLES, random), value); // doubled
            // swapped
            case 3 -> environment.put(variable, environment.put(some(VARIABLES, random), value));
            case 4 -> environment.put(variable, some(PIECES, random));
            default -> environment.put(variable, mutated(value, random));
        }
    }

    private static String mutated(String value, RandomGenerator random) {
        int at = random.nextInt(value.length() + 1);
        String from = value.substring(0, at);
        String rest = value.substring(at);
        return switch (random.nextInt(6)) {
            case 0 -> from;
            case 1 -> rest;
            case 2 -> from + (char) random.nextInt(0x10000) + rest;
            case 3 -> value + "," + value;
            case 4 -> rest + from;
            default -> from + some(PIECES, random) + rest;
        };
    }

    private static <T> T some(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }

    private static boolean isRead(Map<String, String> environment) {
        NodeGroupSpec spec;
        try {
            spec = NodeGroupSpec.fromEnvironment(environment);
        } catch (InvalidSpecException e) {
            Hostile.check("message", e.getMessage(), 20_000);
            if (e.problems().isEmpty()) {
                throw new AssertionError("refused without a problem");
            }
            for (Problem problem : e.problems()) {
                Hostile.check(problem);
                if (!VARIABLES.containsAll(List.of(problem.field().split(", ")))) {
                    throw new AssertionError("not by variable: " + problem);
                }
            }
            return false;
        }
        if (!couldBeAskedFor(spec)) {
            throw new AssertionError("nothing that EC2 could be asked for: " + environment + ", read as " + spec);
        }
        return true;
    }

    private static boolean couldBeAskedFor(NodeGroupSpec spec) {
        List<String> subnets = ((SubnetSelection.ByIds) spec.subnets()).ids();
        List<String> groups = spec.securityGroups().all();
        return !subnets.isEmpty()
                && new HashSet<>(subnets).size() == subnets.size()
                && subnets.stream().allMatch(id -> SUBNET.matcher(id).matches())
                && !groups.isEmpty()
                && groups.stream().allMatch(id -> GROUP.matcher(id).matches())
                && isTagText(spec.trigger().key(), 1, 128)
                && (spec.trigger().value() == null || isTagText(spec.trigger().value(), 1, 256))
                && spec.interfaceTags().size() <= 47
                && spec.interfaceTags().entrySet().stream()
                        .allMatch(tag -> isTagText(tag.getKey(), 1, 128)
                                && isTagText(tag.getValue(), 0, 256)
                                && !tag.getKey().regionMatches(true, 0, "aws:", 0, 4))
                && spec.hooks().stream().allMatch(name -> HOOK.matcher(name).matches());
    }

    private static boolean isTagText(String text, int shortest, int longest) {
        return text.length() >= shortest
                && text.length() <= longest
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
