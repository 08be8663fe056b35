package io.github.multus4j.testkit.internal.state;

import java.time.Instant;

/**
 * A thing as listings show it: immutable, so it may be remembered and compared by identity.
 *
 * @param <T> what is shown of it
 * @param id its id
 * @param order its place in listings
 * @param visibleAt from when on calls see it
 * @param item what is shown of it
 */
public record Shown<T>(String id, long order, Instant visibleAt, T item) {

    boolean isVisibleAt(Instant time) {
        return !time.isBefore(visibleAt);
    }
}
