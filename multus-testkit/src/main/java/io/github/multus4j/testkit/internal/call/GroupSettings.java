package io.github.multus4j.testkit.internal.call;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of CreateAutoScalingGroup, as DescribeAutoScalingGroups shows them. The group
 * launches nothing by itself.
 *
 * @param minSize its minimum
 * @param maxSize its maximum
 * @param desiredCapacity its desired capacity before any instance is attached; the minimum unless
 *     the call sets another
 * @param launchTemplate its launch template; null if the call names none
 * @param subnetIds its subnets
 * @param tags its tags
 * @param propagatedKeys the keys of tags that its instances get as well
 */
public record GroupSettings(
        int minSize,
        int maxSize,
        int desiredCapacity,
        @Nullable LaunchTemplate launchTemplate,
        List<String> subnetIds,
        Map<String, String> tags,
        List<String> propagatedKeys) {

    /** For a group that a test makes without a size. */
    private static final int ROOM_FOR_ALL = 10_000;

    /** A launch template of a call. */
    public record LaunchTemplate(
            @Nullable String id,
            @Nullable String name,
            @Nullable String version) {}

    public GroupSettings {
        subnetIds = List.copyOf(subnetIds);
        tags = Map.copyOf(tags);
        propagatedKeys = List.copyOf(propagatedKeys);
    }

    /** Settings without a given size. */
    static GroupSettings of(List<String> subnetIds, Map<String, String> tags) {
        return new GroupSettings(0, ROOM_FOR_ALL, 0, null, subnetIds, tags, List.of());
    }
}
