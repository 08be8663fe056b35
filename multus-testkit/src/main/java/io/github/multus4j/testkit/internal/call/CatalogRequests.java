package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.InstanceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls about tags, and about EC2's offers: instance types and zones. */
public final class CatalogRequests {

    private CatalogRequests() {}

    public record CreateTags(List<String> resources, Map<String, String> tags) implements Ec2Request<Boolean> {}

    /** Keys with the value that a tag must have to be deleted; without a value, any. */
    public record DeleteTags(List<String> resources, Map<String, Optional<String>> tags)
            implements Ec2Request<Boolean> {}

    public record DescribeTags(List<Filter> filters, Page page) implements Ec2Request<Listing<TagItem>> {}

    public record DescribeInstanceTypes(List<String> instanceTypes, List<Filter> filters, Page page)
            implements Ec2Request<Listing<InstanceType>> {}

    public record DescribeAvailabilityZones(List<String> zoneNames, List<Filter> filters)
            implements Ec2Request<List<ZoneItem>> {}

    /** A tag and its resource. */
    public record TagItem(String resourceId, String resourceType, String key, String value) {}

    /** An Availability Zone. */
    public record ZoneItem(String name, String id, String region) {}
}
