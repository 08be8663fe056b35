package io.github.multus4j.testkit.internal.state;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The state of the world at one time, present or past.
 *
 * @param time the time of the state
 * @param listed all resources, also those that are not visible to calls yet
 */
public record TimedState(Instant time, VisibleState listed) {

    /**
     * The resources of a noun that a call sees: all, or the ones with the given ids, which must
     * exist.
     */
    public <T> Stream<ListedItem<T>> asked(
            Store<?> noun, Function<VisibleState, List<ListedItem<T>>> all, Collection<String> ids) {
        Stream<ListedItem<T>> visible = all.apply(listed).stream().filter(shown -> shown.isVisibleAt(time));
        if (ids.isEmpty()) {
            return visible;
        }
        Map<String, ListedItem<T>> byId = new HashMap<>();
        visible.forEach(shown -> byId.put(shown.id(), shown));
        return noun.require(ids, byId::get).stream();
    }
}
