package io.github.multus4j.internal.sweep;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.SweepReport.Fate;
import io.github.multus4j.result.SweepReport.Leak;
import io.github.multus4j.result.SweepReport.UnreadyNode;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The treatment of one finding.
 *
 * @param note more about the fate; empty if there is no more to say
 * @param plan the plan for a node; null if there is none
 * @param outcome the outcome of a node's run; null if there was none
 */
record Treatment(
        Fate fate,
        String note,
        @Nullable Plan plan,
        @Nullable Outcome outcome) {

    Treatment(Fate fate, String note) {
        this(fate, note, null, null);
    }

    static Treatment planned(Fate fate, Plan plan) {
        return new Treatment(fate, "", plan, null);
    }

    static Treatment ran(Fate fate, Outcome outcome) {
        return new Treatment(fate, "", null, outcome);
    }

    /** The failure comes first in the note, then its suppressed exceptions. */
    static Treatment failed(RuntimeException failure) {
        String note = Stream.concat(Stream.of(failure), Arrays.stream(failure.getSuppressed()))
                .map(each -> each instanceof Ec2Exception ? String.valueOf(each.getMessage()) : each.toString())
                .collect(Collectors.joining("; then "));
        return new Treatment(Fate.FAILED, note);
    }

    Leak of(Leak leak) {
        return new Leak(leak.networkInterfaceId(), leak.subnetId(), leak.ownerInstanceId(), leak.why(), fate, note);
    }

    UnreadyNode of(UnreadyNode node) {
        return new UnreadyNode(node.instanceId(), node.zone(), node.lacks(), fate, note, plan, outcome);
    }
}
