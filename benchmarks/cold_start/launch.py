"""The reference Lambda's work for one launch event, by boto3: its clients, its calls and their order, without its sleeps.

    launch.py EVENT-FILE

Less than the reference makes: it looks up each subnet once more for its addresses, and both zones' subnets.
"""
import ipaddress
import json
import os
import sys

import boto3

ec2_client = boto3.client("ec2")
autoscaling = boto3.client("autoscaling")
ec2 = boto3.resource("ec2")


def lambda_handler(event, context):
    detail = event["detail"]
    instance_id = detail["EC2InstanceId"]
    instance = ec2_client.describe_instances(InstanceIds=[instance_id])["Reservations"][0]["Instances"][0]
    if os.environ["TargetNodeGroupTagKey"] not in [tag["Key"] for tag in instance["Tags"]]:
        raise SystemExit("not a node of the group")
    subnet_ids = os.environ["SubnetIds"].split(",")
    subnets = ec2_client.describe_subnets(SubnetIds=subnet_ids)["Subnets"]
    for index, subnet_id in enumerate(subnet_ids, start=1):
        subnet = next(subnet for subnet in subnets if subnet["SubnetId"] == subnet_id)
        attach_interface(instance_id, index, create_interface(subnet))
    autoscaling.complete_lifecycle_action(
        LifecycleHookName=detail["LifecycleHookName"],
        AutoScalingGroupName=detail["AutoScalingGroupName"],
        LifecycleActionToken=detail["LifecycleActionToken"],
        InstanceId=instance_id,
        LifecycleActionResult="CONTINUE",
    )


def create_interface(subnet):
    answer = ec2_client.create_network_interface(
        SubnetId=subnet["SubnetId"],
        Groups=[os.environ["SecGroupIds"]],
        PrivateIpAddress=lowest_free(subnet),
        TagSpecifications=[
            {"ResourceType": "network-interface", "Tags": [{"Key": "node.k8s.amazonaws.com/no_manage", "Value": "true"}]}
        ],
    )
    return answer["NetworkInterface"]["NetworkInterfaceId"]


def lowest_free(subnet):
    interfaces = ec2_client.describe_network_interfaces(Filters=[{"Name": "subnet-id", "Values": [subnet["SubnetId"]]}])
    used = {address["PrivateIpAddress"] for it in interfaces["NetworkInterfaces"] for address in it["PrivateIpAddresses"]}
    hosts = list(ipaddress.ip_network(subnet["CidrBlock"]).hosts())
    return next(str(host) for host in hosts[3:] if str(host) not in used)


def attach_interface(instance_id, index, interface_id):
    attachment = ec2_client.attach_network_interface(
        InstanceId=instance_id, NetworkInterfaceId=interface_id, DeviceIndex=index
    )["AttachmentId"]
    interface = ec2.NetworkInterface(interface_id)
    interface.modify_attribute(SourceDestCheck={"Value": False})
    interface.modify_attribute(Attachment={"AttachmentId": attachment, "DeleteOnTermination": True})


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        lambda_handler(json.load(file), None)
