package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.CatalogRequests.CreateTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DeleteTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.TagItem;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.rule.RequestRule;
import io.github.multus4j.testkit.internal.state.Stored;
import io.github.multus4j.testkit.internal.state.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules for tags on their own. */
public final class Tags {

    private record Placed(long order, TagItem tag) {}

    private static final Filters<Placed> FILTERS = Filters.<Placed>tagged(
                    Action.DESCRIBE_TAGS, p -> Map.of(p.tag().key(), p.tag().value()))
            .one("key", p -> p.tag().key())
            .one("value", p -> p.tag().value())
            .one("resource-id", p -> p.tag().resourceId())
            .one("resource-type", p -> p.tag().resourceType())
            .many("tag-value", p -> List.of(p.tag().value()));

    private static final int MAXIMUM_RESOURCES = 1000;

    private final World world;
    private final Pager pager;

    public Tags(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    public Boolean create(CreateTags request) {
        TagRules.check(request.tags());
        List<Stored> resources = require(request.resources());
        for (Stored resource : resources) {
            Map<String, String> together = new HashMap<>(resource.tags());
            together.putAll(request.tags());
            TagRules.checkCount(together.size());
        }
        for (Stored resource : resources) {
            Map<String, String> together = new HashMap<>(resource.tags());
            together.putAll(request.tags());
            resource.retag(together);
        }
        return true;
    }

    public Boolean delete(DeleteTags request) {
        List<Stored> resources = require(request.resources());
        for (Stored resource : resources) {
            Map<String, String> left = request.tags().isEmpty() ? new HashMap<>() : new HashMap<>(resource.tags());
            request.tags().forEach((key, value) -> {
                if (value.isEmpty() || value.equals(Optional.ofNullable(left.get(key)))) {
                    left.remove(key);
                }
            });
            resource.retag(left);
        }
        return true;
    }

    public Listing<TagItem> describe(DescribeTags request) {
        pager.check(request.page(), false, "");
        List<Placed> all = new ArrayList<>();
        world.everything()
                .filter(resource -> resource.isVisibleAt(world.now()))
                .sorted((a, b) -> Long.compare(a.order, b.order))
                .forEach(resource -> {
                    long place = 0;
                    for (Map.Entry<String, String> tag : resource.tags().entrySet()) {
                        all.add(new Placed(
                                resource.order * 64 + place++,
                                new TagItem(resource.id, resource.resourceType(), tag.getKey(), tag.getValue())));
                    }
                });
        List<Placed> matching = FILTERS.apply(request.filters(), all.stream()).toList();
        return pager.cut(request.action(), request.filters(), matching, Placed::order, request.page(), Placed::tag);
    }

    private List<Stored> require(List<String> ids) {
        if (ids.size() > MAXIMUM_RESOURCES) {
            throw RequestRule.TAG_RESOURCES_OVER_LIMIT.error(
                    "The maximum number of resource IDs on a single call is " + MAXIMUM_RESOURCES);
        }
        List<Stored> found = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            found.add(world.everything()
                    .filter(resource -> resource.id.equals(id) && resource.isVisibleAt(world.now()))
                    .findFirst()
                    .orElseThrow(() -> unknown(id)));
        }
        return found;
    }

    private Ec2Error unknown(String id) {
        return world.stores()
                .filter(store -> id.startsWith(store.prefix() + "-"))
                .findFirst()
                .map(store -> store.absent(id))
                .orElseGet(() -> RequestRule.TAG_RESOURCE_UNKNOWN.error("The ID '" + id + "' is not valid"));
    }
}
