package io.github.multus4j;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import java.util.List;
import java.util.Optional;

/** A user's port from before the port had default methods: it implements only the others. */
public record OlderPort(Ec2Network ec2) implements Ec2Network {

    @Override
    public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
        return ec2.describeInstances(filters, deadline);
    }

    @Override
    public List<Subnet> describeSubnets(List<Filter> filters, Deadline deadline) {
        return ec2.describeSubnets(filters, deadline);
    }

    @Override
    public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
        return ec2.describeNetworkInterfaces(filters, deadline);
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
    public String attachNetworkInterface(String id, String instanceId, int index, int card, Deadline deadline) {
        return ec2.attachNetworkInterface(id, instanceId, index, card, deadline);
    }

    @Override
    public void modifySourceDestCheck(String id, boolean enabled, Deadline deadline) {
        ec2.modifySourceDestCheck(id, enabled, deadline);
    }

    @Override
    public void modifyDeleteOnTermination(String id, String attachmentId, boolean on, Deadline deadline) {
        ec2.modifyDeleteOnTermination(id, attachmentId, on, deadline);
    }

    @Override
    public void detachNetworkInterface(String attachmentId, Deadline deadline) {
        ec2.detachNetworkInterface(attachmentId, deadline);
    }

    @Override
    public void deleteNetworkInterface(String id, Deadline deadline) {
        ec2.deleteNetworkInterface(id, deadline);
    }
}
