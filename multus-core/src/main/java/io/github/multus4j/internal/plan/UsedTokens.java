package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of used client tokens of each slot of an instance, from the instance's tag
 * {@link OwnerTags#USED_TOKENS}. Immutable.
 *
 * <p>EC2 still answers a client token with its interface after that interface was deleted. A
 * roll-back writes the tag, so the next run of any process begins with an unused token, and two
 * concurrent runs begin with the same one. A missing, stale or unreadable tag costs a run only some
 * seconds: it finds a used token by waiting.
 *
 * <p>The text is one pair for each subnet, such as {@code 9abcdef0:2}: the last eight characters of
 * the subnet's id and the number of tokens. Two subnets with equal last characters share the higher
 * number.
 */
public final class UsedTokens {

    /** The greatest length of a tag's value. */
    private static final int LONGEST = 256;

    private static final int KEY_LENGTH = 8;
    private static final Pattern PAIR = Pattern.compile("([0-9A-Za-z-]{1,8}):([0-9]{1,6})");

    private final Map<String, Integer> bySubnet;

    private UsedTokens(Map<String, Integer> bySubnet) {
        this.bySubnet = bySubnet;
    }

    /** The numbers in the instance's tag. Unreadable parts are left out. */
    public static UsedTokens of(Instance instance) {
        Map<String, Integer> bySubnet = new TreeMap<>();
        Matcher pairs = PAIR.matcher(instance.tags().getOrDefault(OwnerTags.USED_TOKENS, ""));
        while (pairs.find()) {
            bySubnet.merge(pairs.group(1), Integer.parseInt(pairs.group(2)), Math::max);
        }
        return new UsedTokens(bySubnet);
    }

    /** The number of the first unused token of a subnet's slot. */
    public int firstFree(String subnetId) {
        return bySubnet.getOrDefault(key(subnetId), 0);
    }

    /** With that first free token, unless a later one is known. */
    public UsedTokens withFirstFree(String subnetId, int number) {
        if (number <= firstFree(subnetId)) {
            return this;
        }
        Map<String, Integer> more = new TreeMap<>(bySubnet);
        more.merge(key(subnetId), number, Math::max);
        return new UsedTokens(more);
    }

    private static String key(String subnetId) {
        return subnetId.substring(Math.max(0, subnetId.length() - KEY_LENGTH));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UsedTokens that && bySubnet.equals(that.bySubnet);
    }

    @Override
    public int hashCode() {
        return bySubnet.hashCode();
    }

    /** The tag's value. Pairs that do not fit into the tag are left out. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        bySubnet.forEach((key, number) -> {
            String pair = (text.isEmpty() ? "" : " ") + key + ":" + number;
            if (text.length() + pair.length() <= LONGEST) {
                text.append(pair);
            }
        });
        return text.toString();
    }
}
