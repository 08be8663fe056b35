package io.github.multus4j.deploy.lambda;

import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a log line below the 256 KB of CloudWatch Logs. A longer line would be split, so that
 * filters and metrics miss it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html">CloudWatch
 *     Logs quotas</a>
 */
final class LogLimit {

    /** Leaves room for the ids and the metrics of the line. */
    static final int MAX_BYTES = 200 * 1024;

    /**
     * How many items of each list are kept, and a hundred times as many characters of each text.
     */
    private static final List<Integer> STEPS = List.of(20, 10, 5, 2, 1);

    private LogLimit() {}

    /** The facts, with lists and texts cut until they fit. */
    static Map<String, Object> fitting(Map<String, Object> facts) {
        Map<String, Object> fitting = facts;
        for (int most : STEPS) {
            if (Json.write(fitting).getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
                return fitting;
            }
            fitting = cut(facts, most);
        }
        return fitting;
    }

    private static Map<String, Object> cut(Map<?, ?> map, int most) {
        Map<String, Object> cut = new LinkedHashMap<>();
        map.forEach((key, value) -> cut.put(String.valueOf(key), cutValue(value, most)));
        return cut;
    }

    /** Nulls stay: JSON has them. */
    @SuppressWarnings("NullAway")
    private static Object cutValue(@Nullable Object value, int most) {
        if (value instanceof Map<?, ?> map) {
            return cut(map, most);
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.stream().limit(most).forEach(item -> items.add(cutValue(item, most)));
            if (list.size() > most) {
                items.add(Excerpt.more(list.size() - most));
            }
            return items;
        }
        return value instanceof String text ? Excerpt.of(text, 100 * most) : value;
    }
}
