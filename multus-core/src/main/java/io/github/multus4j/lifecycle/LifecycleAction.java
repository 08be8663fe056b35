package io.github.multus4j.lifecycle;

/**
 * A lifecycle action that EC2 Auto Scaling waits for: one instance held by one hook.
 *
 * @param autoScalingGroupName the Auto Scaling group
 * @param lifecycleHookName the hook that started it
 * @param token the token that identifies it, 36 characters
 * @param instanceId the instance that is held
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html">CompleteLifecycleAction</a>
 */
public record LifecycleAction(String autoScalingGroupName, String lifecycleHookName, String token, String instanceId) {

    /**
     * The end of an action: the launch goes on, or is abandoned (the instance is terminated and
     * replaced).
     */
    public enum Result {
        /** The launch goes on. */
        CONTINUE,
        /** The launch is abandoned: the instance is terminated and replaced. */
        ABANDON
    }
}
