package io.github.multus4j.ec2;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The beginning of a long list or text, for messages, warnings and log lines: the first items, and
 * the number of the others. CloudWatch Logs takes log events of up to 256 KB (<a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html">quotas</a>),
 * and nobody reads that many.
 */
public final class Excerpt {

    /** The number of items that are shown. */
    public static final int ITEMS = 20;

    /** The number of characters of a text that are shown. */
    public static final int CHARACTERS = 2_000;

    private Excerpt() {}

    /** The first items as text, and {@code … and 4,980 more} if there are more. */
    public static List<String> of(Collection<?> items) {
        List<String> shown = new ArrayList<>();
        items.stream().limit(ITEMS).map(String::valueOf).map(Excerpt::of).forEach(shown::add);
        if (items.size() > ITEMS) {
            shown.add(more(items.size() - ITEMS));
        }
        return List.copyOf(shown);
    }

    /** As {@link #of(Collection)}, joined. */
    public static String joined(Collection<?> items, String separator) {
        return String.join(separator, of(items));
    }

    /** The text, or its first 2,000 characters and its length. */
    public static String of(String text) {
        return of(text, CHARACTERS);
    }

    /** The text, or its first characters and its length. No character is cut in half. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }

    /** The text in place of the items that are not shown. */
    public static String more(int count) {
        return String.format(Locale.ROOT, "… and %,d more", count);
    }

    /**
     * Puts the first objects of a list into a map for JSON. If there are more, adds their number as
     * {@code KEYNotShown}.
     */
    public static void put(Map<String, Object> map, String key, List<Map<String, Object>> objects, int most) {
        map.put(key, objects.size() <= most ? objects : List.copyOf(objects.subList(0, most)));
        if (objects.size() > most) {
            map.put(key + "NotShown", objects.size() - most);
        }
    }
}
