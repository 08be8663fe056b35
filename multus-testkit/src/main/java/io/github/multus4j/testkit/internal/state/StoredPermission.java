package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.testkit.internal.call.Permission;
import io.github.multus4j.testkit.internal.call.PermissionItem;
import java.util.Map;

/** A rule of a security group. */
public final class StoredPermission extends Stored {

    public final String groupId;
    public final Permission permission;
    final String description;

    public StoredPermission(
            Birth birth, String groupId, Permission permission, String description, Map<String, String> tags) {
        super(birth, tags);
        this.groupId = groupId;
        this.permission = permission;
        this.description = description;
    }

    @Override
    public String resourceType() {
        return "security-group-rule";
    }

    public PermissionItem item() {
        return new PermissionItem(id, groupId, permission, description, tags());
    }
}
