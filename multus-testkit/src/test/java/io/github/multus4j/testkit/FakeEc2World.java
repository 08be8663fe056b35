package io.github.multus4j.testkit;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.contract.Ec2World;
import io.github.multus4j.testkit.internal.call.InstanceRequests.RunInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.TerminateInstances;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.CreateSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DeleteSecurityGroup;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnet;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnetCidrReservation;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DeleteSubnet;
import io.github.multus4j.testkit.internal.call.VpcItem;
import io.github.multus4j.testkit.internal.call.VpcRequests.CreateVpc;
import io.github.multus4j.testkit.internal.call.VpcRequests.DeleteVpc;
import io.github.multus4j.testkit.internal.engine.Ec2Engine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The world of the contract in the fake. */
final class FakeEc2World implements Ec2World {

    private final Ec2Engine engine;

    FakeEc2World(FakeEc2Network ec2) {
        this.engine = ec2.engine();
    }

    @Override
    public List<String> zones() {
        return List.of("us-east-1a", "us-east-1b");
    }

    @Override
    public Vpc createVpc(Cidr ipv4) {
        VpcItem made = engine.setUp(new CreateVpc(ipv4.toString(), true, null, Map.of()));
        return new Vpc(made.id(), made.ipv6().get(0).cidr());
    }

    @Override
    public void deleteVpc(String vpcId) {
        engine.setUp(new DeleteVpc(vpcId));
    }

    @Override
    public String createSubnet(
            String vpcId, String zone, @Nullable Cidr ipv4, @Nullable Cidr ipv6, Map<String, String> tags) {
        return engine.setUp(new CreateSubnet(
                        vpcId,
                        ipv4 == null ? null : ipv4.toString(),
                        ipv6 == null ? null : ipv6.toString(),
                        ipv4 == null,
                        zone,
                        tags))
                .subnet()
                .id();
    }

    @Override
    public void deleteSubnet(String subnetId) {
        engine.setUp(new DeleteSubnet(subnetId));
    }

    @Override
    public String createReservation(String subnetId, Cidr cidr, String type) {
        return engine.setUp(new CreateSubnetCidrReservation(subnetId, cidr.toString(), type, "", Map.of()))
                .id();
    }

    @Override
    public String createSecurityGroup(String vpcId, String name) {
        return engine.setUp(new CreateSecurityGroup(name, "made by a contract test", vpcId, Map.of()))
                .group()
                .id();
    }

    @Override
    public void deleteSecurityGroup(String groupId) {
        engine.setUp(new DeleteSecurityGroup(groupId));
    }

    @Override
    public String runInstance(String subnetId, String securityGroupId, String instanceType, Map<String, String> tags) {
        return engine.setUp(new RunInstances(
                        "ami-12c6146b",
                        instanceType,
                        1,
                        1,
                        subnetId,
                        null,
                        List.of(securityGroupId),
                        List.of(),
                        tags,
                        Map.of(),
                        null))
                .get(0)
                .instance()
                .id();
    }

    @Override
    public void terminateInstance(String instanceId) {
        engine.setUp(new TerminateInstances(List.of(instanceId)));
    }

    @Override
    public void assignPrefix(String networkInterfaceId, Cidr prefix) {
        engine.setUp(new AssignPrivateIpAddresses(
                networkInterfaceId, List.of(), null, List.of(prefix.toString()), null, false));
    }
}
