package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.CidrReservation;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.SecurityGroupVpcAssociation;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** EC2 at the other end of a wire. */
final class WiredEc2 implements Ec2Network {

    private final Wire wire;
    private final Region region;

    WiredEc2(Wire wire, Region region) {
        this.wire = wire;
        this.region = region;
    }

    @Override
    public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
        return wire.call(
                Action.DESCRIBE_INSTANCES,
                Map.of("filters", filters),
                deadline,
                () -> region.ec2.describeInstances(filters, wire.atOnce()));
    }

    @Override
    public List<Subnet> describeSubnets(List<Filter> filters, Deadline deadline) {
        return wire.call(
                Action.DESCRIBE_SUBNETS,
                Map.of("filters", filters),
                deadline,
                () -> region.ec2.describeSubnets(filters, wire.atOnce()));
    }

    @Override
    public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
        return wire.call(
                Action.DESCRIBE_NETWORK_INTERFACES,
                Map.of("filters", filters),
                deadline,
                () -> region.ec2.describeNetworkInterfaces(filters, wire.atOnce()));
    }

    @Override
    public List<CidrReservation> getSubnetCidrReservations(String subnetId, Deadline deadline) {
        return wire.call(
                Action.GET_SUBNET_CIDR_RESERVATIONS,
                Map.of("subnet", subnetId),
                deadline,
                () -> region.ec2.getSubnetCidrReservations(subnetId, wire.atOnce()));
    }

    @Override
    public List<SecurityGroup> describeSecurityGroups(List<Filter> filters, Deadline deadline) {
        return wire.call(
                Action.DESCRIBE_SECURITY_GROUPS,
                Map.of("filters", filters),
                deadline,
                () -> region.ec2.describeSecurityGroups(filters, wire.atOnce()));
    }

    @Override
    public Optional<List<SecurityGroupVpcAssociation>> describeSecurityGroupVpcAssociations(
            List<Filter> filters, Deadline deadline) {
        return wire.call(
                Action.DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS,
                Map.of("filters", filters),
                deadline,
                () -> region.ec2.describeSecurityGroupVpcAssociations(filters, wire.atOnce()));
    }

    @Override
    public Optional<InstanceType> describeInstanceType(String name, Deadline deadline) {
        return wire.call(
                Action.DESCRIBE_INSTANCE_TYPES,
                Map.of("type", name),
                deadline,
                () -> region.ec2.describeInstanceType(name, wire.atOnce()));
    }

    @Override
    public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
        return wire.call(
                Action.CREATE_NETWORK_INTERFACE,
                Map.of("request", request),
                deadline,
                () -> region.ec2.createNetworkInterface(request, wire.atOnce()));
    }

    @Override
    public String attachNetworkInterface(
            String networkInterfaceId, String instanceId, int deviceIndex, int networkCardIndex, Deadline deadline) {
        return wire.call(
                Action.ATTACH_NETWORK_INTERFACE,
                Map.of(
                        "interface", networkInterfaceId,
                        "instance", instanceId,
                        "index", deviceIndex,
                        "card", networkCardIndex),
                deadline,
                () -> region.ec2.attachNetworkInterface(
                        networkInterfaceId, instanceId, deviceIndex, networkCardIndex, wire.atOnce()));
    }

    @Override
    public void modifySourceDestCheck(String networkInterfaceId, boolean enabled, Deadline deadline) {
        wire.call(
                Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
                Map.of("interface", networkInterfaceId, "sourceDestCheck", enabled),
                deadline,
                () -> {
                    region.ec2.modifySourceDestCheck(networkInterfaceId, enabled, wire.atOnce());
                    return "done";
                });
    }

    @Override
    public void modifyDeleteOnTermination(
            String networkInterfaceId, String attachmentId, boolean deleteOnTermination, Deadline deadline) {
        wire.call(
                Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
                Map.of(
                        "interface", networkInterfaceId,
                        "attachment", attachmentId,
                        "deleteOnTermination", deleteOnTermination),
                deadline,
                () -> {
                    region.ec2.modifyDeleteOnTermination(
                            networkInterfaceId, attachmentId, deleteOnTermination, wire.atOnce());
                    return "done";
                });
    }

    @Override
    public void createTags(String resourceId, Map<String, String> tags, Deadline deadline) {
        wire.call(Action.CREATE_TAGS, Map.of("resource", resourceId, "tags", tags), deadline, () -> {
            region.ec2.createTags(resourceId, tags, wire.atOnce());
            return "done";
        });
    }

    @Override
    public void detachNetworkInterface(String attachmentId, Deadline deadline) {
        wire.call(Action.DETACH_NETWORK_INTERFACE, Map.of("attachment", attachmentId), deadline, () -> {
            region.ec2.detachNetworkInterface(attachmentId, wire.atOnce());
            return "done";
        });
    }

    @Override
    public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
        wire.call(Action.DELETE_NETWORK_INTERFACE, Map.of("interface", networkInterfaceId), deadline, () -> {
            region.ec2.deleteNetworkInterface(networkInterfaceId, wire.atOnce());
            return "done";
        });
    }
}
