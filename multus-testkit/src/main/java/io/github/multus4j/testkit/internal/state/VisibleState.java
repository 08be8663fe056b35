package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.testkit.internal.call.InstanceItem;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import java.util.List;

/**
 * All instances and network interfaces, as listings show them. Immutable; an unchanged item is the
 * same object in two successive states.
 *
 * @param instances in the order in which they were made
 * @param interfaces in the order in which they were made
 */
public record VisibleState(List<ListedItem<InstanceItem>> instances, List<ListedItem<InterfaceItem>> interfaces) {

    public VisibleState {
        instances = List.copyOf(instances);
        interfaces = List.copyOf(interfaces);
    }
}
