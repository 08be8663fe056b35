package io.github.multus4j.lifecycle;

import io.github.multus4j.ec2.Deadline;
import java.util.List;
import java.util.Map;

/**
 * The port to EC2 Auto Scaling: its messages' text, and the lifecycle actions that it waits for.
 * Implementations are thread-safe; they throw {@link io.github.multus4j.ec2.Ec2Exception} and
 * nothing else. For both calls, "no active lifecycle action" (the hook was completed already, or
 * timed out) is not an exception but the answer {@code false}.
 */
public interface LifecycleActions {

    /**
     * Completes the action, by its token.
     *
     * @return whether the action was still active
     */
    boolean complete(LifecycleAction action, LifecycleAction.Result result, Deadline deadline);

    /**
     * Restarts the hook's time-out.
     *
     * @return whether the action is still active
     */
    boolean heartbeat(LifecycleAction action, Deadline deadline);

    /**
     * Reads a JSON object: an event given as text, or one nested as text in another (SNS, SQS).
     *
     * @return strings, numbers, booleans, nulls, lists and maps
     * @throws IllegalArgumentException if the text is no JSON object, or exceeds a limit of size or
     *     depth; the message has the place
     */
    Map<String, Object> readJson(String text);

    /**
     * Reads a JSON array: a batch given as text, as EventBridge Pipes passes it. The default reads
     * it with {@link #readJson}, as the one member of an object; an own implementation can report
     * the right column of a mistake.
     *
     * @return as the lists of {@link #readJson}
     * @throws IllegalArgumentException if the text is no JSON array, or exceeds a limit of size or
     *     depth; the message has the place
     */
    default List<?> readJsonArray(String text) {
        Map<String, Object> object = readJson("{\"array\":" + text + "}");
        if (object.size() == 1 && object.get("array") instanceof List<?> array) {
            return array;
        }
        throw new IllegalArgumentException("not an array, or more text after the array");
    }
}
