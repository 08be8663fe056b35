package io.github.multus4j.aws;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;

/**
 * EC2 Auto Scaling's lifecycle actions over the AWS SDK for Java 2.x: the production form of
 * {@link LifecycleActions}.
 *
 * <p>The client is yours: used as it is configured, but for its retries, and never closed here.
 * Thread-safe, as SDK clients are. All calls throw {@link Ec2Exception} and nothing else.
 *
 * <p>A token names the action, so both calls are idempotent. Unlike other changes, they are
 * repeated after an attempt without an answer. If the repeated call finds no active action, the
 * earlier attempt is taken to have completed it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html">CompleteLifecycleAction</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RecordLifecycleActionHeartbeat.html">RecordLifecycleActionHeartbeat</a>
 */
public final class AwsLifecycle implements LifecycleActions {

    private final AutoScalingClient client;
    private final SdkCalls calls;

    private AwsLifecycle(AutoScalingClient client, CallPolicy policy) {
        this.client = client;
        this.calls = new SdkCalls(policy);
    }

    /**
     * Lifecycle actions over that client, with the default policy.
     *
     * @param client is never closed here; the caller closes it
     */
    public static AwsLifecycle over(AutoScalingClient client) {
        return over(client, CallPolicy.ofDefaults());
    }

    /**
     * Lifecycle actions over that client.
     *
     * @param client is never closed here; the caller closes it
     * @param policy how calls are made and repeated
     */
    public static AwsLifecycle over(AutoScalingClient client, CallPolicy policy) {
        return new AwsLifecycle(client, policy);
    }

    @Override
    public boolean complete(LifecycleAction action, LifecycleAction.Result result, Deadline deadline) {
        try {
            calls.call(
                    "CompleteLifecycleAction",
                    Effect.REPEATABLE_CHANGE,
                    deadline,
                    options -> client.completeLifecycleAction(
                            request -> request.autoScalingGroupName(action.autoScalingGroupName())
                                    .lifecycleHookName(action.lifecycleHookName())
                                    .lifecycleActionToken(orNull(action.token()))
                                    .instanceId(orNull(action.instanceId()))
                                    .lifecycleActionResult(result.name())
                                    .overrideConfiguration(options)));
            return true;
        } catch (Ec2Exception e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return mayHaveSucceededBefore(e);
            }
            throw e;
        }
    }

    @Override
    public boolean heartbeat(LifecycleAction action, Deadline deadline) {
        try {
            calls.call(
                    "RecordLifecycleActionHeartbeat",
                    Effect.REPEATABLE_CHANGE,
                    deadline,
                    options -> client.recordLifecycleActionHeartbeat(
                            request -> request.autoScalingGroupName(action.autoScalingGroupName())
                                    .lifecycleHookName(action.lifecycleHookName())
                                    .lifecycleActionToken(orNull(action.token()))
                                    .instanceId(orNull(action.instanceId()))
                                    .overrideConfiguration(options)));
            return true;
        } catch (Ec2Exception e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** As {@link Json#read}. */
    @Override
    public Map<String, Object> readJson(String text) {
        return Json.read(text);
    }

    /** As {@link Json#readArray}. */
    @Override
    public List<?> readJsonArray(String text) {
        return Json.readArray(text);
    }

    private static boolean mayHaveSucceededBefore(Ec2Exception e) {
        return Stream.of(e.getSuppressed())
                .anyMatch(earlier -> earlier instanceof Ec2Exception it && it.kind() == Kind.OUTCOME_UNKNOWN);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
