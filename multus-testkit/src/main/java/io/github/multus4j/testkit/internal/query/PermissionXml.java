package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.internal.call.Permission;
import io.github.multus4j.testkit.internal.call.Permission.PeerKind;
import io.github.multus4j.testkit.internal.call.PermissionItem;
import io.github.multus4j.testkit.internal.state.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules of security groups in answers: one by one, or together if only the peers differ. */
final class PermissionXml {

    private PermissionXml() {}

    static void write(Xml xml, PermissionItem item) {
        writeCommon(xml, item);
        xml.text("groupOwnerId", World.ACCOUNT);
        if (item.permission().kind() == PeerKind.GROUP) {
            xml.element(
                    "referencedGroupInfo",
                    group -> group.text("groupId", item.permission().peer()).text("userId", World.ACCOUNT));
        }
        SharedParameters.tagSet(xml, item.tags());
    }

    static void writeRevoked(Xml xml, PermissionItem item) {
        writeCommon(xml, item);
        xml.text("referencedGroupId", onlyIf(item, PeerKind.GROUP));
    }

    private static void writeCommon(Xml xml, PermissionItem item) {
        Permission permission = item.permission();
        xml.text("securityGroupRuleId", item.id()).text("groupId", item.groupId());
        xml.text("isEgress", permission.egress()).text("ipProtocol", permission.protocol());
        xml.text("fromPort", permission.fromPort()).text("toPort", permission.toPort());
        xml.text("cidrIpv4", onlyIf(item, PeerKind.IPV4)).text("cidrIpv6", onlyIf(item, PeerKind.IPV6));
        xml.text("description", item.description().isEmpty() ? null : item.description());
    }

    private static @Nullable String onlyIf(PermissionItem item, PeerKind kind) {
        return item.permission().kind() == kind ? item.permission().peer() : null;
    }

    /** The rules of one direction, as listings of security groups show them. */
    static void writeTogether(Xml xml, String element, List<PermissionItem> rules, boolean egress) {
        Map<List<Object>, List<PermissionItem>> byTraffic = new LinkedHashMap<>();
        for (PermissionItem rule : rules) {
            Permission p = rule.permission();
            if (p.egress() == egress) {
                byTraffic
                        .computeIfAbsent(List.of(p.protocol(), p.fromPort(), p.toPort()), traffic -> new ArrayList<>())
                        .add(rule);
            }
        }
        xml.items(element, byTraffic.values(), PermissionXml::writePeers);
    }

    private static void writePeers(Xml xml, List<PermissionItem> rules) {
        Permission first = rules.get(0).permission();
        xml.text("ipProtocol", first.protocol());
        if (first.hasPorts()) {
            xml.text("fromPort", first.fromPort()).text("toPort", first.toPort());
        }
        writePeers(xml, "groups", "groupId", rules, PeerKind.GROUP);
        writePeers(xml, "ipRanges", "cidrIp", rules, PeerKind.IPV4);
        writePeers(xml, "ipv6Ranges", "cidrIpv6", rules, PeerKind.IPV6);
        xml.items("prefixListIds", List.of(), (item, none) -> {});
    }

    private static void writePeers(Xml xml, String list, String name, List<PermissionItem> rules, PeerKind kind) {
        List<PermissionItem> ofKind =
                rules.stream().filter(rule -> rule.permission().kind() == kind).toList();
        xml.items(list, ofKind, (item, rule) -> {
            item.text(name, rule.permission().peer());
            item.text("userId", kind == PeerKind.GROUP ? World.ACCOUNT : null);
            item.text("description", rule.description().isEmpty() ? null : rule.description());
        });
    }
}
