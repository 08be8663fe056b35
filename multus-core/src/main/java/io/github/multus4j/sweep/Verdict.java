package io.github.multus4j.sweep;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.sweep.SweepReport.Fate;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of something, and more about it. */
record Verdict(Fate fate, String note) {

    /** It went wrong, first like this, and then as the suppressed ones say. */
    static Verdict failed(RuntimeException failure) {
        String note = Stream.concat(Stream.of(failure), Arrays.stream(failure.getSuppressed()))
                .map(each -> each instanceof Ec2Exception ? String.valueOf(each.getMessage()) : each.toString())
                .collect(Collectors.joining("; then "));
        return new Verdict(Fate.FAILED, note);
    }
}
