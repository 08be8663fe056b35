package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.SecurityGroupItem;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.CreateSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DeleteSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DescribeSecurityGroups;
import io.github.multus4j.testkit.internal.rule.VpcRule;
import io.github.multus4j.testkit.internal.state.StoredGroup;
import io.github.multus4j.testkit.internal.state.StoredPermission;
import io.github.multus4j.testkit.internal.state.StoredSubnet;
import io.github.multus4j.testkit.internal.state.StoredVpc;
import io.github.multus4j.testkit.internal.state.World;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** The rules for security groups, and for the groups that an interface may have. */
public final class SecurityGroups {

    private static final int MAXIMUM_PER_INTERFACE = 5;
    private final World world;
    private final Pager pager;

    public SecurityGroups(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    public SecurityGroupItem create(CreateSecurityGroup request) {
        TagRules.check(request.tags());
        String name = request.groupName();
        checkText(VpcRule.GROUP_NAME_INVALID, "GroupName", "name", name);
        checkText(VpcRule.GROUP_DESCRIPTION_INVALID, "GroupDescription", "description", request.description());
        if (request.vpcId() == null) {
            throw VpcRule.GROUP_WITHOUT_VPC.error("No default VPC for this user");
        }
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        if (name.equals("default") || name.startsWith("sg-")) {
            throw VpcRule.GROUP_NAME_RESERVED.error("Cannot use reserved security group name: " + name);
        }
        if (world.groups.all().stream().anyMatch(g -> g.vpcId.equals(vpc.id) && g.name.equalsIgnoreCase(name))) {
            throw VpcRule.GROUP_DUPLICATE.error(
                    "The security group '" + name + "' already exists for VPC '" + vpc.id + "'");
        }
        StoredGroup group =
                new StoredGroup(world.birth(world.groups), vpc.id, name, request.description(), request.tags());
        world.groups.add(group);
        Permissions.addDefaults(world, group, false);
        return item(group);
    }

    private static void checkText(VpcRule rule, String parameter, String noun, String text) {
        if (!text.chars().allMatch(c -> c < 128)) {
            throw rule.error("Value (" + text + ") for parameter " + parameter
                    + " is invalid. Character sets beyond ASCII are not supported.");
        }
        if (!StoredGroup.VALID_TEXT.matcher(text).matches()) {
            throw rule.error("Invalid security group " + noun + ". Valid " + noun
                    + "s are strings less than 256 characters from the following set:"
                    + " a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
        }
    }

    public Listing<SecurityGroupItem> describe(DescribeSecurityGroups request) {
        pager.check(request.page(), !request.groupIds().isEmpty(), "GroupIds");
        Stream<StoredGroup> asked = request.groupIds().isEmpty()
                ? world.groups.visible()
                : world.groups.require(request.groupIds()).stream();
        List<SecurityGroupItem> matching = SecurityGroupFilters.ALL
                .apply(request.filters(), asked.map(this::item))
                .toList();
        return pager.cut(request.action(), request.filters(), matching, this::order, request.page(), item -> item);
    }

    private long order(SecurityGroupItem item) {
        return world.groups.get(item.group().id()).order;
    }

    private SecurityGroupItem item(StoredGroup group) {
        return group.item(
                Permissions.of(world, group.id).map(StoredPermission::item).toList());
    }

    public Boolean delete(DeleteSecurityGroup request) {
        StoredGroup group = world.groups.require(request.groupId());
        if (group.name.equals("default")) {
            throw VpcRule.GROUP_DEFAULT_STAYS.error(
                    "the specified group: \"" + group.id + "\" name: \"default\" cannot be deleted by a user");
        }
        boolean used = world.interfaces.all().stream().anyMatch(i -> i.groupIds.contains(group.id))
                || Permissions.isNamedByOther(world, group.id)
                || world.groupAssociations.stream().anyMatch(a -> a.groupId().equals(group.id));
        if (used) {
            throw VpcRule.GROUP_IN_USE.error("resource " + group.id + " has a dependent object");
        }
        Permissions.removeAll(world, group.id);
        world.groups.remove(group.id);
        return true;
    }

    /**
     * The groups of an interface in that subnet: the requested ones, or the VPC's default group.
     */
    static List<String> check(World world, StoredSubnet subnet, List<String> asked) {
        List<String> ids = List.copyOf(new LinkedHashSet<>(asked));
        for (StoredGroup group : world.groups.require(ids)) {
            if (!group.vpcId.equals(subnet.vpcId) && !world.isAssociated(group.id, subnet.vpcId)) {
                throw VpcRule.GROUP_OF_OTHER_VPC.error(
                        "Security group " + group.id + " and subnet " + subnet.id + " belong to different networks.");
            }
        }
        if (ids.size() > MAXIMUM_PER_INTERFACE) {
            throw VpcRule.GROUPS_OVER_LIMIT.error(
                    "The maximum number of security groups per interface has been reached: " + MAXIMUM_PER_INTERFACE);
        }
        return ids.isEmpty() ? List.of(defaultGroup(world, subnet.vpcId)) : ids;
    }

    private static String defaultGroup(World world, String vpcId) {
        return world.groups.all().stream()
                .filter(g -> g.vpcId.equals(vpcId) && g.name.equals("default"))
                .map(g -> g.id)
                .findFirst()
                .orElseThrow();
    }
}
