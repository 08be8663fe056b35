package io.github.multus4j.testkit.internal.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing.
 *
 * @param items the items of the page; may be empty although there is a token
 * @param nextToken the token of the next page; null on the last page
 * @param <T> the noun
 */
public record Listing<T>(List<T> items, @Nullable String nextToken) {

    public Listing {
        items = List.copyOf(items);
    }
}
