package io.github.multus4j.testkit.internal.engine;

import io.github.multus4j.testkit.internal.call.AutoScalingRequests.AttachInstances;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.CompleteLifecycleAction;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.CreateAutoScalingGroup;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeAutoScalingGroups;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeAutoScalingInstances;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.DescribeLifecycleHooks;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.PutLifecycleHook;
import io.github.multus4j.testkit.internal.call.AutoScalingRequests.RecordLifecycleActionHeartbeat;
import io.github.multus4j.testkit.internal.call.CatalogRequests.CreateTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DeleteTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeAvailabilityZones;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeInstanceTypes;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeTags;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.GatewayRequests.AttachInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.CreateInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DeleteInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DescribeInternetGateways;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DetachInternetGateway;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.AssociateSecurityGroupVpc;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.DescribeSecurityGroupVpcAssociations;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.DisassociateSecurityGroupVpc;
import io.github.multus4j.testkit.internal.call.ImageRequests.DescribeImages;
import io.github.multus4j.testkit.internal.call.InstanceAttributeRequests.DescribeInstanceAttribute;
import io.github.multus4j.testkit.internal.call.InstanceAttributeRequests.ModifyInstanceAttribute;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstanceStatus;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.RunInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StartInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StopInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.TerminateInstances;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.CreateNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DeleteNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaces;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DetachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ModifyNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.PermissionRequests.AuthorizeSecurityGroup;
import io.github.multus4j.testkit.internal.call.PermissionRequests.DescribeSecurityGroupRules;
import io.github.multus4j.testkit.internal.call.PermissionRequests.RevokeSecurityGroup;
import io.github.multus4j.testkit.internal.call.RouteRequests.CreateRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.DeleteRoute;
import io.github.multus4j.testkit.internal.call.RouteRequests.ReplaceRoute;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.AssociateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.CreateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DeleteRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DescribeRouteTables;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DisassociateRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.ReplaceRouteTableAssociation;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.CreateSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DeleteSecurityGroup;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DescribeSecurityGroups;
import io.github.multus4j.testkit.internal.call.SubnetRequests.AssociateSubnetCidrBlock;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnet;
import io.github.multus4j.testkit.internal.call.SubnetRequests.CreateSubnetCidrReservation;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DeleteSubnet;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DeleteSubnetCidrReservation;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DescribeSubnets;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DisassociateSubnetCidrBlock;
import io.github.multus4j.testkit.internal.call.SubnetRequests.GetSubnetCidrReservations;
import io.github.multus4j.testkit.internal.call.SubnetRequests.ModifySubnetAttribute;
import io.github.multus4j.testkit.internal.call.VpcRequests.AssociateVpcCidrBlock;
import io.github.multus4j.testkit.internal.call.VpcRequests.CreateVpc;
import io.github.multus4j.testkit.internal.call.VpcRequests.DeleteVpc;
import io.github.multus4j.testkit.internal.call.VpcRequests.DescribeVpcAttribute;
import io.github.multus4j.testkit.internal.call.VpcRequests.DescribeVpcs;
import io.github.multus4j.testkit.internal.call.VpcRequests.ModifyVpcAttribute;
import io.github.multus4j.testkit.internal.resource.Addresses;
import io.github.multus4j.testkit.internal.resource.Attachments;
import io.github.multus4j.testkit.internal.resource.AttributesOfInstances;
import io.github.multus4j.testkit.internal.resource.AutoScalingGroups;
import io.github.multus4j.testkit.internal.resource.GroupAssociations;
import io.github.multus4j.testkit.internal.resource.Images;
import io.github.multus4j.testkit.internal.resource.InstanceStatuses;
import io.github.multus4j.testkit.internal.resource.InstanceTypes;
import io.github.multus4j.testkit.internal.resource.Instances;
import io.github.multus4j.testkit.internal.resource.InternetGateways;
import io.github.multus4j.testkit.internal.resource.LifecycleHooks;
import io.github.multus4j.testkit.internal.resource.NetworkInterfaces;
import io.github.multus4j.testkit.internal.resource.Permissions;
import io.github.multus4j.testkit.internal.resource.Reservations;
import io.github.multus4j.testkit.internal.resource.RouteTables;
import io.github.multus4j.testkit.internal.resource.Routes;
import io.github.multus4j.testkit.internal.resource.SecurityGroups;
import io.github.multus4j.testkit.internal.resource.Subnets;
import io.github.multus4j.testkit.internal.resource.Tags;
import io.github.multus4j.testkit.internal.resource.Vpcs;
import io.github.multus4j.testkit.internal.resource.Zones;
import io.github.multus4j.testkit.internal.state.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The handlers of all calls, by the type of their request. */
final class Handlers {

