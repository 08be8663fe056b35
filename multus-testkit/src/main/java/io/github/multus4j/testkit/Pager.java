package io.github.multus4j.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Cuts listings into pages. A token says after which thing the next page begins, so what is made or deleted between two pages shifts nothing.
 */
final class Pager {

    private final World world;
    private final int maximum;

    Pager(World world, int maximum) {
        this.world = world;
        this.maximum = maximum;
    }

    /** Checks what is asked for, before anything is looked up. */
    void check(Page page, boolean byId, String idParameter) {
        Integer size = page.maxResults();
        if (size != null && byId) {
            throw RequestRule.PAGE_WITH_IDS.error(
                    "The parameter " + idParameter + " cannot be used with the parameter MaxResults");
        }
        if (size != null && (size < 5 || size > maximum)) {
            throw RequestRule.PAGE_SIZE_OUT_OF_RANGE.error("Value ( " + size
                    + " ) for parameter maxResults is invalid. Expecting a value between 5 and " + maximum + ".");
        }
    }

    /** The page of all that matches, whose order is ascending. */
    <T, R> Listing<R> cut(
            Action action, Object query, List<T> matching, ToLongFunction<T> order, Page page, Function<T, R> shown) {
        String token = page.nextToken();
        String mark = action + ":" + Integer.toHexString(query.hashCode());
        long after = 0;
        boolean emptyFirst = world.behaviour.hasEmptyPages() && page.maxResults() != null;
        if (token != null) {
            Position position = read(token, mark)
                    .orElseThrow(() -> RequestRule.PAGE_TOKEN_UNKNOWN.error("The token '" + token + "' is invalid"));
            after = position.after();
            emptyFirst &= !position.afterEmptyPage();
        }
        if (emptyFirst) {
            return new Listing<>(List.of(), write(mark, new Position(after, true)));
        }
        int size = page.maxResults() == null ? (token == null ? Integer.MAX_VALUE : maximum) : page.maxResults();
        List<R> items = new ArrayList<>();
        long last = after;
        for (T thing : matching) {
            if (order.applyAsLong(thing) <= after) {
                continue;
            }
            if (items.size() == size) {
                return new Listing<>(items, write(mark, new Position(last, false)));
            }
            items.add(shown.apply(thing));
            last = order.applyAsLong(thing);
        }
        return new Listing<>(items, null);
    }

    private record Position(long after, boolean afterEmptyPage) {}

    private static String write(String mark, Position position) {
        String text = mark + ":" + position.after() + ":" + position.afterEmptyPage();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Position> read(String token, String mark) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (!text.startsWith(mark + ":")) {
                return Optional.empty();
            }
            String[] parts = text.substring(mark.length() + 1).split(":", -1);
            return Optional.of(new Position(Long.parseLong(parts[0]), Boolean.parseBoolean(parts[1])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
