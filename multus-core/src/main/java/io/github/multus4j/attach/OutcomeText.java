package io.github.multus4j.attach;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the forms of the outcomes share, as text and as map. */
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
        map.put("interfaces", interfaces.stream().map(AttachedInterface::toMap).toList());
        map.put("warnings", warnings);
        return map;
    }

    static String readyLine(
            String outcome, String instanceId, List<AttachedInterface> interfaces, List<String> warnings) {
        return outcome + " " + instanceId + ": "
                + interfaces.stream().map(AttachedInterface::toString).collect(Collectors.joining(", "))
                + (warnings.isEmpty() ? "" : "; warnings: " + warnings);
    }
}
