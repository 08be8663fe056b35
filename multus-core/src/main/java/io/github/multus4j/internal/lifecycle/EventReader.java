package io.github.multus4j.internal.lifecycle;

import io.github.multus4j.internal.limits.Names;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.lifecycle.InvalidEventException;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages of EC2 Auto Scaling in any envelope of a pipeline: an EventBridge event, the
 * flat body that goes to SQS, an SNS envelope, Lambda's {@code Records}, the answer of
 * ReceiveMessage, a record of a Lambda destination ({@code requestPayload}), an array of
 * EventBridge Pipes, and these in each other, as maps and lists or as JSON text. Of a destination's
 * record only {@code requestPayload} is read.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Records
 *     of asynchronous invocations</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html">Sources
 *     of EventBridge Pipes</a>
 */
public final class EventReader {

    private static final String LAUNCHING = "autoscaling:EC2_INSTANCE_LAUNCHING";
    private static final String TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING";
    private static final String TEST = "autoscaling:TEST_NOTIFICATION";
    private static final String LAUNCH_DETAIL = "EC2 Instance-launch Lifecycle Action";
    private static final String TERMINATE_DETAIL = "EC2 Instance-terminate Lifecycle Action";

    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z-]{36}");
    /**
     * The API's pattern, without characters that end a line or change the text direction in a log.
     */
    private static final Pattern GROUP =
            Pattern.compile("[\\u0020-\\uD7FF\\uE000-\\uFFFD&&[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]]{1,255}");

    private static final Pattern TRANSITION = Pattern.compile("[ -~]{1,255}");
    private static final Pattern WORD = Pattern.compile("[ -~]{0,64}");
    private static final Pattern MESSAGE_ID = Pattern.compile("[ -~]{1,128}");

    /**
     * The members that can hold another event, as an object, an array, or their text, in the order
     * of the search.
     */
    private static final List<String> WRAPPERS = List.of(
            "requestPayload", // A record of a Lambda destination.
            "Message", // SNS
            "body", // A record of SQS.
            "Body", // The same in the answer of ReceiveMessage.
            "Sns", // A record of SNS.
            "Input"); // An input of Step Functions or of EventBridge Scheduler.

    /**
     * Events of EventBridge with another event in their detail: records of a Lambda destination,
     * and events of a pipe on a bus.
     */
    private static final Set<String> WRAPPING_DETAILS = Set.of(
            "Lambda Function Invocation Result - Failure",
            "Lambda Function Invocation Result - Success",
            "Event from aws:sqs");

    private static final String EXPECTED =
            "expected an event of EC2 Auto Scaling: with 'detail-type' (EventBridge), 'LifecycleTransition' (SQS),"
                    + " 'Message' (SNS), 'Records' (Lambda), 'body' (a record), 'Messages' (ReceiveMessage)"
                    + " or 'requestPayload' (a Lambda destination)";

    private final LifecycleActions json;
    private final List<LifecycleEvent> events = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int records;

    /** @param json reads the texts */
    public EventReader(LifecycleActions json) {
        this.json = json;
    }

    /** All messages in the event, in order. */
    public List<LifecycleEvent> read(Map<String, ?> event) {
        unwrap(event, "", "", 0);
        return result();
    }

    /** All messages in the array, in order. */
    public List<LifecycleEvent> read(List<?> batch) {
        list(batch, "", "", 0);
        return result();
    }

    /** All messages in the text of an object or of an array, in order. */
    public List<LifecycleEvent> read(String text) {
        Object value = parsed(text, "");
        if (value != null) {
            nested(value, "", "", 0);
        }
        return result();
    }

    private List<LifecycleEvent> result() {
        if (!problems.isEmpty()) {
            throw new InvalidEventException(problems, events);
        }
        return List.copyOf(events);
    }

    private void unwrap(Map<String, ?> map, String path, String messageId, int depth) {
        if (map.get("Records") instanceof List<?> batch) {
            list(batch, path + "Records", messageId, depth);
        } else if (map.get("Messages") instanceof List<?> received) {
            list(received, path + "Messages", messageId, depth);
        } else if (map.containsKey("detail-type")) {
            envelope(map, path, messageId, depth);
        } else if (map.containsKey("LifecycleTransition") || map.containsKey("Event")) {
            message(map, path, messageId);
        } else {
            Optional<String> wrapper =
                    WRAPPERS.stream().filter(map::containsKey).findFirst();
            if (wrapper.isPresent()) {
                String key = wrapper.get();
                nested(map.get(key), path + key, id(map, messageId), depth + 1);
            } else {
                problem(path, keys(map), EXPECTED);
            }
        }
    }

    private void list(List<?> batch, String path, String messageId, int depth) {
        if (batch.size() > Timing.EVENT_RECORDS - records) {
            problem(path, batch.size() + " records", "at most " + Timing.EVENT_RECORDS + " in all");
            return;
        }
        records += batch.size();
        for (int i = 0; i < batch.size(); i++) {
            Object entry = batch.get(i);
            nested(entry, path + "[" + i + "]", messageId, isRecord(entry) ? depth : depth + 1);
        }
    }

    /** A record and its message count as one level of nesting. */
    private static boolean isRecord(@Nullable Object entry) {
        return entry instanceof Map<?, ?> map
                && !map.containsKey("Records")
                && !map.containsKey("Messages")
                && (map.containsKey("body") || map.containsKey("Body") || map.containsKey("Sns"));
    }

    /** The id of the outermost message, by which SQS learns of failures. */
    private static String id(Map<String, ?> map, String outer) {
        if (!outer.isEmpty()) {
            return outer;
        }
        return Stream.of("messageId", "MessageId")
                .map(map::get)
                .filter(id ->
                        id instanceof String text && MESSAGE_ID.matcher(text).matches())
                .map(String.class::cast)
                .findFirst()
                .orElse("");
    }

    private void nested(@Nullable Object value, String path, String messageId, int depth) {
        if (depth > Timing.EVENT_DEPTH) {
            problem(path, "…", "events are nested at most " + Timing.EVENT_DEPTH + " deep");
            return;
        }
        Object read = value instanceof String text ? parsed(text, path) : value;
        if (read == null && value != null) {
            return; // Its text was no JSON.
        }
        if (read instanceof List<?> batch) {
            if (batch.isEmpty()) {
                problem(path, "[]", "expected a JSON object, or an array with an event in it");
            }
            list(batch, path, messageId, depth);
            return;
        }
        Map<String, Object> map = asMap(read, path);
        if (map != null) {
            unwrap(map, path.isEmpty() ? "" : path + ".", messageId, depth);
        }
    }

    /** The object or the array; null, and a problem, if it is neither. */
    private @Nullable Object parsed(String text, String path) {
        try {
            return text.stripLeading().startsWith("[") ? json.readJsonArray(text) : json.readJson(text);
        } catch (IllegalArgumentException e) {
            problem(path, text, "expected a JSON object: " + e.getMessage());
            return null;
        }
    }

    private void envelope(Map<String, ?> map, String path, String messageId, int depth) {
        Object detailType = map.get("detail-type");
        if (detailType instanceof String text && WRAPPING_DETAILS.contains(text)) {
            nested(map.get("detail"), path + "detail", messageId, depth + 1);
            return;
        }
        if (!LAUNCH_DETAIL.equals(detailType) && !TERMINATE_DETAIL.equals(detailType)) {
            if (detailType instanceof String text) {
                events.add(LifecycleEvent.other("an event of type '" + text + "'", messageId));
            } else {
                problem(path + "detail-type", shown(detailType), "expected text such as '" + LAUNCH_DETAIL + "'");
            }
            return;
        }
        Map<String, Object> detail = asMap(map.get("detail"), path + "detail");
        if (detail != null) {
            message(detail, path + "detail.", messageId);
        }
    }

    private void message(Map<String, ?> map, String path, String messageId) {
        Object transition = map.get("LifecycleTransition");
        if (TEST.equals(map.get("Event")) || TEST.equals(transition)) {
            events.add(LifecycleEvent.other("a test notification", messageId));
            return;
        }
        if (transition == null && map.get("Event") instanceof String text) {
            events.add(LifecycleEvent.other("a notification of '" + text + "'", messageId));
            return;
        }
        int before = problems.size();
        String name = text(map, path, "LifecycleTransition", TRANSITION, "a transition such as " + LAUNCHING);
        LifecycleAction action = new LifecycleAction(
                text(map, path, "AutoScalingGroupName", GROUP, "the Auto Scaling group's name"),
                text(map, path, "LifecycleHookName", Names.HOOK_NAME, "the lifecycle hook's name"),
                text(map, path, "LifecycleActionToken", TOKEN, "a token of 36 characters"),
                text(map, path, "EC2InstanceId", Names.INSTANCE_ID, "an instance id like i-0123456789abcdef0"));
        String origin = optional(map, path, "Origin");
        String destination = optional(map, path, "Destination");
        if (problems.size() > before) {
            return;
        }
        LifecycleEvent.Kind kind = LAUNCHING.equals(name)
                ? origin.equals("WarmPool") ? LifecycleEvent.Kind.WARM_POOL_RETURN : LifecycleEvent.Kind.LAUNCH
                : TERMINATING.equals(name) ? LifecycleEvent.Kind.TERMINATE : LifecycleEvent.Kind.OTHER;
        events.add(
                kind == LifecycleEvent.Kind.OTHER
                        ? LifecycleEvent.other("the transition '" + name + "' of " + action.instanceId(), messageId)
                        : new LifecycleEvent(kind, action, origin, destination, name, messageId));
    }

    private String text(Map<String, ?> map, String path, String key, Pattern pattern, String expected) {
        Object value = map.get(key);
        if (value instanceof String text && pattern.matcher(text).matches()) {
            return text;
        }
        problem(
                path + key,
                value == null ? "" : shown(value),
                (value == null ? "missing; " : "") + "expected " + expected);
        return "";
    }

    private String optional(Map<String, ?> map, String path, String key) {
        Object value = map.get(key);
        if (value == null) {
            return "";
        }
        if (value instanceof String text && WORD.matcher(text).matches()) {
            return text;
        }
        problem(path + key, shown(value), "expected EC2, AutoScalingGroup or WarmPool");
        return "";
    }

    private @Nullable Map<String, Object> asMap(@Nullable Object value, String path) {
        if (value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
            @SuppressWarnings("unchecked") // All keys were just seen to be strings.
            Map<String, Object> typed = (Map<String, Object>) map;
            return typed;
        }
        problem(path, shown(value), value == null ? "missing; expected a JSON object" : "expected a JSON object");
        return null;
    }

    /**
     * A value for a message. The contents of a list or an object are not printed: its size and
     * depth have no limit.
     */
    private static String shown(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        if (value instanceof List<?>) {
            return "a list";
        }
        return value instanceof String || value instanceof Number || value instanceof Boolean || value == null
                ? String.valueOf(value)
                : "a " + value.getClass().getSimpleName();
    }

    private static String keys(Map<String, ?> map) {
        return map.keySet().stream().limit(10).toList() + (map.size() > 10 ? ", " + map.size() + " in all" : "");
    }

    private void problem(String path, String value, String expected) {
        String field = path.isEmpty() ? "event" : path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
        problems.add(new Problem(field, value, expected));
    }
}
