package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.ImageRequests.DescribeImages;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import io.github.multus4j.testkit.internal.resource.Images;
import java.util.Map;

/** The actions on AMIs. */
final class ImageActions {

    private ImageActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(Action.DESCRIBE_IMAGES, ImageActions::describe);
    }

    private static Call<Listing<String>> describe(QueryRequest p) {
        // No image here is deprecated or disabled.
        p.ignore("IncludeDeprecated");
        p.ignore("IncludeDisabled");
        DescribeImages request = new DescribeImages(
                p.texts("ImageId"), p.texts("Owner"), SharedParameters.filters(p), SharedParameters.page(p));
        return WireAction.listing(request, "imagesSet", ImageActions::write);
    }

    private static void write(Xml xml, String id) {
        xml.text("imageId", id).text("name", Images.name(id)).text("imageLocation", "amazon/" + Images.name(id));
        xml.text("imageState", "available").text("imageOwnerId", Images.OWNER);
        xml.text("imageOwnerAlias", Images.OWNER_ALIAS).text("isPublic", true);
        xml.text("architecture", "x86_64")
                .text("imageType", "machine")
                .text("creationDate", "2026-01-01T00:00:00.000Z");
        xml.text("rootDeviceType", "ebs").text("rootDeviceName", "/dev/xvda").text("virtualizationType", "hvm");
        xml.text("hypervisor", "xen").text("enaSupport", true);
    }
}
