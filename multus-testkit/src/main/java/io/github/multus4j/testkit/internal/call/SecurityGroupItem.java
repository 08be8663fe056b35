package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.SecurityGroup;
import java.util.List;
import java.util.Map;

/** A security group as the API shows it. */
public record SecurityGroupItem(
        SecurityGroup group, String description, List<PermissionItem> rules, Map<String, String> tags) {

    public SecurityGroupItem {
        rules = List.copyOf(rules);
        tags = Map.copyOf(tags);
    }
}
