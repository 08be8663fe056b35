package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.rule.ConformanceRule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All items of one noun, in the order in which they were made.
 *
 * @param <T> the noun
 */
public final class Store<T extends Stored> {

    private final Clock clock;
    private final String prefix;
    private final String words;
    private final ConformanceRule malformed;
    private final ConformanceRule notFound;
    private final Map<String, T> byId = new LinkedHashMap<>();

    /**
     * @param prefix of its ids, such as {@code eni}
     * @param words the name of its id in EC2's messages, such as {@code networkInterface ID}
     */
    Store(Clock clock, String prefix, String words, ConformanceRule malformed, ConformanceRule notFound) {
        this.clock = clock;
        this.prefix = prefix;
        this.words = words;
        this.malformed = malformed;
        this.notFound = notFound;
    }

    public String prefix() {
        return prefix;
    }

    public void add(T thing) {
        byId.put(thing.id, thing);
    }

    public void remove(String id) {
        byId.remove(id);
    }

    void clear() {
        byId.clear();
    }

    /** All items, also those that are not visible to calls yet. */
    public Collection<T> all() {
        return byId.values();
    }

    /** By id, also if calls do not see it yet. */
    @Nullable
    public T find(String id) {
        return byId.get(id);
    }

    /** By the id of an existing item. */
    public T get(String id) {
        return Optional.ofNullable(byId.get(id)).orElseThrow(() -> new IllegalStateException("no " + words + " " + id));
    }

    /** The items that are visible to calls. */
    public Stream<T> visible() {
        return byId.values().stream().filter(thing -> thing.isVisibleAt(clock.instant()));
    }

    /** By the id that a call names. */
    public T require(String id) {
        checkForm(id);
        T thing = byId.get(id);
        if (thing == null || !thing.isVisibleAt(clock.instant())) {
            throw absent(id);
        }
        return thing;
    }

    /** The error for an unknown id. */
    public Ec2Error absent(String id) {
        return notFound.error("The " + words + " '" + id + "' does not exist");
    }

    /** By the ids that a call names; the error names all unknown ones. */
    public List<T> require(Collection<String> ids) {
        return require(ids, id -> {
            T thing = byId.get(id);
            return thing != null && thing.isVisibleAt(clock.instant()) ? thing : null;
        });
    }

    /** As {@link #require(Collection)}, with another definition of visibility. */
    public <S> List<S> require(Collection<String> ids, Function<String, @Nullable S> visible) {
        List<S> found = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            checkForm(id);
            S thing = visible.apply(id);
            if (thing == null) {
                absent.add(id);
            } else {
                found.add(thing);
            }
        }
        if (absent.size() == 1) {
            throw absent(absent.get(0));
        }
        if (!absent.isEmpty()) {
            throw notFound.error("The " + words + "s '" + String.join(", ", absent) + "' do not exist");
        }
        return found;
    }

    private void checkForm(String id) {
        if (!Ids.isWellFormed(prefix, id)) {
            throw malformed.error("Invalid id: \"" + id + "\" (expecting \"" + prefix + "-...\")");
        }
    }
}
