package io.github.multus4j.examples.lambda;

import io.github.multus4j.attach.Outcome;
import io.github.multus4j.lifecycle.UncompletedHookException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of one message.
 *
 * @param failed whether it has to be delivered again, or seen by somebody
 * @param line for people, one line
 * @param facts for machines, ready to be written as JSON
 */
record Answer(boolean failed, String line, Map<String, Object> facts) {

    static Answer of(Outcome outcome) {
        return new Answer(outcome instanceof Outcome.Failed, outcome.toString(), outcome.toMap());
    }

    static Answer of(UncompletedHookException hook) {
        Map<String, Object> facts = new LinkedHashMap<>(hook.outcome().toMap());
        facts.put("hookNotCompleted", String.valueOf(hook.getMessage()));
        return new Answer(true, String.valueOf(hook.getMessage()), facts);
    }

    static Answer unreadable(String problems) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("outcome", "unreadable");
        facts.put("cause", problems);
        return new Answer(true, problems, facts);
    }
}
