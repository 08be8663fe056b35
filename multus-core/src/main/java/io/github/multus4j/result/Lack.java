package io.github.multus4j.result;

import io.github.multus4j.ec2.NetworkInterface;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A slot of a node without a finished interface.
 *
 * @param slot the slot
 * @param existing an unfinished interface for it: not attached yet, or not set as in the spec; null
 *     if there is none
 */
public record Lack(Slot slot, @Nullable NetworkInterface existing) {

    /** Maps and strings, ready to be written as JSON. The keys are stable. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("subnetId", slot.subnetId());
        if (existing != null) {
            map.put("networkInterfaceId", existing.id());
        }
        map.put("lack", toString());
        return map;
    }

    @Override
    public String toString() {
        if (existing == null) {
            return "no interface in " + slot.subnetId();
        }
        return existing.id() + " in " + slot.subnetId()
                + (existing.isAttachedTo(slot.instanceId()) ? " is not finished" : " is not attached");
    }
}
