package io.github.multus4j.aws.simulation;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands every call on. */
class ForwardingEc2 implements Ec2Network {

    final Ec2Network ec2;

    ForwardingEc2(Ec2Network ec2) {
        this.ec2 = ec2;
    }

    /** Every deadline on its way down. */
    Deadline deadline(Deadline given) {
        return given;
    }

    @Override
    public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
        return ec2.describeInstances(filters, deadline(deadline));
    }

    @Override
    public List<Subnet> describeSubnets(List<Filter> filters, Deadline deadline) {
        return ec2.describeSubnets(filters, deadline(deadline));
    }

    @Override
    public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
        return ec2.describeNetworkInterfaces(filters, deadline(deadline));
    }

    @Override
    public List<CidrReservation> getSubnetCidrReservations(String subnetId, Deadline deadline) {
        return ec2.getSubnetCidrReservations(subnetId, deadline(deadline));
    }

    @Override
    public List<SecurityGroup> describeSecurityGroups(List<Filter> filters, Deadline deadline) {
        return ec2.describeSecurityGroups(filters, deadline(deadline));
    }

    @Override
    public Optional<InstanceType> describeInstanceType(String name, Deadline deadline) {
        return ec2.describeInstanceType(name, deadline(deadline));
    }

    @Override
    public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
        return ec2.createNetworkInterface(request, deadline(deadline));
    }

    @Override
    public String attachNetworkInterface(
            String networkInterfaceId, String instanceId, int deviceIndex, int networkCardIndex, Deadline deadline) {
        return ec2.attachNetworkInterface(
                networkInterfaceId, instanceId, deviceIndex, networkCardIndex, deadline(deadline));
    }

    @Override
    public void modifySourceDestCheck(String networkInterfaceId, boolean enabled, Deadline deadline) {
        ec2.modifySourceDestCheck(networkInterfaceId, enabled, deadline(deadline));
    }

    @Override
    public void modifyDeleteOnTermination(
            String networkInterfaceId, String attachmentId, boolean deleteOnTermination, Deadline deadline) {
        ec2.modifyDeleteOnTermination(networkInterfaceId, attachmentId, deleteOnTermination, deadline(deadline));
    }

    @Override
    public void createTags(String resourceId, Map<String, String> tags, Deadline deadline) {
        ec2.createTags(resourceId, tags, deadline(deadline));
    }

    @Override
    public void detachNetworkInterface(String attachmentId, Deadline deadline) {
        ec2.detachNetworkInterface(attachmentId, deadline(deadline));
    }

    @Override
    public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
        ec2.deleteNetworkInterface(networkInterfaceId, deadline(deadline));
    }
}
