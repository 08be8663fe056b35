package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about security groups. */
public final class SecurityGroupRequests {

    private SecurityGroupRequests() {}

    public record CreateSecurityGroup(
            String groupName, String description, @Nullable String vpcId, Map<String, String> tags)
            implements Ec2Request<SecurityGroupItem> {}

    public record DescribeSecurityGroups(List<String> groupIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<SecurityGroupItem>> {}

    public record DeleteSecurityGroup(String groupId) implements Ec2Request<Boolean> {}
}
