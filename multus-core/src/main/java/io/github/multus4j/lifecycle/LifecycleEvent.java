package io.github.multus4j.lifecycle;

import io.github.multus4j.nodegroup.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One message of EC2 Auto Scaling, whatever it came wrapped in.
 *
 * @param kind what it is about
 * @param action the lifecycle action; null for {@link Kind#OTHER}
 * @param origin where the instance comes from: {@code EC2}, {@code AutoScalingGroup}, {@code WarmPool}; empty if the event does not say
 * @param destination where the instance goes to, likewise
 * @param description what it is, in a few words
 * @param messageId the id of the message that it came in, as SQS or SNS gave it; empty if there was none
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html">event reference</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pools-eventbridge-events.html">warm pool events</a>
 */
public record LifecycleEvent(
        Kind kind,
        @Nullable LifecycleAction action,
        String origin,
        String destination,
        String description,
        String messageId) {

    /** What an event is about. */
    public enum Kind {
        /** An instance is launching, into the group or into its warm pool. */
        LAUNCH,
        /** An instance leaves the warm pool for the group. It has its interfaces. */
        WARM_POOL_RETURN,
        /** An instance leaves the group, to be terminated or for the warm pool. */
        TERMINATE,
        /** Something else: a test notification, an event of another kind. */
        OTHER
    }

    public LifecycleEvent {
        if ((action == null) != (kind == Kind.OTHER)) {
            throw new IllegalArgumentException("an event of kind " + kind + " with action " + action);
        }
        description = Problem.printable(description);
    }

    public static LifecycleEvent other(String description, String messageId) {
        return new LifecycleEvent(Kind.OTHER, null, "", "", description, messageId);
    }

    /** The instance; empty if the event names none. */
    public String instanceId() {
        return action == null ? "" : action.instanceId();
    }
}