    private final Map<Class<?>, Function<?, ?>> handlers = new HashMap<>();

    Handlers(
            World world,
            Instances instances,
            NetworkInterfaces networkInterfaces,
            Attachments attachments,
            LifecycleHooks lifecycleHooks) {
        network(world);
        securityGroups(world);
        instances(world, instances);
        interfaces(world, networkInterfaces, attachments);
        catalogs(world);
        autoScaling(world, lifecycleHooks);
    }

    private <R, Q extends Ec2Request<R>> void on(Class<Q> type, Function<Q, R> handler) {
        handlers.put(type, handler);
    }

    /** Applies the rules and the effect of a call. */
    @SuppressWarnings("unchecked") // The method "on" has seen that the handler fits the request.
    <R> R answer(Ec2Request<R> request) {
        Function<Ec2Request<R>, R> handler =
                (Function<Ec2Request<R>, R>) Objects.requireNonNull(handlers.get(request.getClass()));
        return handler.apply(request);
    }

    /** The types of the requests that have a handler. */
    Set<Class<?>> requests() {
        return handlers.keySet();
    }

    private void network(World world) {
        Vpcs vpcs = new Vpcs(world);
        on(CreateVpc.class, vpcs::create);
        on(DescribeVpcs.class, vpcs::describe);
        on(DeleteVpc.class, vpcs::delete);
        on(DescribeVpcAttribute.class, vpcs::describeAttribute);
        on(ModifyVpcAttribute.class, vpcs::modify);
        on(AssociateVpcCidrBlock.class, vpcs::associate);
        Subnets subnets = new Subnets(world);
        on(CreateSubnet.class, subnets::create);
        on(DescribeSubnets.class, subnets::describe);
        on(DeleteSubnet.class, subnets::delete);
        on(ModifySubnetAttribute.class, subnets::modify);
        on(AssociateSubnetCidrBlock.class, subnets::associate);
        on(DisassociateSubnetCidrBlock.class, subnets::disassociate);
        Reservations reservations = new Reservations(world);
        on(CreateSubnetCidrReservation.class, reservations::create);
        on(GetSubnetCidrReservations.class, reservations::list);
        on(DeleteSubnetCidrReservation.class, reservations::delete);
        RouteTables routeTables = new RouteTables(world);
        on(CreateRouteTable.class, routeTables::create);
        on(DescribeRouteTables.class, routeTables::describe);
        on(DeleteRouteTable.class, routeTables::delete);
        on(AssociateRouteTable.class, routeTables::associate);
        on(DisassociateRouteTable.class, routeTables::disassociate);
        on(ReplaceRouteTableAssociation.class, routeTables::replaceAssociation);
        Routes routes = new Routes(world);
        on(CreateRoute.class, routes::create);
        on(ReplaceRoute.class, routes::replace);
        on(DeleteRoute.class, routes::delete);
        InternetGateways internetGateways = new InternetGateways(world);
        on(CreateInternetGateway.class, internetGateways::create);
        on(DescribeInternetGateways.class, internetGateways::describe);
        on(AttachInternetGateway.class, internetGateways::attach);
        on(DetachInternetGateway.class, internetGateways::detach);
        on(DeleteInternetGateway.class, internetGateways::delete);
    }

