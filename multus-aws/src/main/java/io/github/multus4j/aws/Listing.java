package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a listing to its last page. The end is a page without a token, not one without items; a
 * token that comes twice would never end. When EC2 no longer knows a token, the listing starts
 * over.
 */
final class Listing {

    private static final int RESTARTS = 2;

    private Listing() {}

    /** A page of items, and the token of the next page; null or empty on the last one. */
    record Page<T>(List<T> items, @Nullable String nextToken) {}

    /**
     * All items of all pages.
     *
     * @param page reads one page; is given null for the first
     */
    static <T> List<T> all(String action, Function<@Nullable String, Page<T>> page) {
        for (int restarts = 0; ; restarts++) {
            try {
                return once(action, page);
            } catch (Ec2Exception e) {
                if (e.kind() != Kind.LISTING_EXPIRED || restarts == RESTARTS) {
                    throw e;
                }
            }
        }
    }

    /** The items of several listings, each id once, in the order in which it was first met. */
    static <T> List<T> union(List<List<T>> listings, Function<T, String> id) {
        Map<String, T> byId = new LinkedHashMap<>();
        listings.forEach(listing -> listing.forEach(item -> byId.putIfAbsent(id.apply(item), item)));
        return List.copyOf(byId.values());
    }

    private static <T> List<T> once(String action, Function<@Nullable String, Page<T>> reader) {
        List<T> items = new ArrayList<>();
        Set<String> tokens = new HashSet<>();
        String token = null;
        while (true) {
            Page<T> page = reader.apply(token);
            items.addAll(page.items());
            token = page.nextToken();
            if (token == null || token.isEmpty()) {
                return items;
            }
            if (!tokens.add(token)) {
                throw new Ec2Exception(
                        Kind.INVALID,
                        action,
                        "RepeatedNextToken",
                        "the listing does not end: page " + (tokens.size() + 1)
                                + " points to a page that was read before");
            }
        }
    }
}
