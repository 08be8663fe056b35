package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.util.List;

/** The calls about AMIs. */
public final class ImageRequests {

    private ImageRequests() {}

    public record DescribeImages(List<String> imageIds, List<String> owners, List<Filter> filters, Page page)
            implements Ec2Request<Listing<String>> {}
}
