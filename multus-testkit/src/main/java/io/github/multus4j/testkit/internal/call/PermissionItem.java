package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.testkit.internal.call.Permission.PeerKind;
import java.util.List;
import java.util.Map;

/** A rule of a security group as the API shows it. */
public record PermissionItem(
        String id, String groupId, Permission permission, String description, Map<String, String> tags) {

    public PermissionItem {
        tags = Map.copyOf(tags);
    }

    /** The rule's peer, if it is of that kind. */
    public List<String> peer(PeerKind kind) {
        return permission.kind() == kind ? List.of(permission.peer()) : List.of();
    }
}
