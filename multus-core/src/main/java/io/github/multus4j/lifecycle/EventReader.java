package io.github.multus4j.lifecycle;

import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages of EC2 Auto Scaling in what a caller was handed: an EventBridge envelope, the flat body that goes to SQS, an SNS
 * envelope, Lambda's {@code Records[]} of either, and these in each other, as maps or as JSON text.
 */
final class EventReader {

    private static final String LAUNCHING = "autoscaling:EC2_INSTANCE_LAUNCHING";
    private static final String TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING";
    private static final String TEST = "autoscaling:TEST_NOTIFICATION";
    private static final String LAUNCH_DETAIL = "EC2 Instance-launch Lifecycle Action";
    private static final String TERMINATE_DETAIL = "EC2 Instance-terminate Lifecycle Action";

    private static final int DEEPEST = 8;
    private static final int MOST_RECORDS = 10_000; // the largest batch that Lambda takes from SQS

    static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9A-Za-z-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z-]{36}");
    private static final Pattern HOOK = Pattern.compile("[A-Za-z0-9\\-_/]{1,255}");
    /** The API's pattern, without what ends or turns a line in a log. */
    private static final Pattern GROUP =
            Pattern.compile("[\\u0020-\\uD7FF\\uE000-\\uFFFD&&[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]]{1,255}");

    private static final Pattern TRANSITION = Pattern.compile("[ -~]{1,255}");
    private static final Pattern WORD = Pattern.compile("[ -~]{0,64}");
    private static final Pattern MESSAGE_ID = Pattern.compile("[ -~]{1,128}");

    private final Function<String, Map<String, Object>> json;
    private final List<LifecycleEvent> events = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int records;

    EventReader(Function<String, Map<String, Object>> json) {
        this.json = json;
    }

    /** All messages in the event, in order. */
    List<LifecycleEvent> read(Map<String, ?> event) {
        unwrap(event, "", "", 0);
        if (!problems.isEmpty()) {
            throw new InvalidEventException(problems);
        }
        return List.copyOf(events);
    }

    private void unwrap(Map<String, ?> map, String path, String messageId, int depth) {
        if (depth > DEEPEST) {
            problem(path, "…", "events are nested at most " + DEEPEST + " deep");
        } else if (map.get("Records") instanceof List<?> records) {
            unwrapRecords(records, path + "Records", depth);
        } else if (map.containsKey("detail-type")) {
            envelope(map, path, messageId);
        } else if (map.containsKey("LifecycleTransition") || map.containsKey("Event")) {
            message(map, path, messageId);
        } else if (map.containsKey("Message")) {
            nested(map.get("Message"), path + "Message", id(map, "MessageId", messageId), depth);
        } else {
            problem(
                    path,
                    keys(map),
                    "expected an event of EC2 Auto Scaling: with 'detail-type' (EventBridge), 'LifecycleTransition' (SQS),"
                            + " 'Message' (SNS) or 'Records' (Lambda)");
        }
    }

    private void unwrapRecords(List<?> batch, String path, int depth) {
        if (batch.size() > MOST_RECORDS - records) {
            problem(path, batch.size() + " records", "at most " + MOST_RECORDS + " in all");
            return;
        }
        records += batch.size();
        for (int i = 0; i < batch.size(); i++) {
            String at = path + "[" + i + "]";
            Map<String, Object> entry = asMap(batch.get(i), at);
            if (entry == null) {
                continue;
            }
            if (entry.containsKey("body")) {
                nested(entry.get("body"), at + ".body", id(entry, "messageId", ""), depth);
            } else if (entry.containsKey("Sns")) {
                Map<String, Object> sns = asMap(entry.get("Sns"), at + ".Sns");
                if (sns != null) {
                    unwrap(sns, at + ".Sns.", "", depth + 1);
                }
            } else {
                problem(at, keys(entry), "expected a record of SQS (with 'body') or of SNS (with 'Sns')");
            }
        }
    }

    private static String id(Map<String, ?> map, String key, String otherwise) {
        boolean known = !otherwise.isEmpty();
        return !known
                        && map.get(key) instanceof String id
                        && MESSAGE_ID.matcher(id).matches()
                ? id
                : otherwise;
    }

    private void nested(@Nullable Object value, String path, String messageId, int depth) {
        Map<String, Object> map = null;
        if (value instanceof String text) {
            try {
                map = json.apply(text);
            } catch (IllegalArgumentException e) {
                problem(path, text, "expected a JSON object: " + e.getMessage());
                return;
            }
        } else {
            map = asMap(value, path);
        }
        if (map != null) {
            unwrap(map, path + ".", messageId, depth + 1);
        }
    }

    private void envelope(Map<String, ?> map, String path, String messageId) {
        Object detailType = map.get("detail-type");
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
                text(map, path, "LifecycleHookName", HOOK, "the lifecycle hook's name"),
                text(map, path, "LifecycleActionToken", TOKEN, "a token of 36 characters"),
                text(map, path, "EC2InstanceId", INSTANCE_ID, "an instance id like i-0123456789abcdef0"));
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
            @SuppressWarnings("unchecked") // all keys were just seen to be strings
            Map<String, Object> typed = (Map<String, Object>) map;
            return typed;
        }
        problem(path, shown(value), value == null ? "missing; expected a JSON object" : "expected a JSON object");
        return null;
    }

    /** A value for a message. What is in a list or an object is not printed: it may be as large or as deep as it likes. */
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
