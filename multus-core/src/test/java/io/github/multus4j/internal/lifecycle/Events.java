package io.github.multus4j.internal.lifecycle;

import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.lifecycle.LifecycleEvent;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events as AWS sends them, and a reader without other dependencies. */
final class Events {

    static final String NODE = "i-0123456789abcdef0";
    static final String TOKEN = "87654321-4321-4321-4321-210987654321";

    private static final Multus MULTUS = Multus.using(
            (Ec2Network) Proxy.newProxyInstance(
                    Ec2Network.class.getClassLoader(),
                    new Class<?>[] {Ec2Network.class},
                    (proxy, method, arguments) -> {
                        throw new AssertionError("reading an event called " + method);
                    }),
            new LifecycleActions() {
                @Override
                public boolean complete(LifecycleAction action, LifecycleAction.Result result, Deadline deadline) {
                    throw new AssertionError("reading an event completed " + action);
                }

                @Override
                public boolean heartbeat(LifecycleAction action, Deadline deadline) {
                    throw new AssertionError("reading an event kept up " + action);
                }

                @Override
                public Map<String, Object> readJson(String text) {
                    return TestJson.read(text);
                }
            });

    private Events() {}

    static List<LifecycleEvent> read(Map<String, ?> event) {
        return MULTUS.events(event);
    }

    static List<LifecycleEvent> read(String json) {
        return MULTUS.events(json);
    }

    static List<LifecycleEvent> read(List<?> batch) {
        return MULTUS.events(batch);
    }

    /** A mutable map. */
    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    static Map<String, Object> detail(String transition, String origin, String destination) {
        return map(
                "LifecycleActionToken",
                TOKEN,
                "AutoScalingGroupName",
                "my-asg",
                "LifecycleHookName",
                "my-hook",
                "EC2InstanceId",
                NODE,
                "LifecycleTransition",
                "autoscaling:EC2_INSTANCE_" + transition,
                "NotificationMetadata",
                "additional-info",
                "Origin",
                origin,
                "Destination",
                destination);
    }

    static Map<String, Object> eventBridge(String detailType, Map<String, Object> detail) {
        return map(
                "version", "0",
                "id", "12345678-1234-1234-1234-123456789012",
                "detail-type", detailType,
                "source", "aws.autoscaling",
                "account", "123456789012",
                "time", "2026-01-01T00:00:00Z",
                "region", "us-east-1",
                "resources", List.of("arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:x"),
                "detail", detail);
    }

    static Map<String, Object> launch() {
        return eventBridge("EC2 Instance-launch Lifecycle Action", detail("LAUNCHING", "EC2", "AutoScalingGroup"));
    }

    /** A message of EC2 Auto Scaling to SQS and SNS. */
    static Map<String, Object> flat() {
        Map<String, Object> flat = detail("LAUNCHING", "EC2", "AutoScalingGroup");
        flat.putAll(map(
                "AccountId", "123456789012",
                "RequestId", "req-1",
                "Service", "AWS Auto Scaling",
                "Time", "2026-01-01T00:00:00.000Z"));
        return flat;
    }

    static Map<String, Object> testNotification() {
        return map(
                "AccountId", "123456789012",
                "RequestId", "req-1",
                "AutoScalingGroupARN", "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:x",
                "AutoScalingGroupName", "my-asg",
                "Service", "AWS Auto Scaling",
                "Event", "autoscaling:TEST_NOTIFICATION",
                "Time", "2026-01-01T00:00:00.000Z");
    }

    static Map<String, Object> snsEnvelope(Object message) {
        return map(
                "Type", "Notification",
                "MessageId", "sns-id-1",
                "TopicArn", "arn:aws:sns:us-east-1:123456789012:x",
                "Subject", "Auto Scaling:  Lifecycle action 'LAUNCHING'",
                "Message", message,
                "Timestamp", "2026-01-01T00:00:00.000Z");
    }

    static Map<String, Object> sqsRecord(String id, Object body) {
        return map("messageId", id, "receiptHandle", "h", "body", body, "eventSource", "aws:sqs");
    }

    static Map<String, Object> snsRecord(Object message) {
        return map("EventSource", "aws:sns", "EventVersion", "1.0", "Sns", snsEnvelope(message));
    }

    /** A record of Lambda to a destination after the last attempt of an asynchronous invocation. */
    static Map<String, Object> destinationRecord(Object payload) {
        return map(
                "version",
                "1.0",
                "timestamp",
                "2026-01-01T00:05:00.000Z",
                "requestContext",
                map("requestId", "q", "functionArn", "arn", "condition", "RetriesExhausted"),
                "requestPayload",
                payload,
                "responseContext",
                map("statusCode", 200, "functionError", "Unhandled"),
                "responsePayload",
                map("errorMessage", "failed " + NODE, "Records", List.of("not to be read")));
    }

    /** The answer of SQS's ReceiveMessage, as {@code aws sqs receive-message} prints it. */
    static Map<String, Object> received(String id, Object body) {
        return map("Messages", List.of(map("MessageId", id, "ReceiptHandle", "h", "MD5OfBody", "x", "Body", body)));
    }

    static Map<String, Object> records(Object... records) {
        return map("Records", List.of(records));
    }

    static String json(Object value) {
        return TestJson.write(value);
    }
}
