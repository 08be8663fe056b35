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
 * All there is of one noun, in the order in which it was made.
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
     * @param words how EC2's messages call its id, such as {@code networkInterface ID}
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

    /** All of it, also what calls do not see yet. */
    public Collection<T> all() {
        return byId.values();
    }

    /** By id, also if calls do not see it yet. */
    @Nullable
    public T find(String id) {
        return byId.get(id);
    }

    /** By an id of which it is certain that it is there. */
    public T get(String id) {
        return Optional.ofNullable(byId.get(id)).orElseThrow(() -> new IllegalStateException("no " + words + " " + id));
    }

    /** What calls see. */
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

    /** The error for an id that is not there. */
    public Ec2Error absent(String id) {
        return notFound.error("The " + words + " '" + id + "' does not exist");
    }

    /** By the ids that a call names; all that do not exist are told at once. */
    public List<T> require(Collection<String> ids) {
        return require(ids, id -> {
            T thing = byId.get(id);
            return thing != null && thing.isVisibleAt(clock.instant()) ? thing : null;
        });
    }

    /** As {@link #require(Collection)}, where something else says what a call sees. */
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
