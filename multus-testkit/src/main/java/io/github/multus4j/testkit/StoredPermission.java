package io.github.multus4j.testkit;

import java.util.Map;

/** A rule of a security group. */
final class StoredPermission extends Stored {

    final String groupId;
    final Permission permission;
    final String description;

    StoredPermission(Birth birth, String groupId, Permission permission, String description, Map<String, String> tags) {
        super(birth, tags);
        this.groupId = groupId;
        this.permission = permission;
        this.description = description;
    }

    @Override
    String resourceType() {
        return "security-group-rule";
    }

    PermissionItem item() {
        return new PermissionItem(id, groupId, permission, description, tags());
    }
}
