package io.github.multus4j.result;

import io.github.multus4j.ec2.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The changes that a run would make for one instance, or the reason why it would make none. The
 * text has one line for each interface.
 */
public sealed interface Plan {

    /** The instance. */
    String instanceId();

    /**
     * Maps, lists, strings, numbers and booleans, ready to be written as JSON. The keys are stable.
     */
    Map<String, Object> toMap();

    /**
     * The interfaces that make one instance Multus-ready.
     *
     * @param instanceId the instance
     * @param zone its Availability Zone
     * @param interfaces one for each Multus subnet of the zone, in device order, existing ones
     *     included
     * @param warnings observations that do not stop the run
     */
    record Attachments(String instanceId, String zone, List<PlannedInterface> interfaces, List<String> warnings)
            implements Plan {

        public Attachments {
            interfaces = List.copyOf(interfaces);
            warnings = List.copyOf(warnings);
        }

        /** Whether nothing is missing: a run would make no changing call. */
        public boolean isComplete() {
            return interfaces.stream().allMatch(PlannedInterface::isComplete);
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("plan", isComplete() ? "complete" : "attach");
            map.put("instanceId", instanceId);
            map.put("zone", zone);
            Excerpt.put(
                    map,
                    "interfaces",
                    interfaces.stream().map(PlannedInterface::toMap).toList(),
                    Excerpt.ITEMS);
            map.put("warnings", Excerpt.of(warnings));
            return map;
        }

        @Override
        public String toString() {
            String lines = Excerpt.of(interfaces).stream().map(i -> "\n  " + i).collect(Collectors.joining());
            String odd =
                    Excerpt.of(warnings).stream().map(w -> "\n  warning: " + w).collect(Collectors.joining());
            return instanceId + " in " + zone + (isComplete() ? ": complete" : "") + lines + odd;
        }
    }

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

    /**
     * The instance is meant to have Multus interfaces, and findings block it. Nothing would be
     * made.
     */
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
