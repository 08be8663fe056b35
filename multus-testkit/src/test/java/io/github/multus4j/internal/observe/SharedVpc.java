package io.github.multus4j.internal.observe;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.InterceptedEc2Network;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.List;
import java.util.Map;

/**
 * EC2 for a participant of a shared VPC: interfaces of other accounts are in no listing, and the
 * subnets show no tags. An interface that is neither attached nor tagged as ours belongs to another
 * account.
 */
final class SharedVpc extends InterceptedEc2Network {

    SharedVpc(Ec2Network ec2) {
        super(ec2, new Interceptor() {
            @Override
            public <T> T intercept(Call<T> call) {
                return call.proceed();
            }
        });
    }

    @Override
    public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
        return super.describeNetworkInterfaces(filters, deadline).stream()
                .filter(i -> i.attachment() != null || i.tags().containsKey(OwnerTags.INSTANCE_ID))
                .toList();
    }

    @Override
    public List<Subnet> describeSubnets(List<Filter> filters, Deadline deadline) {
        boolean byTag = filters.stream().anyMatch(filter -> filter.name().startsWith("tag"));
        return byTag
                ? List.of()
                : super.describeSubnets(filters, deadline).stream()
                        .map(s -> new Subnet(s.id(), s.vpcId(), s.zone(), s.ipv4Cidr(), s.ipv6Cidrs(), Map.of()))
                        .toList();
    }
}
