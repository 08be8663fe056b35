package io.github.multus4j.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The calls that a fake got, in the order in which they were answered. Calls that build the test's world are not in it. Thread-safe. */
public final class Journal {

    private final List<JournalEntry> entries = new ArrayList<>();
    private long sequence;

    Journal() {}

    synchronized void add(
            Instant time, Action action, Map<String, String> parameters, String errorCode, String answer) {
        entries.add(new JournalEntry(++sequence, time, action, parameters, errorCode, answer));
    }

    /** All calls since the start, or since {@link #clear}; a copy. */
    public synchronized List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    /** Those that change something, whether they succeeded or not. */
    public List<JournalEntry> mutatingCalls() {
        return select(JournalEntry::isMutating);
    }

    /** Those that only read. */
    public List<JournalEntry> reads() {
        return select(entry -> !entry.isMutating());
    }

    /** Those of one action. */
    public List<JournalEntry> calls(Action action) {
        return select(entry -> entry.action() == action);
    }

    /** Those that fit. */
    public List<JournalEntry> select(Predicate<JournalEntry> fitting) {
        return entries().stream().filter(fitting).toList();
    }

    /** Forgets all calls; numbering goes on. */
    public synchronized void clear() {
        entries.clear();
    }

    /** A line for each call. */
    @Override
    public String toString() {
        return String.join("\n", entries().stream().map(JournalEntry::toString).toList());
    }
}
