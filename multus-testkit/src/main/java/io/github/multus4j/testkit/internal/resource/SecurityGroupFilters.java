package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Permission.PeerKind;
import io.github.multus4j.testkit.internal.call.PermissionItem;
import io.github.multus4j.testkit.internal.call.SecurityGroupItem;
import io.github.multus4j.testkit.internal.state.World;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The filters that a listing of security groups knows. */
final class SecurityGroupFilters {

    static final Filters<SecurityGroupItem> ALL = all();

    private SecurityGroupFilters() {}

    private static Filters<SecurityGroupItem> all() {
        Filters<SecurityGroupItem> filters = Filters.<SecurityGroupItem>tagged(
                        Action.DESCRIBE_SECURITY_GROUPS, SecurityGroupItem::tags)
                .one("group-id", item -> item.group().id())
                .one("group-name", item -> item.group().name())
                .one("vpc-id", item -> item.group().vpcId())
                .one("description", SecurityGroupItem::description)
                .one("owner-id", item -> World.ACCOUNT);
        ofRules(filters, "ip-permission.", false);
        ofRules(filters, "egress.ip-permission.", true);
        return filters;
    }

    private static void ofRules(Filters<SecurityGroupItem> filters, String prefix, boolean egress) {
        filters.many(prefix + "cidr", each(egress, rule -> rule.peer(PeerKind.IPV4)))
                .many(prefix + "ipv6-cidr", each(egress, rule -> rule.peer(PeerKind.IPV6)))
                .many(prefix + "group-id", each(egress, rule -> rule.peer(PeerKind.GROUP)))
                .many(
                        prefix + "user-id",
                        each(egress, rule -> rule.peer(PeerKind.GROUP).isEmpty() ? List.of() : List.of(World.ACCOUNT)))
                .many(
                        prefix + "protocol",
                        each(egress, rule -> List.of(rule.permission().protocol())))
                .many(
                        prefix + "from-port",
                        each(egress, rule -> port(rule, rule.permission().fromPort())))
                .many(
                        prefix + "to-port",
                        each(egress, rule -> port(rule, rule.permission().toPort())))
                .absent(prefix + "prefix-list-id");
    }

    private static List<String> port(PermissionItem rule, int port) {
        return rule.permission().hasPorts() ? List.of(String.valueOf(port)) : List.of();
    }

    private static Function<SecurityGroupItem, Collection<String>> each(
            boolean egress, Function<PermissionItem, List<String>> values) {
        return item -> item.rules().stream()
                .filter(rule -> rule.permission().egress() == egress)
                .flatMap(rule -> values.apply(rule).stream())
                .toList();
    }
}
