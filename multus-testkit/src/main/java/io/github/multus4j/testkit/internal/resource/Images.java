package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.ImageRequests.DescribeImages;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.rule.InstanceRule;
import io.github.multus4j.testkit.internal.state.Ids;
import io.github.multus4j.testkit.internal.state.World;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules for AMIs. RunInstances takes every well-formed id, so every well-formed id is an image.
 * A listing without ids shows the images of launched instances.
 */
public final class Images {

    /** Amazon's account for its own images. */
    public static final String OWNER = "137112412989";

    public static final String OWNER_ALIAS = "amazon";

    private static final Filters<String> FILTERS = Filters.<String>tagged(Action.DESCRIBE_IMAGES, id -> Map.of())
            .one("image-id", id -> id)
            .one("name", Images::name)
            .one("owner-id", id -> OWNER)
            .one("owner-alias", id -> OWNER_ALIAS)
            .one("state", id -> "available")
            .one("architecture", id -> "x86_64")
            .one("image-type", id -> "machine")
            .one("is-public", id -> true)
            .one("hypervisor", id -> "xen")
            .one("virtualization-type", id -> "hvm")
            .one("root-device-type", id -> "ebs")
            .one("ena-support", id -> true)
            .absent("platform", "kernel-id", "ramdisk-id", "product-code", "state-reason-code");

    private final World world;
    private final Pager pager;

    public Images(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    /** The id of an image that a call names. */
    static String check(String id) {
        if (!Ids.isWellFormed("ami", id)) {
            throw InstanceRule.RUN_IMAGE_MALFORMED.error("Invalid id: \"" + id + "\" (expecting \"ami-...\")");
        }
        return id;
    }

    public static String name(String id) {
        return "image-of-" + id;
    }

    public Listing<String> describe(DescribeImages request) {
        pager.check(request.page(), false, "ImageIds");
        Set<String> asked = new LinkedHashSet<>(request.imageIds());
        asked.forEach(Images::check);
        List<String> known = List.copyOf(asked.isEmpty() ? world.launchedImages : asked);
        Stream<String> owned = known.stream().filter(id -> isOwnedByOneOf(request.owners()));
        List<String> matching = FILTERS.apply(request.filters(), owned).toList();
        Object query = List.of(request.imageIds(), request.owners(), request.filters());
        return pager.cut(request.action(), query, matching, id -> known.indexOf(id) + 1L, request.page(), id -> id);
    }

    private static boolean isOwnedByOneOf(List<String> owners) {
        return owners.isEmpty() || owners.contains(OWNER) || owners.contains(OWNER_ALIAS);
    }
}
