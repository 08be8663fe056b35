package io.github.multus4j.testkit;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Something that has an id and tags. Changed only with the world's lock held. */
abstract class Stored {

    /**
     * What everything gets when it is made.
     *
     * @param id its id
     * @param order its place in listings: the order in which things were made
     * @param visibleAt from when on calls see it
     */
    record Birth(String id, long order, Instant visibleAt) {}

    final String id;
    final long order;
    final Map<String, String> tags = new TreeMap<>();
    private final Instant visibleAt;

    Stored(Birth birth, Map<String, String> tags) {
        this.id = birth.id();
        this.order = birth.order();
        this.visibleAt = birth.visibleAt();
        this.tags.putAll(tags);
    }

    /** What DescribeTags calls it. */
    abstract String resourceType();

    final boolean isVisibleAt(Instant now) {
        return !now.isBefore(visibleAt);
    }
}
