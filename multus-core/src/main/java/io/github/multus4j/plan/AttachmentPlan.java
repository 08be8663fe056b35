package io.github.multus4j.plan;

import io.github.multus4j.ec2.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What makes one instance Multus-ready.
 *
 * @param instanceId the instance
 * @param zone its Availability Zone
 * @param interfaces one for each Multus subnet of the zone, in device order, those that are there already included
 * @param warnings what is odd and does not stop the run
 */
public record AttachmentPlan(String instanceId, String zone, List<PlannedInterface> interfaces, List<String> warnings)
        implements Plan {

    public AttachmentPlan {
        interfaces = List.copyOf(interfaces);
        warnings = List.copyOf(warnings);
    }

    /** Whether all is there already: a run would make no changing call. */
    public boolean isComplete() {
        return interfaces.stream().allMatch(PlannedInterface::isComplete);
    }

    /**
     * The warning of other device indexes than the subnets' own, see {@link DeviceOrder}; it is one
     * of the plan's warnings.
     */
    public Optional<String> indexWarning() {
        return DeviceOrder.warning(
                instanceId, interfaces.stream().map(PlannedInterface::placed).toList());
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
        String odd = Excerpt.of(warnings).stream().map(w -> "\n  warning: " + w).collect(Collectors.joining());
        return instanceId + " in " + zone + (isComplete() ? ": complete" : "") + lines + odd;
    }
}
