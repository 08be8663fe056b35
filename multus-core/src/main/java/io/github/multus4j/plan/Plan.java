package io.github.multus4j.plan;

import io.github.multus4j.ec2.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run would do for one instance. Its text says what would be made and why, or what is in the way; one line for each interface. */
public sealed interface Plan permits AttachmentPlan, Plan.NotForUs, Plan.Blocked {

    /** The instance. */
    String instanceId();

    /** Maps, lists, strings, numbers and booleans, ready to be written as JSON. The keys are stable. */
    Map<String, Object> toMap();

    /** The instance is not meant to have Multus interfaces. */
    record NotForUs(String instanceId, String reason) implements Plan {

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("plan", "not for us");
            map.put("instanceId", instanceId);
            map.put("reason", reason);
            return map;
        }

        @Override
        public String toString() {
            return instanceId + ": not for us: " + reason;
        }
    }

    /** The instance is meant to have Multus interfaces, and something is in the way. Nothing would be made. */
    record Blocked(String instanceId, List<Finding> findings) implements Plan {

        public Blocked {
            findings = List.copyOf(findings);
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("plan", "blocked");
            map.put("instanceId", instanceId);
            Excerpt.put(
                    map,
                    "findings",
                    findings.stream()
                            .map(f ->
                                    Map.<String, Object>of("code", f.code().name(), "message", Excerpt.of(f.message())))
                            .toList(),
                    Excerpt.ITEMS);
            return map;
        }

        @Override
        public String toString() {
            return instanceId + ": cannot be made Multus-ready:\n"
                    + Excerpt.of(findings).stream()
                            .map(finding -> "  - " + finding)
                            .collect(Collectors.joining("\n"));
        }
    }
}
