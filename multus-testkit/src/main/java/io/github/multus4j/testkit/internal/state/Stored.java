package io.github.multus4j.testkit.internal.state;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** An item with an id and tags. Changed only with the world's lock held. */
public abstract class Stored {

    /**
     * The data of each new item.
     *
     * @param id its id
     * @param order its place in listings: the order in which items were made
     * @param visibleAt the time from which calls see it
     */
    record Birth(String id, long order, Instant visibleAt) {}

    public final String id;
    public final long order;
    private final Instant visibleAt;
    private Map<String, String> tags;

    Stored(Birth birth, Map<String, String> tags) {
        this.id = birth.id();
        this.order = birth.order();
        this.visibleAt = birth.visibleAt();
        this.tags = sorted(tags);
    }

    /** In the order of their keys; another map after each change. */
    public final Map<String, String> tags() {
        return tags;
    }

    public final void retag(Map<String, String> changed) {
        tags = sorted(changed);
    }

    private static Map<String, String> sorted(Map<String, String> tags) {
        return Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** The resource type in DescribeTags. */
    public abstract String resourceType();

    public final boolean isVisibleAt(Instant now) {
        return !now.isBefore(visibleAt);
    }

    /** The listed form, with its place in listings. */
    final <T> ListedItem<T> shown(T item) {
        return new ListedItem<>(id, order, visibleAt, item);
    }
}
