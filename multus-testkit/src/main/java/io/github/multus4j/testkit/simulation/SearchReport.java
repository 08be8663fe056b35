package io.github.multus4j.testkit.simulation;

import java.util.List;
import java.util.Locale;

/**
 * What a search through many histories found.
 *
 * @param histories how many were played
 * @param calls how many calls they made
 * @param bad those in which something that must always hold did not, the first few
 * @param badCount how many there were of these
 * @param seconds how long it took
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
