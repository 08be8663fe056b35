package io.github.multus4j.internal.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Facts that change rarely, kept for a while, so that a warm process does not read them at every
 * launch. Thread-safe.
 */
public final class FactCache<T> {

    private record Fact<T>(T value, Instant until) {}

    private final Map<String, Fact<T>> facts = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Duration timeToLive;

    public FactCache(Clock clock, Duration timeToLive) {
        this.clock = clock;
        this.timeToLive = timeToLive;
    }

    /** The cached fact; null if there is none, or it has expired. */
    @Nullable
    public T get(String key) {
        Fact<T> fact = facts.get(key);
        return fact == null || !clock.instant().isBefore(fact.until()) ? null : fact.value();
    }

    public void put(String key, T value) {
        facts.put(key, new Fact<>(value, clock.instant().plus(timeToLive)));
    }
}
