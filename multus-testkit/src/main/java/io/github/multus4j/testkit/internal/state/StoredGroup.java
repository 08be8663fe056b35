package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.testkit.internal.call.PermissionItem;
import io.github.multus4j.testkit.internal.call.SecurityGroupItem;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A security group. */
public final class StoredGroup extends Stored {

    /** The characters of names and descriptions. */
    public static final Pattern VALID_TEXT = Pattern.compile("[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{0,255}");

    public final String vpcId;
    public final String name;
    final String description;

    public StoredGroup(Birth birth, String vpcId, String name, String description, Map<String, String> tags) {
        super(birth, tags);
        this.vpcId = vpcId;
        this.name = name;
        this.description = description;
    }

    @Override
    public String resourceType() {
        return "security-group";
    }

    public SecurityGroup group() {
        return new SecurityGroup(id, vpcId, name);
    }

    public SecurityGroupItem item(List<PermissionItem> rules) {
        return new SecurityGroupItem(group(), description, rules, tags());
    }
}
