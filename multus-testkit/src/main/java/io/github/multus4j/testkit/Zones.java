package io.github.multus4j.testkit;

import io.github.multus4j.testkit.CatalogRequests.DescribeAvailabilityZones;
import io.github.multus4j.testkit.CatalogRequests.ZoneItem;
import java.util.List;

final class Zones {

    private final World world;

    Zones(World world) {
        this.world = world;
    }

    List<ZoneItem> describe(DescribeAvailabilityZones request) {
        return world.notYet(request);
    }
}
