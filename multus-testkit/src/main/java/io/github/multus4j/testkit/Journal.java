package io.github.multus4j.testkit;

import io.github.multus4j.testkit.internal.engine.CallLog;
import java.util.List;
import java.util.function.Predicate;

/**
 * The calls to a fake, in the order of their answers. Calls that build the test's world are not in
 * it. Thread-safe.
 */
public final class Journal {

    private final CallLog log;

    Journal(CallLog log) {
        this.log = log;
    }

    /**
     * Bounds the journal: the oldest entries are dropped once there are more. It is unbounded at
     * first. Assertions about calls see only the entries that are left.
     *
     * @param entries the greatest number of entries, at least 1
     */
    public void keepAtMost(int entries) {
        log.keepAtMost(entries);
    }

    /** The number of entries that were dropped since the start, or since {@link #clear}. */
    public long dropped() {
        return log.dropped();
    }

    /** All calls since the start, or since {@link #clear}, without the dropped ones; a copy. */
    public List<JournalEntry> entries() {
        return log.entries();
    }

    /** The calls that change something, whether they succeeded or not. */
    public List<JournalEntry> mutatingCalls() {
        return select(JournalEntry::isMutating);
    }

    /** The calls that only read. */
    public List<JournalEntry> reads() {
        return select(entry -> !entry.isMutating());
    }

    /** The calls of one action. */
    public List<JournalEntry> calls(Action action) {
        return select(entry -> entry.action() == action);
    }

    /** The matching calls. */
    public List<JournalEntry> select(Predicate<JournalEntry> fitting) {
        return entries().stream().filter(fitting).toList();
    }

    /** Forgets all calls; numbering goes on. */
    public void clear() {
        log.clear();
    }

    /** A line for each call. */
    @Override
    public String toString() {
        return String.join("\n", entries().stream().map(JournalEntry::toString).toList());
    }
}
