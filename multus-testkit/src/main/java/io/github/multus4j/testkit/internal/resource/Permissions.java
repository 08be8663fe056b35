package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Permission;
import io.github.multus4j.testkit.internal.call.Permission.PeerKind;
import io.github.multus4j.testkit.internal.call.PermissionItem;
import io.github.multus4j.testkit.internal.call.PermissionRequests.AuthorizeSecurityGroup;
import io.github.multus4j.testkit.internal.call.PermissionRequests.DescribeSecurityGroupRules;
import io.github.multus4j.testkit.internal.call.PermissionRequests.GivenPermission;
import io.github.multus4j.testkit.internal.call.PermissionRequests.RevokeSecurityGroup;
import io.github.multus4j.testkit.internal.rule.PermissionRule;
import io.github.multus4j.testkit.internal.state.StoredGroup;
import io.github.multus4j.testkit.internal.state.StoredPermission;
import io.github.multus4j.testkit.internal.state.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules for the rules of security groups. The fake has no packets, so that a rule has no
 * effect.
 */
public final class Permissions {

    private static final int MAXIMUM = 60;

    private static final Filters<StoredPermission> FILTERS = Filters.<StoredPermission>tagged(
                    Action.DESCRIBE_SECURITY_GROUP_RULES, r -> r.tags())
            .one("group-id", r -> r.groupId)
            .one("security-group-rule-id", r -> r.id);

    private final World world;
    private final Pager pager;

    public Permissions(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    public List<PermissionItem> authorize(AuthorizeSecurityGroup request) {
        TagRules.check(request.tags());
        StoredGroup group = world.groups.require(request.groupId());
        Map<Permission, GivenPermission> wanted = read(request.egress(), group, request.ipPermissions());
        for (Permission permission : wanted.keySet()) {
            if (find(group.id, permission).findAny().isPresent()) {
                throw PermissionRule.PERMISSION_DUPLICATE.error(
                        "the specified rule \"" + permission + "\" already exists");
            }
        }
        checkCount(group, request.egress(), wanted, PeerKind.IPV4);
        checkCount(group, request.egress(), wanted, PeerKind.IPV6);
        List<PermissionItem> made = new ArrayList<>();
        wanted.forEach((permission, given) -> {
            StoredPermission stored = new StoredPermission(
                    world.birth(world.permissions), group.id, permission, given.description(), request.tags());
            world.permissions.add(stored);
            made.add(stored.item());
        });
        return made;
    }

    private void checkCount(
            StoredGroup group, boolean egress, Map<Permission, GivenPermission> wanted, PeerKind family) {
        long count = Stream.concat(of(world, group.id).map(stored -> stored.permission), wanted.keySet().stream())
                .filter(permission -> permission.egress() == egress && permission.countsFor(family))
                .count();
        if (count > MAXIMUM) {
            throw PermissionRule.PERMISSIONS_OVER_LIMIT.error(
                    "The maximum number of rules per security group has been reached.");
        }
    }

    public List<PermissionItem> revoke(RevokeSecurityGroup request) {
        StoredGroup group = world.groups.require(request.groupId());
        List<StoredPermission> gone = request.securityGroupRuleIds().isEmpty()
                ? byValue(group, request)
                : byId(group, request.egress(), request.securityGroupRuleIds());
        gone.forEach(stored -> world.permissions.remove(stored.id));
        return gone.stream().map(StoredPermission::item).toList();
    }

    private List<StoredPermission> byId(StoredGroup group, boolean egress, List<String> ids) {
        List<StoredPermission> found = world.permissions.require(ids);
        for (StoredPermission stored : found) {
            if (!stored.groupId.equals(group.id) || stored.permission.egress() != egress) {
                throw world.permissions.absent(stored.id);
            }
        }
        return found;
    }

    private List<StoredPermission> byValue(StoredGroup group, RevokeSecurityGroup request) {
        List<StoredPermission> found = new ArrayList<>();
        for (Permission permission :
                read(request.egress(), group, request.ipPermissions()).keySet()) {
            found.add(find(group.id, permission)
                    .findAny()
                    .orElseThrow(() -> PermissionRule.PERMISSION_UNKNOWN.error(
                            "The specified rule does not exist in this security group.")));
        }
        return found;
    }

    private Map<Permission, GivenPermission> read(boolean egress, StoredGroup group, List<GivenPermission> given) {
        if (given.isEmpty()) {
            throw PermissionRule.PERMISSION_WITHOUT_SOURCE.error("Source group ID missing.");
        }
        PermissionForm form = new PermissionForm(world, group);
        Map<Permission, GivenPermission> read = new LinkedHashMap<>();
        for (GivenPermission each : given) {
            if (read.put(form.read(egress, each), each) != null) {
                throw PermissionRule.PERMISSION_REPEATED.error("The same permission must not appear multiple times");
            }
        }
        return read;
    }

    private Stream<StoredPermission> find(String groupId, Permission permission) {
        return of(world, groupId).filter(stored -> stored.permission.equals(permission));
    }

    public Listing<PermissionItem> describe(DescribeSecurityGroupRules request) {
        List<String> ids = request.securityGroupRuleIds();
        pager.check(request.page(), !ids.isEmpty(), "SecurityGroupRuleIds");
        Stream<StoredPermission> asked =
                ids.isEmpty() ? world.permissions.visible() : world.permissions.require(ids).stream();
        List<StoredPermission> matching =
                FILTERS.apply(request.filters(), asked).toList();
        return pager.cut(
                request.action(), request.filters(), matching, r -> r.order, request.page(), StoredPermission::item);
    }

    /** The rules of a group. */
    static Stream<StoredPermission> of(World world, String groupId) {
        return world.permissions.all().stream().filter(stored -> stored.groupId.equals(groupId));
    }

    /** Whether a rule of another group names this one. */
    static boolean isNamedByOther(World world, String groupId) {
        return world.permissions.all().stream()
                .anyMatch(stored -> !stored.groupId.equals(groupId)
                        && stored.permission.kind() == PeerKind.GROUP
                        && stored.permission.peer().equals(groupId));
    }

    /** Removes the rules of a group. */
    static void removeAll(World world, String groupId) {
        world.permissions.all().removeIf(stored -> stored.groupId.equals(groupId));
    }

    /** Gives a new group its default rules. */
    static void addDefaults(World world, StoredGroup group, boolean ofVpc) {
        if (ofVpc) {
            add(world, group, Permission.allTraffic(false, PeerKind.GROUP, group.id));
        }
        add(world, group, Permission.allTraffic(true, PeerKind.IPV4, "0.0.0.0/0"));
        if (!world.vpcs.get(group.vpcId).ipv6.isEmpty()) {
            add(world, group, Permission.allTraffic(true, PeerKind.IPV6, "::/0"));
        }
    }

    private static void add(World world, StoredGroup group, Permission permission) {
        world.permissions.add(
                new StoredPermission(world.birthOfDefault(world.permissions), group.id, permission, "", Map.of()));
    }
}
