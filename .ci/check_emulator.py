"""Makes and removes one network interface in the emulator at a URL: check_emulator.py NAME URL."""

import sys

import boto3


def main(name: str, url: str) -> None:
    ec2 = boto3.client(
        "ec2",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.4.0/24")["Subnet"]["SubnetId"]
    made = ec2.create_network_interface(SubnetId=subnet, PrivateIpAddress="10.0.4.4")["NetworkInterface"]
    interface = made["NetworkInterfaceId"]
    seen = ec2.describe_network_interfaces(NetworkInterfaceIds=[interface])["NetworkInterfaces"]
    addresses = [each["PrivateIpAddress"] for each in seen]
    if addresses != ["10.0.4.4"]:
        sys.exit(f"{name}: {interface} in {subnet} was made for 10.0.4.4 and is listed with {addresses}")
    ec2.delete_network_interface(NetworkInterfaceId=interface)
    ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_vpc(VpcId=vpc)
    print(f"{name}: {interface} in {subnet} of {vpc} made with boto3 and removed")


main(*sys.argv[1:])
