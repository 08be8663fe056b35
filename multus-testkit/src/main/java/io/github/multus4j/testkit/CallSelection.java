package io.github.multus4j.testkit;

import java.util.List;
import java.util.function.Predicate;

/** Some of the calls in a journal, chosen by {@link MultusAssertions}. */
public final class CallSelection {

    private final String words;
    private final Predicate<JournalEntry> fitting;

    CallSelection(String words, Predicate<JournalEntry> fitting) {
        this.words = words;
        this.fitting = fitting;
    }

    List<JournalEntry> in(Journal journal) {
        return journal.select(fitting);
    }

    /** A description, such as {@code mutating calls}. */
    @Override
    public String toString() {
        return words;
    }
}
