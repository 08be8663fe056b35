package io.github.multus4j.internal.lifecycle;

import io.github.multus4j.lifecycle.LifecycleEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Changes an event at random places, in JSON text too. It changes a copy, never its argument. */
final class EventMutator {

    /** The keys with a meaning; all others may hold any value. */
    private static final List<String> KEYS = List.of(
            "Records",
            "body",
            "Sns",
            "Message",
            "requestPayload",
            "Messages",
            "Body",
            "Input",
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
            "Destination");

    private static final List<String> OTHER_KEYS = List.of(
            "",
            "\n",
            "\u202e",
            "\ud800",
            "records",
            "Detail-Type",
            "detail-type ",
            "x",
            "y".repeat(1_000),
            "__proto__");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\n",
            "\u0000\u202e\u2028",
            "\ud800",
            "\ud83d\ude00",
            "\u0130",
            "\u0661",
            "{}",
            "{\"Records\":[]}",
            "{\"a\":",
            "[",
            "null",
            "x".repeat(256),
            "x".repeat(3_000),
            "\ud83d\ude00".repeat(1_000),
            "{\"Message\":".repeat(100),
            "WarmPool",
            "autoscaling:TEST_NOTIFICATION",
            "autoscaling:EC2_INSTANCE_LAUNCHING",
            "autoscaling:EC2_INSTANCE_TERMINATING",
            "EC2 Instance-launch Lifecycle Action",
            "i-1");

    private static final List<Object> JSON_VALUES =
            Arrays.asList(null, Long.MAX_VALUE, true, List.of(), Map.of("Message", Map.of()), nested(12));

    private static final List<Object> OTHER_VALUES = Arrays.asList(
            null,
            -1L,
            Double.NaN,
            BigInteger.TEN.pow(500),
            new BigDecimal("1e2000000000"),
            'c',
            new byte[1],
            Optional.empty(),
            LifecycleEvent.Kind.LAUNCH,
            List.of(),
            List.of(List.of()),
            Arrays.asList(null, null),
            Map.of(),
            Map.of("Message", "{}"),
            Map.of(7, "not a text as key"),
            Collections.singletonMap(null, null),
            nested(200));

    private final RandomGenerator random;

    EventMutator(RandomGenerator random) {
        this.random = random;
    }

    /** Changed at one to three places, in any way. */
    Map<String, Object> mutated(Map<String, Object> event) {
        Map<String, Object> copy = copy(event);
        for (int i = random.nextInt(3); i >= 0; i--) {
            at(copy, this::mutate);
        }
        return copy;
    }

    /** Changed at one to three places in ways that must not change the result. */
    Map<String, Object> rephrased(Map<String, Object> event) {
        Map<String, Object> copy = copy(event);
        for (int i = random.nextInt(3); i >= 0; i--) {
            at(copy, this::rephrase);
        }
        return copy;
    }

    private interface Change {

        void in(Map<String, Object> map);
    }

    /** Walks a random path, through lists and text, and changes the map at its end. */
    private void at(Map<String, Object> map, Change change) {
        List<String> inner = map.keySet().stream()
                .filter(key -> KEYS.contains(key) && isInner(map.get(key)))
                .toList();
        if (inner.isEmpty() || random.nextInt(4) == 0) {
            change.in(map);
            return;
        }
        String key = inner.get(random.nextInt(inner.size()));
        map.put(key, within(map.get(key), change));
    }

    private static boolean isInner(Object value) {
        return value instanceof LinkedHashMap<?, ?>
                || (value instanceof ArrayList<?> list && !list.isEmpty())
                || (value instanceof String text && text.startsWith("{\"") && text.endsWith("}"));
    }

    private Object within(Object value, Change change) {
        if (value instanceof LinkedHashMap<?, ?> map) {
            at(typed(map), change);
            return map;
        }
        if (value instanceof ArrayList<?> list) {
            List<Object> items = new ArrayList<>(list);
            int index = random.nextInt(items.size());
            if (isInner(items.get(index))) {
                items.set(index, within(items.get(index), change));
            }
            return items;
        }
        if (value instanceof String text && isInner(text)) {
            Map<String, Object> read;
            try {
                read = TestJson.read(text);
            } catch (IllegalArgumentException e) {
                // Text that an earlier change has broken stays as it is.
                return value;
            }
            at(read, change);
            return random.nextInt(4) > 0 ? TestJson.write(read) : read;
        }
        return value;
    }

    private void rephrase(Map<String, Object> map) {
        switch (random.nextInt(4)) {
            case 0 -> map.put(some(OTHER_KEYS), some(TEXTS));
            case 1 -> map.put(some(OTHER_KEYS), some(JSON_VALUES));
            case 2 ->
                map.keySet().stream()
                        .filter(key -> !KEYS.contains(key))
                        .toList()
                        .forEach(random.nextBoolean() ? map::remove : key -> map.put(key, some(JSON_VALUES)));
            default -> {
                List<String> keys = new ArrayList<>(map.keySet());
                Collections.reverse(keys);
                keys.forEach(key -> map.put(key, map.remove(key)));
            }
        }
    }

    private void mutate(Map<String, Object> map) {
        List<String> keys = map.keySet().stream().filter(KEYS::contains).toList();
        if (keys.isEmpty()) {
            rephrase(map);
            return;
        }
        String key = some(keys);
        Object value = map.get(key);
        switch (random.nextInt(10)) {
            case 0 -> map.remove(key);
            case 1 -> map.put(some(KEYS), map.remove(key)); // renamed
            case 2 -> map.put(some(KEYS), value); // doubled
            case 3 -> map.put(key, someValue());
            case 4 -> map.put(key, value instanceof String text ? mutatedText(text) : some(TEXTS));
            case 5 -> map.put(some(KEYS), someValue());
            case 6 -> {
                Map<String, Object> around = new LinkedHashMap<>();
                around.put(some(KEYS), value);
                map.put(key, around);
            }
            case 7 -> map.put("Records", new ArrayList<>(Arrays.asList(value, copy(map), map.get("detail"))));
            case 8 -> map.put(key, new ArrayList<>(Collections.nCopies(random.nextInt(40), value)));
            default -> rephrase(map);
        }
    }

    private String mutatedText(String text) {
        int at = random.nextInt(text.length() + 1);
        String from = text.substring(0, at);
        String rest = text.substring(at);
        return switch (random.nextInt(6)) {
            case 0 -> from;
            case 1 -> rest;
            case 2 -> from + some(TEXTS) + rest;
            case 3 -> from + (char) random.nextInt(0x10000) + rest;
            case 4 -> rest + from;
            default -> some(TEXTS);
        };
    }

    private Object someValue() {
        return switch (random.nextInt(3)) {
            case 0 -> some(TEXTS);
            case 1 -> some(JSON_VALUES);
            default -> some(OTHER_VALUES);
        };
    }

    private <T> T some(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** With maps and lists that may be changed. */
    private static Map<String, Object> copy(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, copyOf(value)));
        return copy;
    }

    private static Object copyOf(Object value) {
        if (value instanceof LinkedHashMap<?, ?> map) {
            return copy(typed(map));
        }
        if (value instanceof ArrayList<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(copyOf(item)));
            return copy;
        }
        return value;
    }

    @SuppressWarnings("unchecked") // every LinkedHashMap in an event was made with text as keys
    private static Map<String, Object> typed(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    /** Maps of a kind that is not changed inside, so that they are passed on unchanged. */
    private static Map<String, Object> nested(int levels) {
        Map<String, Object> nested = Map.of("Message", "deep");
        for (int i = 1; i < levels; i++) {
            nested = Map.of("Message", nested);
        }
        return nested;
    }
}