    private void securityGroups(World world) {
        SecurityGroups securityGroups = new SecurityGroups(world);
        on(CreateSecurityGroup.class, securityGroups::create);
        on(DescribeSecurityGroups.class, securityGroups::describe);
        on(DeleteSecurityGroup.class, securityGroups::delete);
        Permissions permissions = new Permissions(world);
        on(AuthorizeSecurityGroup.class, permissions::authorize);
        on(RevokeSecurityGroup.class, permissions::revoke);
        on(DescribeSecurityGroupRules.class, permissions::describe);
        GroupAssociations groupAssociations = new GroupAssociations(world);
        on(AssociateSecurityGroupVpc.class, groupAssociations::associate);
        on(DisassociateSecurityGroupVpc.class, groupAssociations::disassociate);
        on(DescribeSecurityGroupVpcAssociations.class, groupAssociations::describe);
    }

    private void instances(World world, Instances instances) {
        on(RunInstances.class, instances::run);
        on(DescribeInstances.class, instances::describe);
        on(TerminateInstances.class, instances::terminate);
        on(StopInstances.class, instances::stop);
        on(StartInstances.class, instances::start);
        InstanceStatuses instanceStatuses = new InstanceStatuses(world);
        on(DescribeInstanceStatus.class, instanceStatuses::describe);
        AttributesOfInstances instanceAttributes = new AttributesOfInstances(world);
        on(DescribeInstanceAttribute.class, instanceAttributes::describe);
        on(ModifyInstanceAttribute.class, instanceAttributes::modify);
        Images images = new Images(world);
        on(DescribeImages.class, images::describe);
    }

    private void interfaces(World world, NetworkInterfaces networkInterfaces, Attachments attachments) {
        on(CreateNetworkInterface.class, networkInterfaces::create);
        on(DescribeNetworkInterfaces.class, networkInterfaces::describe);
        on(DescribeNetworkInterfaceAttribute.class, networkInterfaces::describeAttribute);
        on(ModifyNetworkInterfaceAttribute.class, networkInterfaces::modify);
        on(DeleteNetworkInterface.class, networkInterfaces::delete);
        on(AttachNetworkInterface.class, attachments::attach);
        on(DetachNetworkInterface.class, attachments::detach);
        Addresses addresses = new Addresses(world);
        on(AssignPrivateIpAddresses.class, addresses::assignIpv4);
        on(UnassignPrivateIpAddresses.class, addresses::unassignIpv4);
        on(AssignIpv6Addresses.class, addresses::assignIpv6);
        on(UnassignIpv6Addresses.class, addresses::unassignIpv6);
    }

    private void catalogs(World world) {
        Tags tags = new Tags(world);
        on(CreateTags.class, tags::create);
        on(DeleteTags.class, tags::delete);
        on(DescribeTags.class, tags::describe);
        InstanceTypes instanceTypes = new InstanceTypes(world);
        on(DescribeInstanceTypes.class, instanceTypes::describe);
        Zones zones = new Zones(world);
        on(DescribeAvailabilityZones.class, zones::describe);
    }

    private void autoScaling(World world, LifecycleHooks lifecycleHooks) {
        AutoScalingGroups autoScalingGroups = new AutoScalingGroups(world, lifecycleHooks);
        on(CreateAutoScalingGroup.class, autoScalingGroups::create);
        on(PutLifecycleHook.class, autoScalingGroups::putHook);
        on(AttachInstances.class, autoScalingGroups::attach);
        on(DescribeLifecycleHooks.class, autoScalingGroups::describeHooks);
        on(DescribeAutoScalingGroups.class, autoScalingGroups::describe);
        on(DescribeAutoScalingInstances.class, autoScalingGroups::describeInstances);
        on(CompleteLifecycleAction.class, lifecycleHooks::complete);
        on(RecordLifecycleActionHeartbeat.class, lifecycleHooks::heartbeat);
    }
}
