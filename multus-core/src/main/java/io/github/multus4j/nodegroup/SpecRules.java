package io.github.multus4j.nodegroup;

import io.github.multus4j.internal.limits.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a user's settings, each under the user's name of the field. Collects problems;
 * throws nothing. Limits of tags: <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions">tag
 * restrictions</a>.
 */
final class SpecRules {

    private static final int TAGS_PER_RESOURCE = 50;
    private static final int TAG_KEY_LENGTH = 128;
    private static final int TAG_VALUE_LENGTH = 256;
    private static final int DESCRIPTION_LENGTH = 255;
    private static final int HIGHEST_NETWORK_CARD = 31;
    /** EC2's hard limit; 5 unless the account's quota was raised. */
    private static final int GROUPS_PER_INTERFACE = 16;

    /** The hooks that EKS puts on the Auto Scaling groups of managed node groups. */
    private static final Set<String> EKS_HOOKS = Set.of("Launch-LC-Hook", "Terminate-LC-Hook");

    private static final Pattern ID_REST = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private final List<Problem> problems = new ArrayList<>();

    /** The problems that those checks find. */
    static List<Problem> problems(Consumer<SpecRules> checks) {
        SpecRules rules = new SpecRules();
        checks.accept(rules);
        return rules.problems();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    void problem(String field, String value, String expected) {
        problems.add(new Problem(field, value, expected));
    }

    void trigger(String field, @Nullable TriggerTag tag, boolean required) {
        if (tag == null) {
            if (required) {
                problem(field, "", "required: the tag by which an instance asks for interfaces");
            }
            return;
        }
        tagKey(field, tag.key());
        if (tag.value() != null) {
            tagValue(field, tag.value());
        }
    }

    /** The problems of a decision, which it finds itself. */
    void decision(List<Problem> found) {
        problems.addAll(found);
    }

    void subnetIds(String field, List<String> ids) {
        ids(field, ids, "subnet-");
        unique(field, ids, "given twice: a node has one interface in each Multus subnet");
    }

    void securityGroupIds(String field, List<String> ids) {
        ids(field, ids, "sg-");
    }

    void groupsPerInterface(String field, List<List<String>> lists) {
        for (List<String> list : lists) {
            if (list.isEmpty()) {
                problem(field, "[]", "every interface needs at least one security group");
            } else if (list.size() > GROUPS_PER_INTERFACE) {
                problem(
                        field,
                        list.size() + " groups",
                        "an interface has at most " + GROUPS_PER_INTERFACE + " security groups");
            }
            unique(field, list, "given twice");
        }
    }

    private void ids(String field, List<String> ids, String prefix) {
        for (String id : ids) {
            if (!id.startsWith(prefix)
                    || !ID_REST.matcher(id.substring(prefix.length())).matches()) {
                problem(field, id, "expected an id like " + prefix + "0123456789abcdef0");
            }
        }
    }

    private void unique(String field, List<String> ids, String why) {
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            if (!seen.add(id)) {
                problem(field, id, why);
            }
        }
    }

    void tagKey(String field, String key) {
        if (key.isEmpty() || length(key) > TAG_KEY_LENGTH) {
            problem(field, key, "a tag key has 1 to " + TAG_KEY_LENGTH + " characters");
        } else if (hasControlCharacters(key)) {
            problem(field, key, "a tag key has no control characters");
        }
    }

    void tagValue(String field, String value) {
        if (length(value) > TAG_VALUE_LENGTH) {
            problem(field, value, "a tag value has at most " + TAG_VALUE_LENGTH + " characters");
        } else if (hasControlCharacters(value)) {
            problem(field, value, "a tag value has no control characters");
        }
    }

    void interfaceTags(String field, Map<String, String> tags) {
        int most = TAGS_PER_RESOURCE - OwnerTags.COUNT;
        if (tags.size() > most) {
            problem(
                    field,
                    tags.size() + " tags",
                    "at most " + most + ": EC2 allows " + TAGS_PER_RESOURCE + ", " + OwnerTags.COUNT
                            + " are this library's own");
        }
        tags.forEach((key, value) -> {
            tagKey(field, key);
            tagValue(field, value);
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                problem(field, key, "tag keys that begin with aws: are reserved by AWS");
            } else if (OwnerTags.isReserved(key)) {
                problem(field, key, "this tag key is reserved: it tells interfaces' owners apart");
            }
        });
    }

    void reservation(String field, String idOrDescription) {
        if (idOrDescription.isBlank()
                || length(idOrDescription) > DESCRIPTION_LENGTH
                || hasControlCharacters(idOrDescription)) {
            problem(
                    field,
                    idOrDescription,
                    "expected the id or the description of a CIDR reservation, 1 to " + DESCRIPTION_LENGTH
                            + " characters, no control characters");
        }
    }

    void description(String field, String description) {
        if (length(description) > DESCRIPTION_LENGTH || hasControlCharacters(description)) {
            problem(
                    field,
                    description,
                    "a description has at most " + DESCRIPTION_LENGTH + " characters, no control characters");
        } else if (description.startsWith("aws-K8S-")) {
            problem(field, description, "interfaces described as aws-K8S-… are the VPC CNI's");
        }
    }

    void networkCards(String field, NetworkCards cards) {
        for (int index : cards.all()) {
            if (index < 0 || index > HIGHEST_NETWORK_CARD) {
                problem(field, Integer.toString(index), "a network card index is 0 to " + HIGHEST_NETWORK_CARD);
            }
        }
        subnetIds(field, cards.subnetIds());
    }

    void otherVpcs(String field, boolean wanted, boolean areSubnetsOfOneVpc) {
        if (wanted && areSubnetsOfOneVpc) {
            problem(field, "true", "subnets by tag are those of the instance's VPC: give them by their ids");
        }
    }

    void subnetsOfCards(String field, NetworkCards cards, Predicate<String> isMultusSubnet) {
        cards.subnetIds().stream()
                .filter(isMultusSubnet.negate())
                .forEach(id ->
                        problem(field, id, "a network card is named for it, but it is none of the Multus subnets"));
    }

    void hookNames(String field, List<String> names) {
        for (String name : names) {
            if (!Names.HOOK_NAME.matcher(name).matches()) {
                problem(field, name, "a lifecycle hook's name has 1 to 255 letters, digits, '-', '_' or '/'");
            } else if (EKS_HOOKS.contains(name)) {
                problem(field, name, "this hook is EKS's own, which completes it itself: name only hooks of your own");
            }
        }
        unique(field, names, "given twice");
    }

    /** As EC2 counts: Unicode characters. Java counts those beyond U+FFFF twice. */
    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A surrogate without its other half counts as one: it cannot be sent. */
    private static boolean hasControlCharacters(String text) {
        return text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
