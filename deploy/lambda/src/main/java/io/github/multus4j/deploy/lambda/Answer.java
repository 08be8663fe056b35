package io.github.multus4j.deploy.lambda;

import io.github.multus4j.lifecycle.UncompletedHookException;
import io.github.multus4j.result.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of one message, or of one sweep.
 *
 * @param failed whether the message has to be delivered again, or needs an operator
 * @param line for people, one line
 * @param facts for machines, ready to be written as JSON
 * @param counts the values of the metrics, by name
 */
record Answer(boolean failed, String line, Map<String, Object> facts, Map<String, Integer> counts) {

    static Answer of(Outcome outcome) {
        boolean failed = outcome instanceof Outcome.Failed;
        return new Answer(failed, outcome.toString(), outcome.toMap(), counts(outcome, failed));
    }

    /** The node may be ready; but its launch is not completed, so it counts as failed. */
    static Answer of(UncompletedHookException hook) {
        Map<String, Object> facts = new LinkedHashMap<>(hook.outcome().toMap());
        facts.put("hookNotCompleted", String.valueOf(hook.getMessage()));
        return new Answer(true, String.valueOf(hook.getMessage()), facts, counts(hook.outcome(), true));
    }

    static Answer unreadable(String problems) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("outcome", "unreadable");
        facts.put("cause", problems);
        return new Answer(true, problems, facts, counts(false, true, false, 0, 0));
    }

    private static Map<String, Integer> counts(Outcome outcome, boolean failed) {
        return counts(
                outcome.isReady() && !failed,
                failed,
                outcome instanceof Outcome.Skipped && !failed,
                outcome instanceof Outcome.Attached attached
                        ? attached.interfaces().size()
                        : 0,
                outcome instanceof Outcome.Failed left ? left.leftovers().size() : 0);
    }

    /** Zeros, too: an alarm tells "none" from "no data". */
    private static Map<String, Integer> counts(
            boolean ready, boolean failed, boolean skipped, int attached, int leftovers) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("NodesReady", ready ? 1 : 0);
        counts.put("NodesFailed", failed ? 1 : 0);
        counts.put("NodesSkipped", skipped ? 1 : 0);
        counts.put("InterfacesAttached", attached);
        counts.put("Leftovers", leftovers);
        return counts;
    }
}
