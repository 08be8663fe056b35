package io.github.multus4j.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.lifecycle.InvalidEventException;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.nodegroup.Problem;
import java.lang.reflect.Proxy;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;

/** Every text gives events or {@link InvalidEventException}, by the parser that callers have. */
@Timeout(300)
class EventTextFuzzTest {

    private static final int MUTATED = 200_000;
    private static final int REPHRASED = 100_000;

    /** As in the tests of multus-core: runs one case alone. */
    private static final String SEED = "multus.seed";

    private static final Multus MULTUS =
            Multus.using(untouched(Ec2Network.class), AwsLifecycle.over(untouched(AutoScalingClient.class)));

    /** Pieces of JSON, right and wrong, that a byte's change would hardly find. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u",
            "\\ud800",
            "\\u001b[31m",
            "\\u202e",
            "\n",
            "\u0085",
            "\u2028",
            "\u202e",
            "\ufeff",
            "\u0000",
            "/*",
            "//",
            "'",
            "null",
            "true",
            "NaN",
            "-",
            "1e999999999",
            "-1e-2147483649",
            "1E" + "9".repeat(30),
            "9".repeat(150),
            "0.1",
            "{}",
            "[[[[",
            "[".repeat(100),
            "{\"a\":".repeat(100),
            "\"Records\":[]",
            "\"Origin\":\"EC2\",",
            "\"" + "\\u001b".repeat(100) + "\":1,",
            "\"\\u202e\":1,\"\\u202e\":2,",
            "x".repeat(300),
            "\"" + "k".repeat(1_100) + "\":1,");

    private static final List<String> JSON_VALUES = List.of(
            "null",
            "true",
            "-0",
            "1e999999999",
            "9".repeat(90),
            "\"\\ud83d\\ude00\"",
            "\"\\u001b[31m\"",
            "[[],{},[1,\"a\"]]",
            "{\"Records\":{\"Records\":[]}}");

    private static final List<String> TEXTS = texts();

    private static <T> T untouched(Class<T> port) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    throw new AssertionError("reading an event called " + method);
                }));
    }

    private static List<String> texts() {
        Map<String, Object> message = map(
                "LifecycleActionToken", "87654321-4321-4321-4321-210987654321",
                "AutoScalingGroupName", "my-asg",
                "LifecycleHookName", "my-hook",
                "EC2InstanceId", "i-0123456789abcdef0",
                "LifecycleTransition", "autoscaling:EC2_INSTANCE_LAUNCHING",
                "Origin", "EC2",
                "Destination", "AutoScalingGroup");
        String launch = Json.write(message);
        String bridged = Json.write(map("detail-type", "EC2 Instance-launch Lifecycle Action", "detail", message));
        String test = Json.write(map("Event", "autoscaling:TEST_NOTIFICATION", "AutoScalingGroupName", "my-asg"));
        String topic = Json.write(map("MessageId", "sns-1", "Message", launch));
        return List.of(
                launch,
                bridged,
                test,
                topic,
                queue(launch),
                queue(bridged, test),
                queue(topic),
                Json.write(map("Records", List.of(map("Sns", map("MessageId", "m", "Message", bridged))))),
                queue(queue(launch), queue(topic, test)));
    }

    private static String queue(String... bodies) {
        return Json.write(map(
                "Records",
                List.of(bodies).stream()
                        .map(body -> map("messageId", "m", "body", body))
                        .toList()));
    }

    /** In this order: the same seed must give the same text. */
    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    @Test
    void events_mutatedText_isEventsOrInvalid() {
        int[] read = new int[1];
        forEachOf(MUTATED, random -> {
            String text = some(TEXTS, random);
            for (int i = random.nextInt(3); i >= 0; i--) {
                text = mutated(text, random);
            }
            if (isRead(text)) {
                read[0]++;
            }
        });
        if (Long.getLong(SEED) == null) {
            assertThat(read[0]).as("still readable").isBetween(MUTATED / 20, MUTATED / 2);
        }
    }

    @Test
    void events_rephrasedText_isTheSameEvents() {
        forEachOf(REPHRASED, random -> {
            String text = some(TEXTS, random);
            assertThat(MULTUS.events(rephrased(text, random))).isEqualTo(MULTUS.events(text));
        });
    }

    private static void forEachOf(int cases, Consumer<RandomGenerator> test) {
        Long only = Long.getLong(SEED);
        long first = only == null ? 0 : only;
        for (long seed = first; seed < (only == null ? cases : only + 1); seed++) {
            try {
                test.accept(new SplittableRandom(seed));
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + seed + " (again with -D" + SEED + "=" + seed + "): " + e, e);
            }
        }
    }

    private static String mutated(String text, RandomGenerator random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(20));
        int other = random.nextInt(text.length() + 1);
        return switch (random.nextInt(8)) {
            case 0 -> flipped(text, random);
            case 1 -> text.substring(0, at);
            case 2 -> text.substring(0, at) + text.substring(to);
            case 3 -> text.substring(0, to) + text.substring(at);
            case 4 -> text.substring(0, at) + (char) random.nextInt(0x10000) + text.substring(at);
            case 5 -> text.substring(0, other) + text.substring(at, to) + text.substring(other);
            case 6 -> text.substring(0, at) + random.nextInt() + text.substring(to);
            default -> text.substring(0, at) + some(PIECES, random) + text.substring(at);
        };
    }

    /** Flips one bit of the bytes; invalid UTF-8 is then decoded with replacement characters. */
    private static String flipped(String text, RandomGenerator random) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new String(bytes, UTF_8);
    }

    /** Space where JSON allows it, members that mean nothing, characters by their number. */
    private static String rephrased(String text, RandomGenerator random) {
        StringBuilder rephrased = new StringBuilder();
        boolean quoted = false;
        int members = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                rephrased.append(c).append(text.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
                rephrased.append(c);
            } else if (quoted) {
                if (random.nextInt(16) == 0) {
                    rephrased.append("\\u").append(HexFormat.of().toHexDigits(c));
                } else {
                    rephrased.append(c);
                }
            } else {
                rephrased.append(c);
                if (c == '{' && random.nextInt(4) == 0) {
                    rephrased
                            .append("\"x")
                            .append(members++)
                            .append("\":")
                            .append(some(JSON_VALUES, random))
                            .append(',');
                }
                rephrased.append(random.nextInt(4) == 0 ? " \r\n\t" : "");
            }
        }
        return rephrased.toString();
    }

    private static <T> T some(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }

    private static boolean isRead(String text) {
        List<LifecycleEvent> events;
        try {
            events = MULTUS.events(text);
        } catch (InvalidEventException e) {
            checkLoggable(e.getMessage(), 20_000);
            if (e.problems().isEmpty()) {
                throw new AssertionError("refused without a problem");
            }
            for (Problem problem : e.problems()) {
                if (problem.field().isEmpty()) {
                    throw new AssertionError("no field in " + problem);
                }
                checkLoggable(problem.toString(), 1_800);
            }
            return false;
        }
        for (LifecycleEvent event : events) {
            checkLoggable(event.toString(), 2_500);
        }
        return true;
    }

    private static void checkLoggable(String text, int longest) {
        if (text.length() > longest) {
            throw new AssertionError(text.length() + " characters: " + text.substring(0, 200));
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '\u007f' || c == '\u0085' || c == '\u2028' || c == '\u2029' || c == '\u202e') {
                throw new AssertionError(String.format("U+%04X in: %s", (int) c, text));
            }
        }
    }
}
