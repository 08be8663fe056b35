package io.github.multus4j.testkit;

import io.github.multus4j.testkit.CatalogRequests.CreateTags;
import io.github.multus4j.testkit.CatalogRequests.DeleteTags;
import io.github.multus4j.testkit.CatalogRequests.DescribeTags;
import io.github.multus4j.testkit.CatalogRequests.TagItem;

final class Tags {

    private final World world;

    Tags(World world) {
        this.world = world;
    }

    Boolean create(CreateTags request) {
        return world.notYet(request);
    }

    Boolean delete(DeleteTags request) {
        return world.notYet(request);
    }

    Listing<TagItem> describe(DescribeTags request) {
        return world.notYet(request);
    }
}
