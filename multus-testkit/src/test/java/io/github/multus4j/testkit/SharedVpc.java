package io.github.multus4j.testkit;

import io.github.multus4j.ec2.CidrReservation;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * EC2 as a participant of a shared VPC sees it: interfaces of other accounts are in no listing, and the subnets show no tags. An interface that is
 * neither attached nor tagged as ours is another account's.
 */
record SharedVpc(Ec2Network ec2) implements Ec2Network {

    @Override
    public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
        return ec2.describeNetworkInterfaces(filters, deadline).stream()
                .filter(i -> i.attachment() != null || i.tags().containsKey(OwnerTags.INSTANCE_ID))
                .toList();
    }

    @Override
    public List<Subnet> describeSubnets(List<Filter> filters, Deadline deadline) {
        boolean byTag = filters.stream().anyMatch(filter -> filter.name().startsWith("tag"));
        return byTag
                ? List.of()
                : ec2.describeSubnets(filters, deadline).stream()
                        .map(s -> new Subnet(s.id(), s.vpcId(), s.zone(), s.ipv4Cidr(), s.ipv6Cidrs(), Map.of()))
                        .toList();
    }

    @Override
    public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
        return ec2.describeInstances(filters, deadline);
    }

    @Override
    public List<CidrReservation> getSubnetCidrReservations(String subnetId, Deadline deadline) {
        return ec2.getSubnetCidrReservations(subnetId, deadline);
    }

    @Override
    public List<SecurityGroup> describeSecurityGroups(List<Filter> filters, Deadline deadline) {
        return ec2.describeSecurityGroups(filters, deadline);
    }

    @Override
    public Optional<InstanceType> describeInstanceType(String name, Deadline deadline) {
        return ec2.describeInstanceType(name, deadline);
    }

    @Override
    public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
        return ec2.createNetworkInterface(request, deadline);
    }

    @Override
    public String attachNetworkInterface(
            String networkInterfaceId, String instanceId, int deviceIndex, int networkCardIndex, Deadline deadline) {
        return ec2.attachNetworkInterface(networkInterfaceId, instanceId, deviceIndex, networkCardIndex, deadline);
    }

    @Override
    public void modifySourceDestCheck(String networkInterfaceId, boolean enabled, Deadline deadline) {
        ec2.modifySourceDestCheck(networkInterfaceId, enabled, deadline);
    }

    @Override
    public void modifyDeleteOnTermination(
            String networkInterfaceId, String attachmentId, boolean enabled, Deadline deadline) {
        ec2.modifyDeleteOnTermination(networkInterfaceId, attachmentId, enabled, deadline);
    }

    @Override
    public void detachNetworkInterface(String attachmentId, Deadline deadline) {
        ec2.detachNetworkInterface(attachmentId, deadline);
    }

    @Override
    public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
        ec2.deleteNetworkInterface(networkInterfaceId, deadline);
    }
}
