package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeAvailabilityZones;
import io.github.multus4j.testkit.internal.call.CatalogRequests.ZoneItem;
import io.github.multus4j.testkit.internal.rule.VpcRule;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;
import java.util.stream.Stream;

/** The Availability Zones of the Region: six, {@code a} to {@code f}. */
public final class Zones {

    private static final Filters<ZoneItem> FILTERS = Filters.<ZoneItem>untagged(Action.DESCRIBE_AVAILABILITY_ZONES)
            .one("zone-name", ZoneItem::name)
            .one("zone-id", ZoneItem::id)
            .one("region-name", ZoneItem::region)
            .one("group-name", ZoneItem::region)
            .one("state", zone -> "available")
            .one("zone-type", zone -> "availability-zone")
            .one("opt-in-status", zone -> "opt-in-not-required")
            .absent("message", "parent-zone-id", "parent-zone-name");

    private final World world;

    public Zones(World world) {
        this.world = world;
    }

    public List<ZoneItem> describe(DescribeAvailabilityZones request) {
        request.zoneNames().forEach(name -> check(world, name));
        Stream<ZoneItem> asked = names(world).stream()
                .filter(name ->
                        request.zoneNames().isEmpty() || request.zoneNames().contains(name))
                .map(name -> new ZoneItem(name, id(name), world.region()));
        return FILTERS.apply(request.filters(), asked).toList();
    }

    static List<String> names(World world) {
        return "abcdef".chars().mapToObj(c -> world.region() + (char) c).toList();
    }

    /** A zone's id, such as {@code use1-az1} for {@code us-east-1a}. */
    public static String id(String zone) {
        String[] parts = zone.split("-", -1);
        String last = parts[parts.length - 1];
        return parts[0] + parts[1].charAt(0) + last.charAt(0) + "-az" + (last.charAt(1) - 'a' + 1);
    }

    /** The zone of that id. */
    static String ofId(World world, String id) {
        return names(world).stream()
                .filter(name -> id(name).equals(id))
                .findFirst()
                .orElseThrow(() -> VpcRule.ZONE_UNKNOWN.error("Value (" + id
                        + ") for parameter availabilityZoneId is invalid. Subnets can currently only be created in the"
                        + " following availability zones: "
                        + String.join(", ", names(world).stream().map(Zones::id).toList()) + "."));
    }

    static void check(World world, String zone) {
        if (!names(world).contains(zone)) {
            throw VpcRule.ZONE_UNKNOWN.error("Value (" + zone
                    + ") for parameter availabilityZone is invalid. Subnets can currently only be created in the following"
                    + " availability zones: " + String.join(", ", names(world)) + ".");
        }
    }
}
