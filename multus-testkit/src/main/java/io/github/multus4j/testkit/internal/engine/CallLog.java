package io.github.multus4j.testkit.internal.engine;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The calls behind {@code Journal}. Thread-safe. */
public final class CallLog {

    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    private int most = Integer.MAX_VALUE;
    private long dropped;
    private long sequence;

    synchronized void add(
            Instant time, Action action, Map<String, String> parameters, String errorCode, String answer) {
        entries.add(new JournalEntry(++sequence, time, action, parameters, errorCode, answer));
        trim();
    }

    /** Bounds the number of entries; the oldest are dropped. */
    public synchronized void keepAtMost(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("entries: must be at least 1, not " + number);
        }
        most = number;
        trim();
    }

    private void trim() {
        while (entries.size() > most) {
            entries.removeFirst();
            dropped++;
        }
    }

    public synchronized long dropped() {
        return dropped;
    }

    public synchronized List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    public synchronized void clear() {
        entries.clear();
        dropped = 0;
    }
}
