package io.github.multus4j.testkit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The calls that a fake got, in the order in which they were answered. Calls that build the test's world are not in it. Thread-safe. */
public final class Journal {

    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    private int most = Integer.MAX_VALUE;
    private long dropped;
    private long sequence;

    Journal() {}

    synchronized void add(
            Instant time, Action action, Map<String, String> parameters, String errorCode, String answer) {
        entries.add(new JournalEntry(++sequence, time, action, parameters, errorCode, answer));
        trim();
    }

    /**
     * Bounds the journal: the oldest entries are dropped once there are more. It is unbounded at
     * first. Assertions about calls see only the entries that are left.
     *
     * @param entries the most number of entries, at least 1
     */
    public synchronized void keepAtMost(int entries) {
        if (entries < 1) {
            throw new IllegalArgumentException("entries: must be at least 1, not " + entries);
        }
        most = entries;
        trim();
    }

    /** The number of entries that were dropped since the start, or since {@link #clear}. */
    public synchronized long dropped() {
        return dropped;
    }

    private void trim() {
        while (entries.size() > most) {
            entries.removeFirst();
            dropped++;
        }
    }

    /** All calls since the start, or since {@link #clear}, without the dropped ones; a copy. */
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
        dropped = 0;
    }

    /** A line for each call. */
    @Override
    public String toString() {
        return String.join("\n", entries().stream().map(JournalEntry::toString).toList());
    }
}
