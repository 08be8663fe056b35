package io.github.multus4j.testkit.simulation;

import java.util.List;
import java.util.Locale;

/**
 * The result of a search through many histories.
 *
 * @param histories the number of histories
 * @param calls the number of their calls
 * @param bad the first few histories that broke an invariant
 * @param badCount the number of histories that broke one
 * @param seconds the duration of the search
 */
public record SearchReport(long histories, long calls, List<Verdict> bad, long badCount, double seconds) {

    public SearchReport {
        bad = List.copyOf(bad);
    }

    /** Whether all histories were good. */
    public boolean isGood() {
        return badCount == 0;
    }

    @Override
    public String toString() {
        String text = String.format(
                Locale.ROOT, "%,d histories, %,d calls, %d bad, %.1f s", histories, calls, badCount, seconds);
        return bad.isEmpty() ? text : text + "\n" + bad.get(0);
    }
}
