package io.github.multus4j.testkit;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call to the fake. Each page of a listing counts as one call.
 *
 * @param sequence its number, from 1
 * @param time the time of its answer, by the fake's clock
 * @param action the call
 * @param parameters its parameters, under EC2's names; null ones are absent
 * @param errorCode EC2's error code, {@code LostResponse} if it took effect and its answer was
 *     lost, empty if it succeeded
 * @param answer EC2's answer in short: an id, a number of items, or the error's message
 */
public record JournalEntry(
        long sequence, Instant time, Action action, Map<String, String> parameters, String errorCode, String answer) {

    /** Keeps a copy of the parameters. */
    public JournalEntry {
        parameters = Map.copyOf(parameters);
    }

    /** Whether the call changes something if it succeeds. */
    public boolean isMutating() {
        return action.isMutating();
    }

    /** Whether EC2 refused the call, or its answer was lost. */
    public boolean isFailed() {
        return !errorCode.isEmpty();
    }

    /** One line, such as {@code #3 AttachNetworkInterface{DeviceIndex=1, …} → eni-attach-…}. */
    @Override
    public String toString() {
        return "#" + sequence + " " + action + new TreeMap<>(parameters) + " → " + (isFailed() ? errorCode + ": " : "")
                + answer;
    }
}
