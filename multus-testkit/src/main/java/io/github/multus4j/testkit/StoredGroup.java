package io.github.multus4j.testkit;

import io.github.multus4j.ec2.SecurityGroup;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A security group. */
final class StoredGroup extends Stored {

    /** The characters of names and descriptions. */
    static final Pattern VALID_TEXT = Pattern.compile("[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{0,255}");

    final String vpcId;
    final String name;
    final String description;

    StoredGroup(Birth birth, String vpcId, String name, String description, Map<String, String> tags) {
        super(birth, tags);
        this.vpcId = vpcId;
        this.name = name;
        this.description = description;
    }

    @Override
    String resourceType() {
        return "security-group";
    }

    SecurityGroup group() {
        return new SecurityGroup(id, vpcId, name);
    }

    SecurityGroupItem item(List<PermissionItem> rules) {
        return new SecurityGroupItem(group(), description, rules, tags());
    }
}
