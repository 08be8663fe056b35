package io.github.multus4j.testkit.internal.state;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The world at one time, present or past.
 *
 * @param time at which it was so
 * @param sight what there was, also what calls did not see yet
 */
public record Moment(Instant time, Sight sight) {

    /** What a call sees of a noun: all of it, or what it names by ids, which must be there. */
    public <T> Stream<Shown<T>> asked(Store<?> noun, Function<Sight, List<Shown<T>>> all, Collection<String> ids) {
        Stream<Shown<T>> visible = all.apply(sight).stream().filter(shown -> shown.isVisibleAt(time));
        if (ids.isEmpty()) {
            return visible;
        }
        Map<String, Shown<T>> byId = new HashMap<>();
        visible.forEach(shown -> byId.put(shown.id(), shown));
        return noun.require(ids, byId::get).stream();
    }
}
