"""The points that AWS does not document, as docs/conformance.md says that the fake decides them."""

from conftest import launch, refused


def interface(ec2, subnet, **more):
    return ec2.create_network_interface(SubnetId=subnet["SubnetId"], **more)["NetworkInterface"]


def free_addresses(ec2, subnet):
    return ec2.describe_subnets(SubnetIds=[subnet["SubnetId"]])["Subnets"][0]["AvailableIpAddressCount"]


def test_addresses_of_interfaces(ec2, world):
    one, other = interface(ec2, world.ipv4), interface(ec2, world.ipv4)
    with refused("InvalidParameterValue", "is the primary address of another interface"):
        ec2.assign_private_ip_addresses(
            NetworkInterfaceId=one["NetworkInterfaceId"], PrivateIpAddresses=[other["PrivateIpAddress"]]
        )
    ec2.assign_private_ip_addresses(NetworkInterfaceId=one["NetworkInterfaceId"], PrivateIpAddresses=["10.0.1.210"])
    ec2.assign_private_ip_addresses(NetworkInterfaceId=one["NetworkInterfaceId"], PrivateIpAddresses=["10.0.1.210"])
    ipv6 = interface(ec2, world.ipv6_only)
    last = [each["Ipv6Address"] for each in ipv6["Ipv6Addresses"]]
    assert len(last) == 1
    ec2.unassign_ipv6_addresses(NetworkInterfaceId=ipv6["NetworkInterfaceId"], Ipv6Addresses=last)
    for made in (one, other, ipv6):
        ec2.delete_network_interface(NetworkInterfaceId=made["NetworkInterfaceId"])


def test_more_addresses_than_the_type_allows_at_launch(ec2, world):
    made = interface(ec2, world.ipv4, SecondaryPrivateIpAddressCount=12)
    with refused("PrivateIpAddressLimitExceeded"):
        launch(
            ec2, world, InstanceType="m5.large", SubnetId=None, SecurityGroupIds=None,
            NetworkInterfaces=[{"DeviceIndex": 0, "NetworkInterfaceId": made["NetworkInterfaceId"]}],
        )
    ec2.delete_network_interface(NetworkInterfaceId=made["NetworkInterfaceId"])


def test_a_prefix_reservation_and_the_free_addresses(ec2, world):
    before = free_addresses(ec2, world.elsewhere)
    made = ec2.create_subnet_cidr_reservation(
        SubnetId=world.elsewhere["SubnetId"], Cidr="10.0.4.64/27", ReservationType="prefix"
    )["SubnetCidrReservation"]
    assert free_addresses(ec2, world.elsewhere) == before
    ec2.delete_subnet_cidr_reservation(SubnetCidrReservationId=made["SubnetCidrReservationId"])
