package io.github.multus4j.internal.lifecycle;

import static io.github.multus4j.internal.lifecycle.Events.destinationRecord;
import static io.github.multus4j.internal.lifecycle.Events.detail;
import static io.github.multus4j.internal.lifecycle.Events.eventBridge;
import static io.github.multus4j.internal.lifecycle.Events.json;
import static io.github.multus4j.internal.lifecycle.Events.map;
import static io.github.multus4j.internal.lifecycle.Events.received;
import static io.github.multus4j.internal.lifecycle.Events.snsEnvelope;
import static io.github.multus4j.internal.lifecycle.Events.snsRecord;
import static io.github.multus4j.internal.lifecycle.Events.sqsRecord;
import static io.github.multus4j.internal.lifecycle.Events.testNotification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Readable events in every shape: each message, in each envelope, nested, alone or in a batch. */
final class EventGenerator {

    private static final List<String> PLACES = List.of("EC2", "AutoScalingGroup", "WarmPool");

    private final RandomGenerator random;

    EventGenerator(RandomGenerator random) {
        this.random = random;
    }

    Map<String, Object> event() {
        return event(random.nextInt(4));
    }

    private Map<String, Object> event(int wrappings) {
        if (wrappings == 0) {
            return message();
        }
        return switch (random.nextInt(6)) {
            case 0 -> snsEnvelope(packed(event(wrappings - 1)));
            case 3 -> destinationRecord(packed(event(wrappings - 1)));
            case 4 -> received("m-1", packed(event(wrappings - 1)));
            case 1 -> map("Records", new ArrayList<>(List.of(sqsRecord("m-1", packed(event(wrappings - 1))))));
            case 2 -> map("Records", new ArrayList<>(List.of(snsRecord(packed(event(wrappings - 1))))));
            default -> batch(wrappings - 1);
        };
    }

    private Map<String, Object> batch(int wrappings) {
        List<Object> batch = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            batch.add(
                    random.nextBoolean()
                            ? sqsRecord("m-" + i, packed(event(wrappings)))
                            : snsRecord(packed(event(wrappings))));
        }
        return map("Records", batch);
    }

    /**
     * As text, like AWS; or, more often because it is cheaper, as a map, like callers that have
     * parsed it already.
     */
    private Object packed(Map<String, Object> event) {
        return random.nextInt(4) == 0 ? json(event) : event;
    }

    private Map<String, Object> message() {
        return switch (random.nextInt(6)) {
            case 0 -> testNotification();
            case 1 -> eventBridge("EC2 Instance Launch Successful", map("EC2InstanceId", Events.NODE));
            case 2 -> flat("RETAINED");
            case 3 -> flat(random.nextBoolean() ? "LAUNCHING" : "TERMINATING");
            case 4 -> eventBridge("EC2 Instance-terminate Lifecycle Action", flat("TERMINATING"));
            default -> eventBridge("EC2 Instance-launch Lifecycle Action", flat("LAUNCHING"));
        };
    }

    private Map<String, Object> flat(String transition) {
        return detail(transition, place(), place());
    }

    private String place() {
        return PLACES.get(random.nextInt(PLACES.size()));
    }
}
