package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All actions that the endpoint understands. */
public final class WireActions {

    private WireActions() {}

    public static Map<Action, WireAction> all() {
        Map<Action, WireAction> all = new EnumMap<>(Action.class);
        List.of(
                        VpcActions.all(),
                        SubnetActions.all(),
                        SecurityGroupActions.all(),
                        PermissionActions.all(),
                        GroupAssociationActions.all(),
                        RouteTableActions.all(),
                        GatewayActions.all(),
                        InstanceActions.all(),
                        InstanceAttributeActions.all(),
                        ImageActions.all(),
                        InterfaceActions.all(),
                        AddressActions.all(),
                        CatalogActions.all(),
                        AutoScalingActions.all())
                .forEach(all::putAll);
        return all;
    }
}
