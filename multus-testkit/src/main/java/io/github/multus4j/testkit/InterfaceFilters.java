package io.github.multus4j.testkit;

import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.StoredInterface.At;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The filters of DescribeNetworkInterfaces. */
final class InterfaceFilters {

    private InterfaceFilters() {}

    static Filters<StoredInterface> of(World world) {
        return Filters.<StoredInterface>tagged(i -> i.tags)
                .one("network-interface-id", i -> i.id)
                .one("subnet-id", i -> i.subnet.id)
                .one("vpc-id", i -> i.subnet.vpcId)
                .one("availability-zone", i -> i.subnet.zone)
                .one("availability-zone-id", i -> Zones.id(i.subnet.zone))
                .one("status", i -> i.networkInterface().status())
                .one("description", i -> i.description)
                .one("mac-address", i -> i.macAddress)
                .one("interface-type", i -> i.interfaceType)
                .one("source-dest-check", i -> i.sourceDestCheck)
                .one("owner-id", i -> World.ACCOUNT)
                .one("requester-managed", i -> i.managed)
                .one("operator.managed", i -> i.managed)
                .many("group-id", i -> i.groupIds)
                .many(
                        "group-name",
                        i -> i.groupIds.stream()
                                .map(id -> world.groups.get(id).name)
                                .toList())
                .many("private-ip-address", i -> texts(i.ipv4Addresses.stream().limit(1)))
                .many("addresses.private-ip-address", i -> texts(i.ipv4Addresses.stream()))
                .many("addresses.primary", InterfaceFilters::primaries)
                .many("ipv6-addresses.ipv6-address", i -> texts(i.ipv6Addresses.stream()))
                .many("attachment.attachment-id", at(At::id))
                .many("attachment.instance-id", at(At::instanceId))
                .many("attachment.instance-owner-id", at(a -> World.ACCOUNT))
                .many("attachment.device-index", at(At::deviceIndex))
                .many("attachment.network-card-index", at(At::networkCardIndex))
                .many("attachment.status", at(At::status))
                .many("attachment.delete-on-termination", at(At::deleteOnTermination))
                .many("attachment.attach-time", at(At::attachTime))
                .absent("addresses.association.owner-id", "addresses.association.public-ip")
                .absent("association.allocation-id", "association.association-id", "association.ip-owner-id")
                .absent("association.public-dns-name", "association.public-ip", "attachment.nat-gateway-id")
                .absent("operator.principal", "private-dns-name", "requester-id");
    }

    private static List<String> texts(Stream<IpAddress> addresses) {
        return addresses.map(IpAddress::toString).toList();
    }

    private static List<String> primaries(StoredInterface i) {
        return Stream.of("true", "false")
                .limit(Math.min(2, i.ipv4Addresses.size()))
                .toList();
    }

    private static Function<StoredInterface, Collection<String>> at(Function<At, Object> value) {
        return i -> {
            At at = i.at;
            return at == null ? List.of() : List.of(value.apply(at).toString());
        };
    }
}
