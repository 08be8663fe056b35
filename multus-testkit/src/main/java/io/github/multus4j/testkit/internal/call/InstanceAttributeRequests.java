package io.github.multus4j.testkit.internal.call;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls about attributes of instances. */
public final class InstanceAttributeRequests {

    private InstanceAttributeRequests() {}

    /** Answered with the whole instance; the caller shows the attribute. */
    public record DescribeInstanceAttribute(String instanceId, String attribute) implements Ec2Request<InstanceItem> {}

    /** Exactly one of the nullable parameters may be given. */
    public record ModifyInstanceAttribute(
            String instanceId,
            @Nullable Boolean sourceDestCheck,
            @Nullable List<String> groups,
            @Nullable String instanceType,
            @Nullable String userData,
            @Nullable Boolean ebsOptimized,
            @Nullable Boolean disableApiTermination,
            @Nullable Boolean disableApiStop,
            @Nullable String instanceInitiatedShutdownBehavior)
            implements Ec2Request<Boolean> {

        public long count() {
            return Stream.<@Nullable Object>of(
                            sourceDestCheck,
                            groups,
                            instanceType,
                            userData,
                            ebsOptimized,
                            disableApiTermination,
                            disableApiStop,
                            instanceInitiatedShutdownBehavior)
                    .flatMap(Stream::ofNullable)
                    .count();
        }

        public boolean isOfInterface() {
            return sourceDestCheck != null || groups != null;
        }

        public boolean needsStop() {
            return instanceType != null || userData != null || ebsOptimized != null;
        }
    }
}
