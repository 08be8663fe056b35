"""Route tables, routes to interfaces, and internet gateways, as scripts of operators use them."""

import pytest
from conftest import launch, refused, tag_specifications

SERVICE = "172.16.0.10/32"


@pytest.fixture
def table_id(ec2, world):
    made = ec2.create_route_table(VpcId=world.vpc_id, TagSpecifications=tag_specifications("route-table", Name="services"))
    yield made["RouteTable"]["RouteTableId"]
    ec2.delete_route_table(RouteTableId=made["RouteTable"]["RouteTableId"])


def table_of(ec2, table_id):
    return ec2.describe_route_tables(RouteTableIds=[table_id])["RouteTables"][0]


def route_of(ec2, table_id, destination):
    found = [route for route in table_of(ec2, table_id)["Routes"] if route.get("DestinationCidrBlock") == destination]
    return found[0] if found else None


def test_the_main_table_has_the_local_routes(ec2, world):
    pages = ec2.get_paginator("describe_route_tables").paginate(
        Filters=[{"Name": "vpc-id", "Values": [world.vpc_id]}, {"Name": "association.main", "Values": ["true"]}]
    )
    [main] = [table for page in pages for table in page["RouteTables"]]
    local = {route.get("DestinationCidrBlock", route.get("DestinationIpv6CidrBlock")): route for route in main["Routes"]}
    assert local["10.0.0.0/16"]["GatewayId"] == "local" and local["10.0.0.0/16"]["Origin"] == "CreateRouteTable"
    assert len(local) == 2 and {route["State"] for route in local.values()} == {"active"}
    association = main["Associations"][0]
    assert association["Main"] is True and "SubnetId" not in association
    with refused("InvalidParameterValue", "cannot disassociate the main route table association"):
        ec2.disassociate_route_table(AssociationId=association["RouteTableAssociationId"])


def test_a_subnet_is_associated_moved_and_released(ec2, world, table_id):
    subnet_id = world.elsewhere["SubnetId"]
    made = ec2.associate_route_table(RouteTableId=table_id, SubnetId=subnet_id)
    assert made["AssociationState"]["State"] == "associated"
    other = ec2.create_route_table(VpcId=world.vpc_id)["RouteTable"]["RouteTableId"]
    with refused("Resource.AlreadyAssociated", "conflicts with an existing association"):
        ec2.associate_route_table(RouteTableId=other, SubnetId=subnet_id)
    with refused("DependencyViolation"):
        ec2.delete_route_table(RouteTableId=table_id)
    moved = ec2.replace_route_table_association(AssociationId=made["AssociationId"], RouteTableId=other)
    found = ec2.describe_route_tables(Filters=[{"Name": "association.subnet-id", "Values": [subnet_id]}])["RouteTables"]
    assert [table["RouteTableId"] for table in found] == [other]
    ec2.disassociate_route_table(AssociationId=moved["NewAssociationId"])
    ec2.delete_route_table(RouteTableId=other)


def test_a_service_address_moves_between_interfaces(ec2, world, table_id):
    nodes = [launch(ec2, world) for _ in range(2)]
    first, second = [
        ec2.create_network_interface(SubnetId=world.ipv4["SubnetId"])["NetworkInterface"]["NetworkInterfaceId"] for _ in nodes
    ]
    for node, interface in zip(nodes, (first, second)):
        ec2.attach_network_interface(NetworkInterfaceId=interface, InstanceId=node, DeviceIndex=1)
    ec2.create_route(RouteTableId=table_id, DestinationCidrBlock=SERVICE, NetworkInterfaceId=first)
    with refused("RouteAlreadyExists", SERVICE):
        ec2.create_route(RouteTableId=table_id, DestinationCidrBlock=SERVICE, NetworkInterfaceId=second)
    assert route_of(ec2, table_id, SERVICE)["InstanceId"] == nodes[0]
    ec2.replace_route(RouteTableId=table_id, DestinationCidrBlock=SERVICE, NetworkInterfaceId=second)
    assert route_of(ec2, table_id, SERVICE)["InstanceId"] == nodes[1]
    ec2.terminate_instances(InstanceIds=nodes)
    ec2.get_waiter("instance_terminated").wait(InstanceIds=nodes, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    for interface in (first, second):
        ec2.delete_network_interface(NetworkInterfaceId=interface)
    lost = route_of(ec2, table_id, SERVICE)
    assert lost["State"] == "blackhole" and lost["NetworkInterfaceId"] == second and "InstanceId" not in lost
    ec2.delete_route(RouteTableId=table_id, DestinationCidrBlock=SERVICE)
    with refused("InvalidRoute.NotFound"):
        ec2.delete_route(RouteTableId=table_id, DestinationCidrBlock=SERVICE)
    with refused("InvalidNetworkInterfaceID.NotFound"):
        ec2.create_route(RouteTableId=table_id, DestinationCidrBlock=SERVICE, NetworkInterfaceId=second)


def test_a_route_to_an_internet_gateway(ec2, world, table_id):
    gateway_id = ec2.create_internet_gateway(TagSpecifications=tag_specifications("internet-gateway", Name="igw"))[
        "InternetGateway"
    ]["InternetGatewayId"]
    ec2.get_waiter("internet_gateway_exists").wait(InternetGatewayIds=[gateway_id])
    with refused("InvalidParameterValue", "belong to different networks"):
        ec2.create_route(RouteTableId=table_id, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway_id)
    ec2.attach_internet_gateway(InternetGatewayId=gateway_id, VpcId=world.vpc_id)
    ec2.create_route(RouteTableId=table_id, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway_id)
    ec2.create_route(RouteTableId=table_id, DestinationIpv6CidrBlock="::/0", GatewayId=gateway_id)
    assert route_of(ec2, table_id, "0.0.0.0/0")["State"] == "active"
    attached = ec2.describe_internet_gateways(Filters=[{"Name": "attachment.vpc-id", "Values": [world.vpc_id]}])
    assert attached["InternetGateways"][0]["Attachments"] == [{"State": "available", "VpcId": world.vpc_id}]
    with refused("DependencyViolation"):
        ec2.delete_internet_gateway(InternetGatewayId=gateway_id)
    ec2.detach_internet_gateway(InternetGatewayId=gateway_id, VpcId=world.vpc_id)
    assert route_of(ec2, table_id, "0.0.0.0/0")["State"] == "blackhole"
    ec2.delete_internet_gateway(InternetGatewayId=gateway_id)


def test_targets_that_are_not_modelled(ec2, table_id):
    with refused("NotModelledByFake", "NatGatewayId"):
        ec2.create_route(RouteTableId=table_id, DestinationCidrBlock="0.0.0.0/0", NatGatewayId="nat-12345678")
    with refused("NotModelledByFake", "GatewayId"):
        ec2.associate_route_table(RouteTableId=table_id, GatewayId="igw-12345678")
