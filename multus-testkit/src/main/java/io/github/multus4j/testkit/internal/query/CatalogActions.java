package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.CatalogRequests.CreateTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DeleteTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeAvailabilityZones;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeInstanceTypes;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.TagItem;
import io.github.multus4j.testkit.internal.call.CatalogRequests.ZoneItem;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.WireError;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions on tags, and on EC2's offers: instance types and zones. */
final class CatalogActions {

    private CatalogActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.CREATE_TAGS, CatalogActions::createTags,
                Action.DELETE_TAGS, CatalogActions::deleteTags,
                Action.DESCRIBE_TAGS, CatalogActions::describeTags,
                Action.DESCRIBE_INSTANCE_TYPES, CatalogActions::describeInstanceTypes,
                Action.DESCRIBE_AVAILABILITY_ZONES, CatalogActions::describeZones);
    }

    private static Call<Boolean> createTags(QueryRequest p) {
        if (!p.has("Tag")) {
            throw WireError.missing("Tag");
        }
        return WireAction.yesOrNo(new CreateTags(p.requiredTexts("ResourceId"), SharedParameters.tagList(p, "Tag")));
    }

    private static Call<Boolean> deleteTags(QueryRequest p) {
        Map<String, Optional<String>> tags = new LinkedHashMap<>();
        for (QueryRequest tag : p.structures("Tag")) {
            tags.put(tag.required("Key"), Optional.ofNullable(tag.text("Value")));
        }
        return WireAction.yesOrNo(new DeleteTags(p.requiredTexts("ResourceId"), tags));
    }

    private static Call<Listing<TagItem>> describeTags(QueryRequest p) {
        DescribeTags request = new DescribeTags(SharedParameters.filters(p), SharedParameters.page(p));
        return WireAction.listing(
                request,
                "tagSet",
                (item, tag) -> item.text("resourceId", tag.resourceId())
                        .text("resourceType", tag.resourceType())
                        .text("key", tag.key())
                        .text("value", tag.value()));
    }

    private static Call<Listing<InstanceType>> describeInstanceTypes(QueryRequest p) {
        DescribeInstanceTypes request = new DescribeInstanceTypes(
                p.texts("InstanceType"), SharedParameters.filters(p), SharedParameters.page(p));
        return WireAction.listing(
                request,
                "instanceTypeSet",
                (item, type) -> item.text("instanceType", type.name())
                        .text("currentGeneration", true)
                        .element("networkInfo", type, CatalogActions::writeNetworkInfo));
    }

    private static Call<List<ZoneItem>> describeZones(QueryRequest p) {
        DescribeAvailabilityZones request =
                new DescribeAvailabilityZones(p.texts("ZoneName"), SharedParameters.filters(p));
        return new Call<>(
                request,
                (xml, zones) -> xml.items(
                        "availabilityZoneInfo",
                        zones,
                        (item, zone) -> item.text("zoneName", zone.name())
                                .text("zoneId", zone.id())
                                .text("zoneState", "available")
                                .text("regionName", zone.region())
                                .text("groupName", zone.region())
                                .text("networkBorderGroup", zone.region())
                                .text("optInStatus", "opt-in-not-required")
                                .text("zoneType", "availability-zone")));
    }

    private static void writeNetworkInfo(Xml xml, InstanceType type) {
        xml.text("maximumNetworkInterfaces", type.maximumNetworkInterfaces());
        xml.text("maximumNetworkCards", type.networkCards().size());
        xml.text("defaultNetworkCardIndex", 0);
        xml.items(
                "networkCards",
                type.networkCards(),
                (item, card) -> item.text("networkCardIndex", card.index())
                        .text("maximumNetworkInterfaces", card.maximumNetworkInterfaces()));
        xml.text("ipv4AddressesPerInterface", type.ipv4AddressesPerInterface());
        xml.text("ipv6AddressesPerInterface", type.ipv6AddressesPerInterface());
        xml.text("ipv6Supported", type.ipv6Supported());
    }
}
