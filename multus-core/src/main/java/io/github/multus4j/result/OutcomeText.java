package io.github.multus4j.result;

import io.github.multus4j.ec2.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The common parts of the outcomes' text and map. */
final class OutcomeText {

    private OutcomeText() {}

    static Map<String, Object> start(String outcome, String instanceId) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("outcome", outcome);
        map.put("instanceId", instanceId);
        return map;
    }

    static Map<String, Object> ready(
            String outcome, String instanceId, List<AttachedInterface> interfaces, List<String> warnings) {
        Map<String, Object> map = start(outcome, instanceId);
        Excerpt.put(
                map,
                "interfaces",
                interfaces.stream().map(AttachedInterface::toMap).toList(),
                Excerpt.ITEMS);
        map.put("warnings", Excerpt.of(warnings));
        return map;
    }

    static String readyLine(
            String outcome, String instanceId, List<AttachedInterface> interfaces, List<String> warnings) {
        return outcome + " " + instanceId + ": "
                + Excerpt.joined(interfaces, ", ")
                + (warnings.isEmpty() ? "" : "; warnings: " + Excerpt.of(warnings));
    }
}
