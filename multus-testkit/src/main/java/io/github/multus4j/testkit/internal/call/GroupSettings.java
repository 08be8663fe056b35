package io.github.multus4j.testkit.internal.call;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What CreateAutoScalingGroup says and DescribeAutoScalingGroups shows. The group launches nothing by itself.
 *
 * @param minSize its minimum
 * @param maxSize its maximum
 * @param desiredCapacity how many it is to have before any is attached; the minimum unless the call says otherwise
 * @param launchTemplate what it would launch; null if the call names none
 * @param subnetIds where
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

    /** A launch template as a call names it. */
    public record LaunchTemplate(
            @Nullable String id,
            @Nullable String name,
            @Nullable String version) {}

    public GroupSettings {
        subnetIds = List.copyOf(subnetIds);
        tags = Map.copyOf(tags);
        propagatedKeys = List.copyOf(propagatedKeys);
    }

    /** Of no certain size. */
    static GroupSettings of(List<String> subnetIds, Map<String, String> tags) {
        return new GroupSettings(0, ROOM_FOR_ALL, 0, null, subnetIds, tags, List.of());
    }
}
