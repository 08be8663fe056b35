package io.github.multus4j.testkit.simulation;

import java.util.List;
import java.util.function.Supplier;

/**
 * The result of one history.
 *
 * @param name the name for a replay
 * @param broken the violations of invariants; empty if there are none
 * @param calls the number of calls
 * @param trace all events, a line for each
 */
public record Verdict(String name, List<String> broken, int calls, Supplier<String> trace) {

    public Verdict {
        broken = List.copyOf(broken);
    }

    /** Whether no invariant was broken. */
    public boolean isGood() {
        return broken.isEmpty();
    }

    @Override
    public String toString() {
        return name + (isGood() ? ": good" : ":\n  - " + String.join("\n  - ", broken) + "\n" + trace.get());
    }
}
