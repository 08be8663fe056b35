package io.github.multus4j.testkit.simulation;

import java.util.List;
import java.util.function.Supplier;

/**
 * What came of one history.
 *
 * @param name by which it is played again
 * @param broken each thing that must always hold and did not, in a sentence; empty if all is well
 * @param calls how many calls were made
 * @param trace all that happened, a line for each
 */
public record Verdict(String name, List<String> broken, int calls, Supplier<String> trace) {

    public Verdict {
        broken = List.copyOf(broken);
    }

    /** Whether all that must always hold did. */
    public boolean isGood() {
        return broken.isEmpty();
    }

    @Override
    public String toString() {
        return name + (isGood() ? ": good" : ":\n  - " + String.join("\n  - ", broken) + "\n" + trace.get());
    }
}
