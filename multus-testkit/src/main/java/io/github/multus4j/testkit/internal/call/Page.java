package io.github.multus4j.testkit.internal.call;

import org.jspecify.annotations.Nullable;

/**
 * The requested part of a listing.
 *
 * @param maxResults at most so many; null for a listing that is not paged
 * @param nextToken the end of the page before; null for the first page
 */
public record Page(@Nullable Integer maxResults, @Nullable String nextToken) {

    /** No paging parameter at all. */
    public static final Page NONE = new Page(null, null);
}
