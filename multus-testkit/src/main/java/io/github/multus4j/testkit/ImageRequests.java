package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Filter;
import java.util.List;

/** The calls about AMIs. */
final class ImageRequests {

    private ImageRequests() {}

    record DescribeImages(List<String> imageIds, List<String> owners, List<Filter> filters, Page page)
            implements Ec2Request<Listing<String>> {}
}
