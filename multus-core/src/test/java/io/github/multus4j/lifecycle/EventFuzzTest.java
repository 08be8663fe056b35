package io.github.multus4j.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Seeds;
import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever comes, it is events or {@link InvalidEventException}. */
class EventFuzzTest {

    private static final int CASES = 20_000;

    private static final List<Object> VALUES = Arrays.asList(
            null,
            "",
            " ",
            "\n",
            "\u0000\u202e\u2028",
            "\ud800",
            "{}",
            "{\"Records\":[]}",
            "[",
            "x".repeat(10_000),
            "WarmPool",
            "autoscaling:TEST_NOTIFICATION",
            "autoscaling:EC2_INSTANCE_TERMINATING",
            "i-1",
            -1L,
            Long.MAX_VALUE,
            Double.NaN,
            true,
            List.of(),
            List.of(List.of()),
            Map.of(),
            Map.of("Message", "{}"),
            Map.of(7, "not a text as key"));

    private static final List<String> KEYS = List.of(
            "Records",
            "body",
            "Sns",
            "Message",
            "MessageId",
            "messageId",
            "detail",
            "detail-type",
            "Event",
            "LifecycleTransition",
            "EC2InstanceId",
            "LifecycleActionToken",
            "LifecycleHookName",
            "AutoScalingGroupName",
            "Origin",
            "Destination",
            "",
            "\n");

    @Test
    void events_mutatedMaps_areEventsOrInvalid() {
        int[] counts = new int[2];
        Seeds.forEachOf(CASES, random -> {
            Map<String, Object> event = copy(some(random));
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutate(event, random);
            }
            counts[isRead(() -> Events.read(event)) ? 0 : 1]++;
        });
        if (!Seeds.areReplayed()) {
            assertThat(counts[0]).as("still readable").isGreaterThan(CASES / 20);
            assertThat(counts[1]).as("not readable").isGreaterThan(CASES / 20);
        }
    }

    @Test
    void events_mutatedText_isEventsOrInvalid() {
        Seeds.forEachOf(CASES / 4, random -> {
            StringBuilder text = new StringBuilder(Events.json(some(random)));
            String letters = "{}[]\",:\\u0 ";
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
                    case 1 -> text.insert(at, letters.charAt(random.nextInt(letters.length())));
                    case 2 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(20)));
                    default -> text.setCharAt(at, (char) random.nextInt(0x10000));
                }
            }
            isRead(() -> Events.read(text.toString()));
        });
    }

    private interface Reading {

        List<LifecycleEvent> read();
    }

    private static boolean isRead(Reading reading) {
        try {
            assertThat(reading.read()).allSatisfy(event -> {
                assertThat(event.toString()).matches("[\\x20-\\x7e\\u00a0-\\ud7ff\\ue000-\\uffff…]*");
                assertThat(event.action() == null).isEqualTo(event.kind() == LifecycleEvent.Kind.OTHER);
            });
            return true;
        } catch (InvalidEventException e) {
            assertThat(e.problems()).isNotEmpty();
            for (Problem problem : e.problems()) {
                assertThat(problem.field()).isNotEmpty().doesNotContain("\n").hasSizeLessThan(600);
                assertThat(problem.value())
                        .doesNotContain("\n", "\u202e", "\u2028")
                        .hasSizeLessThan(600);
            }
            return false;
        }
    }

    private static Map<String, Object> some(RandomGenerator random) {
        List<Map<String, Object>> shapes = EventShapesTest.shapesOfOneLaunch();
        List<Map<String, Object>> tests = EventShapesTest.testNotifications();
        return random.nextInt(5) > 0
                ? shapes.get(random.nextInt(shapes.size()))
                : tests.get(random.nextInt(tests.size()));
    }

    /** With maps and lists that may be changed, and text that was JSON often taken apart so that it is changed inside. */
    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), copyOf(value)));
        return copy;
    }

    private static Object copyOf(Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(copyOf(item)));
            return copy;
        }
        return value instanceof String text && text.startsWith("{") ? copy(TestJson.read(text)) : value;
    }

    private static void mutate(Map<String, Object> map, RandomGenerator random) {
        List<String> keys = new ArrayList<>(map.keySet());
        if (keys.isEmpty()) {
            return;
        }
        String key = keys.get(random.nextInt(keys.size()));
        Object value = map.get(key);
        if (random.nextInt(3) > 0 && descend(value, random)) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> map.remove(key);
            case 1 -> map.put(KEYS.get(random.nextInt(KEYS.size())), map.remove(key));
            case 2 -> map.put(KEYS.get(random.nextInt(KEYS.size())), VALUES.get(random.nextInt(VALUES.size())));
            case 3 -> map.put(key, Map.of(KEYS.get(random.nextInt(KEYS.size())), value == null ? "" : value));
            case 4 -> map.put("Records", new ArrayList<>(Arrays.asList(value, copy(map), map.get("detail"))));
            default -> map.put(key, VALUES.get(random.nextInt(VALUES.size())));
        }
    }

    private static boolean descend(Object value, RandomGenerator random) {
        if (value instanceof LinkedHashMap<?, ?> nested) {
            @SuppressWarnings("unchecked") // made by copy()
            Map<String, Object> typed = (Map<String, Object>) nested;
            mutate(typed, random);
            return true;
        }
        return value instanceof List<?> list
                && !list.isEmpty()
                && descend(list.get(random.nextInt(list.size())), random);
    }
}
