package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.rule.RequestRule;
import io.github.multus4j.testkit.internal.state.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts listings into pages. A token holds the last item of its page, so that changes between two
 * pages shift nothing, and the time that the listing shows.
 */
final class Pager {

    private final World world;
    private final int maximum;

    Pager(World world, int maximum) {
        this.world = world;
        this.maximum = maximum;
    }

    /** Checks the request before any look-up. */
    void check(Page page, boolean byId, String idParameter) {
        Integer size = page.maxResults();
        if (size != null && byId) {
            throw RequestRule.PAGE_WITH_IDS.error(
                    "The parameter " + idParameter + " cannot be used with the parameter MaxResults");
        }
        if (size != null && (size < 5 || size > maximum)) {
            throw RequestRule.PAGE_SIZE_OUT_OF_RANGE.error("Value ( " + size + " ) for parameter maxResults is invalid."
                    + (size < 5
                            ? " Expecting a value greater than 5."
                            : " Expecting a value less than " + maximum + "."));
        }
    }

    /**
     * The start of a page.
     *
     * @param mark ties a token to its listing
     * @param page the request
     * @param after the place after which it begins
     * @param afterEmptyPage whether an empty page was before it
     * @param timeShown the time that the listing shows; null for the present
     */
    record Start(
            String mark,
            Page page,
            long after,
            boolean afterEmptyPage,
            @Nullable Instant timeShown) {

        private Start goingOn(long last, boolean empty) {
            return new Start(mark, page, last, empty, timeShown);
        }

        private String token() {
            String text = mark + ":" + after + ":" + afterEmptyPage + ":" + (timeShown == null ? "" : timeShown);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The start of a page. A new listing shows the given time, later pages the time of the first.
     */
    Start start(Action action, Object query, Page page, Supplier<@Nullable Instant> timeShown) {
        String mark = action + ":" + Integer.toHexString(query.hashCode());
        String token = page.nextToken();
        if (token == null) {
            return new Start(mark, page, 0, false, timeShown.get());
        }
        return read(token, mark, page)
                .orElseThrow(() -> RequestRule.PAGE_TOKEN_UNKNOWN.error("The token '" + token + "' is invalid"));
    }

    /** The page of all matching items, in ascending order, in the present. */
    <T, R> Listing<R> cut(
            Action action, Object query, List<T> matching, ToLongFunction<T> order, Page page, Function<T, R> shown) {
        return cut(start(action, query, page, () -> null), matching, order, shown);
    }

    /** The page of all matching items, in ascending order. */
    <T, R> Listing<R> cut(Start start, List<T> matching, ToLongFunction<T> order, Function<T, R> shown) {
        Page page = start.page();
        if (world.behaviour.emptyPages && page.maxResults() != null && !start.afterEmptyPage()) {
            return new Listing<>(List.of(), start.goingOn(start.after(), true).token());
        }
        int size = page.maxResults() == null
                ? (page.nextToken() == null ? Integer.MAX_VALUE : maximum)
                : page.maxResults();
        List<R> items = new ArrayList<>();
        long last = start.after();
        for (T thing : matching) {
            if (order.applyAsLong(thing) <= start.after()) {
                continue;
            }
            if (items.size() == size) {
                return new Listing<>(items, start.goingOn(last, false).token());
            }
            items.add(shown.apply(thing));
            last = order.applyAsLong(thing);
        }
        return new Listing<>(items, null);
    }

    private static Optional<Start> read(String token, String mark, Page page) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (!text.startsWith(mark + ":")) {
                return Optional.empty();
            }
            String[] parts = text.substring(mark.length() + 1).split(":", 3);
            Instant timeShown = parts[2].isEmpty() ? null : Instant.parse(parts[2]);
            return Optional.of(
                    new Start(mark, page, Long.parseLong(parts[0]), Boolean.parseBoolean(parts[1]), timeShown));
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
