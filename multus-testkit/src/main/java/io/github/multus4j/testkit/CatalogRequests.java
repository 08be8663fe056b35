package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Filter;
import io.github.multus4j.ec2.InstanceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls about tags, and about what EC2 offers: instance types and zones. */
final class CatalogRequests {

    private CatalogRequests() {}

    record CreateTags(List<String> resources, Map<String, String> tags) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.CREATE_TAGS;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.tags().create(this);
        }
    }

    /** Keys with the value that a tag must have to go; without one, any. */
    record DeleteTags(List<String> resources, Map<String, Optional<String>> tags) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.DELETE_TAGS;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.tags().delete(this);
        }
    }

    record DescribeTags(List<Filter> filters, Page page) implements Ec2Request<Listing<TagItem>> {

        @Override
        public Action action() {
            return Action.DESCRIBE_TAGS;
        }

        @Override
        public Listing<TagItem> on(Ec2Engine ec2) {
            return ec2.tags().describe(this);
        }
    }

    record DescribeInstanceTypes(List<String> instanceTypes, List<Filter> filters, Page page)
            implements Ec2Request<Listing<InstanceType>> {

        @Override
        public Action action() {
            return Action.DESCRIBE_INSTANCE_TYPES;
        }

        @Override
        public Listing<InstanceType> on(Ec2Engine ec2) {
            return ec2.instanceTypes().describe(this);
        }
    }

    record DescribeAvailabilityZones(List<String> zoneNames, List<Filter> filters)
            implements Ec2Request<List<ZoneItem>> {

        @Override
        public Action action() {
            return Action.DESCRIBE_AVAILABILITY_ZONES;
        }

        @Override
        public List<ZoneItem> on(Ec2Engine ec2) {
            return ec2.zones().describe(this);
        }
    }

    /** A tag with the resource that it is on. */
    record TagItem(String resourceId, String resourceType, String key, String value) {}

    /** An Availability Zone. */
    record ZoneItem(String name, String id, String region) {}
}
