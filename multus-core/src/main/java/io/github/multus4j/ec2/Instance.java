package io.github.multus4j.ec2;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance, as far as its network interfaces are concerned.
 *
 * @param id {@code i-…}
 * @param type the instance type, such as {@code m5.4xlarge}
 * @param vpcId the VPC of its primary interface; empty if the instance no longer has one
 * @param zone the Availability Zone, such as {@code us-east-1a}
 * @param state its state
 * @param launchTime when it was launched, in whole seconds; the epoch if EC2 does not say
 * @param attachments its interfaces, the primary one included, in no order
 * @param tags its tags
 * @param outpostArn the ARN of the Outpost that it runs on; null in the Region and in a Local Zone
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html">DescribeInstances</a>
 */
public record Instance(
        String id,
        String type,
        String vpcId,
        String zone,
        State state,
        Instant launchTime,
        List<Attachment> attachments,
        Map<String, String> tags,
        @Nullable String outpostArn) {

    public Instance {
        attachments = List.copyOf(attachments);
        tags = Map.copyOf(tags);
    }

    /** An instance that runs on no Outpost. */
    public Instance(
            String id,
            String type,
            String vpcId,
            String zone,
            State state,
            Instant launchTime,
            List<Attachment> attachments,
            Map<String, String> tags) {
        this(id, type, vpcId, zone, state, launchTime, attachments, tags, null);
    }

    /**
     * An instance's state. See <a
     * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html">State</a>.
     */
    public enum State {
        /** Being launched or started; nothing can be attached yet. */
        PENDING,
        /** Running. */
        RUNNING,
        /** On its way to stopped. */
        STOPPING,
        /** Stopped; interfaces can be attached. */
        STOPPED,
        /** On its way to terminated. */
        SHUTTING_DOWN,
        /** Terminated; still listed for about an hour. */
        TERMINATED,
        /** A value that this library does not know. */
        UNKNOWN;

        /**
         * Reads EC2's value, such as {@code shutting-down}; an unknown value is {@link #UNKNOWN}.
         */
        public static State of(String word) {
            return EnumValues.parse(values(), word, UNKNOWN);
        }

        /**
         * Whether the instance is shutting down or terminated: nothing can be attached to it any
         * more.
         */
        public boolean isGoing() {
            return this == SHUTTING_DOWN || this == TERMINATED;
        }

        /** EC2's value. */
        @Override
        public String toString() {
            return EnumValues.wordOf(this);
        }
    }
}
