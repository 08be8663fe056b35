package io.github.multus4j.testkit.internal.state;

import java.time.Instant;

/**
 * An item as listings show it: immutable, so it may be remembered and compared by identity.
 *
 * @param <T> the listed form
 * @param id its id
 * @param order its place in listings
 * @param visibleAt the time from which calls see it
 * @param item the listed form
 */
public record ListedItem<T>(String id, long order, Instant visibleAt, T item) {

    boolean isVisibleAt(Instant time) {
        return !time.isBefore(visibleAt);
    }
}
