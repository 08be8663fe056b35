package io.github.multus4j.testkit.internal.call;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of an instance that have no part in its network, as far as they have an effect or
 * are read back.
 *
 * @param disableApiTermination whether TerminateInstances is refused
 * @param disableApiStop whether StopInstances and TerminateInstances are refused
 * @param shutdownBehavior the effect of a shutdown from inside: {@code stop} or {@code terminate}
 * @param ebsOptimized whether it is optimized for EBS
 * @param userData its user data in base64; null if it has none
 */
public record InstanceAttributes(
        boolean disableApiTermination,
        boolean disableApiStop,
        String shutdownBehavior,
        boolean ebsOptimized,
        @Nullable String userData) {

    public static final InstanceAttributes DEFAULTS = new InstanceAttributes(false, false, "stop", false, null);

    public InstanceAttributes withDisableApiTermination(boolean value) {
        return new InstanceAttributes(value, disableApiStop, shutdownBehavior, ebsOptimized, userData);
    }

    public InstanceAttributes withDisableApiStop(boolean value) {
        return new InstanceAttributes(disableApiTermination, value, shutdownBehavior, ebsOptimized, userData);
    }

    public InstanceAttributes withShutdownBehavior(String value) {
        return new InstanceAttributes(disableApiTermination, disableApiStop, value, ebsOptimized, userData);
    }

    public InstanceAttributes withEbsOptimized(boolean value) {
        return new InstanceAttributes(disableApiTermination, disableApiStop, shutdownBehavior, value, userData);
    }

    /** With other user data; an empty text removes it. */
    public InstanceAttributes withUserData(String value) {
        return new InstanceAttributes(
                disableApiTermination, disableApiStop, shutdownBehavior, ebsOptimized, value.isEmpty() ? null : value);
    }
}
