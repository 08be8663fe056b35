package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.internal.limits.Names;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tags that every interface of ours has from its creation on. Runs and sweeps find it by them,
 * and the VPC CNI ignores it because of them.
 */
public final class OwnerTags {

    /**
     * Hides an interface from the VPC CNI, if its value is exactly {@code true}. The create call
     * must set it, because the CNI reads interfaces every few seconds. See <a
     * href="https://github.com/aws/amazon-vpc-cni-k8s#eni-tags-related-to-allocation">ENI tags
     * related to allocation</a>.
     */
    public static final String NO_MANAGE = "node.k8s.amazonaws.com/no_manage";

    /** The instance for which the interface was made. */
    public static final String INSTANCE_ID = "multus4j/instance-id";

    /** The interface's place in the device order of its node, from 1 on. */
    public static final String SLOT = "multus4j/slot";

    /**
     * A tag of an instance, not of an interface: the number of repairs of a sweep that failed for a
     * lasting reason, and the time of the next one. Empty or delete it, and the next sweep tries at
     * once.
     */
    public static final String REPAIR = "multus4j/repair";

    /**
     * A tag of an instance, not of an interface: the number of used client tokens of its
     * interfaces, so that a run after a roll-back begins with a new one. Deleting it costs the next
     * run seconds.
     */
    public static final String USED_TOKENS = "multus4j/used-tokens";

    private OwnerTags() {}

    /** The tags of an interface of ours. */
    public static Map<String, String> of(String instanceId, int slot) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(NO_MANAGE, "true");
        tags.put(INSTANCE_ID, instanceId);
        tags.put(SLOT, Integer.toString(slot));
        return tags;
    }

    /**
     * The owner of an interface of ours: the strict definition, for code that removes interfaces.
     * Empty if the interface may be another's: one of the tags is missing or changed, or names no
     * instance.
     */
    public static Optional<String> ownerOf(Map<String, String> tags) {
        return namedOwner(tags)
                .filter(id -> Names.INSTANCE_ID.matcher(id).matches())
                .filter(id -> isHiddenFromCni(tags));
    }

    /**
     * The owner that the tags name: the wide definition, for code that creates interfaces. An
     * interface with this tag fills its slot and explains the use of its address, even if somebody
     * has changed another tag of it. With the strict definition a run would make a second
     * interface beside it.
     */
    public static Optional<String> namedOwner(Map<String, String> tags) {
        return Optional.ofNullable(tags.get(INSTANCE_ID));
    }

    /** Whether the tags hide an interface from the VPC CNI. */
    public static boolean isHiddenFromCni(Map<String, String> tags) {
        return "true".equals(tags.get(NO_MANAGE));
    }

    /** A filter for the interfaces that name one of these owners. */
    public static Filter namedOwnerIn(Collection<String> instanceIds) {
        return Filter.of("tag:" + INSTANCE_ID, instanceIds);
    }

    /** A filter for the interfaces that name an owner. */
    public static Filter anyNamedOwner() {
        return Filter.of("tag-key", INSTANCE_ID);
    }

    /** The number of these tags. */
    static final int COUNT = 3;

    /**
     * Whether this library, the VPC CNI or EKS uses tags with this key, so that users may not set
     * them.
     */
    static boolean isReserved(String key) {
        return key.startsWith("multus4j/") || key.contains("k8s.amazonaws.com") || key.startsWith("eks:");
    }
}
