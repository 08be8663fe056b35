package io.github.multus4j.lifecycle;

import io.github.multus4j.nodegroup.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One message of EC2 Auto Scaling, without its envelopes.
 *
 * @param kind the kind of the event
 * @param action the lifecycle action; null for {@link Kind#OTHER}
 * @param origin the instance's origin: {@code EC2}, {@code AutoScalingGroup}, {@code WarmPool};
 *     empty if the event has none
 * @param destination the instance's destination, with the same values
 * @param description a short description
 * @param messageId the id of the enclosing message of SQS or SNS; empty if there was none
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html">event
 *     reference</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pools-eventbridge-events.html">warm
 *     pool events</a>
 */
public record LifecycleEvent(
        Kind kind,
        @Nullable LifecycleAction action,
        String origin,
        String destination,
        String description,
        String messageId) {

    /** The kind of an event. */
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
