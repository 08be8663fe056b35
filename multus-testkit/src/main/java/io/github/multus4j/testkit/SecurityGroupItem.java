package io.github.multus4j.testkit;

import io.github.multus4j.ec2.SecurityGroup;
import java.util.List;
import java.util.Map;

/** A security group as the API shows it. */
record SecurityGroupItem(
        SecurityGroup group, String description, List<PermissionItem> rules, Map<String, String> tags) {

    SecurityGroupItem {
        rules = List.copyOf(rules);
        tags = Map.copyOf(tags);
    }
}
