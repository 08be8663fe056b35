package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about security groups. */
final class SecurityGroupRequests {

    private SecurityGroupRequests() {}

    record CreateSecurityGroup(
            String groupName, String description, @Nullable String vpcId, Map<String, String> tags)
            implements Ec2Request<SecurityGroupItem> {

        @Override
        public Action action() {
            return Action.CREATE_SECURITY_GROUP;
        }

        @Override
        public SecurityGroupItem on(Ec2Engine ec2) {
            return ec2.securityGroups().create(this);
        }
    }

    record DescribeSecurityGroups(List<String> groupIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<SecurityGroupItem>> {

        @Override
        public Action action() {
            return Action.DESCRIBE_SECURITY_GROUPS;
        }

        @Override
        public Listing<SecurityGroupItem> on(Ec2Engine ec2) {
            return ec2.securityGroups().describe(this);
        }
    }

    record DeleteSecurityGroup(String groupId) implements Ec2Request<Boolean> {

        @Override
        public Action action() {
            return Action.DELETE_SECURITY_GROUP;
        }

        @Override
        public Boolean on(Ec2Engine ec2) {
            return ec2.securityGroups().delete(this);
        }
    }
}
