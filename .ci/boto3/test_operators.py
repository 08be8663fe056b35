"""What else scripts of operators call: attributes of VPCs and instances, images, status checks, groups, lifecycle hooks."""

import base64

from conftest import launch, refused, token


def test_attributes_of_a_vpc(ec2, world):
    def value(attribute):
        answer = ec2.describe_vpc_attribute(VpcId=world.vpc_id, Attribute=attribute)
        return answer[attribute[0].upper() + attribute[1:]]["Value"]

    assert value("enableDnsSupport") is True and value("enableDnsHostnames") is False
    ec2.modify_vpc_attribute(VpcId=world.vpc_id, EnableDnsHostnames={"Value": True})
    assert value("enableDnsHostnames") is True
    with refused("InvalidParameterCombination"):
        ec2.modify_vpc_attribute(VpcId=world.vpc_id, EnableDnsHostnames={"Value": True}, EnableDnsSupport={"Value": True})


def test_status_checks(ec2, world):
    instance_id = launch(ec2, world)
    ec2.get_waiter("instance_status_ok").wait(InstanceIds=[instance_id], WaiterConfig={"Delay": 1, "MaxAttempts": 10})
    ec2.get_waiter("system_status_ok").wait(InstanceIds=[instance_id], WaiterConfig={"Delay": 1, "MaxAttempts": 10})
    ec2.stop_instances(InstanceIds=[instance_id])
    ec2.get_waiter("instance_stopped").wait(InstanceIds=[instance_id], WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    assert ec2.describe_instance_status(InstanceIds=[instance_id])["InstanceStatuses"] == []
    [shown] = ec2.describe_instance_status(InstanceIds=[instance_id], IncludeAllInstances=True)["InstanceStatuses"]
    assert shown["InstanceState"]["Name"] == "stopped" and shown["InstanceStatus"]["Status"] == "not-applicable"
    ec2.terminate_instances(InstanceIds=[instance_id])


def test_lifecycle_hooks_are_listed(autoscaling, world):
    group = "ng-" + token()
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName=group, MinSize=0, MaxSize=1, VPCZoneIdentifier=world.ipv4["SubnetId"]
    )
    autoscaling.put_lifecycle_hook(
        AutoScalingGroupName=group, LifecycleHookName="multus", HeartbeatTimeout=300,
        LifecycleTransition="autoscaling:EC2_INSTANCE_LAUNCHING", NotificationMetadata="hello",
    )
    [hook] = autoscaling.describe_lifecycle_hooks(AutoScalingGroupName=group)["LifecycleHooks"]
    assert (hook["HeartbeatTimeout"], hook["GlobalTimeout"], hook["DefaultResult"]) == (300, 30000, "ABANDON")
    assert hook["NotificationMetadata"] == "hello"
    none = autoscaling.describe_lifecycle_hooks(AutoScalingGroupName=group, LifecycleHookNames=["other"])["LifecycleHooks"]
    assert none == []
    with refused("ValidationError"):
        autoscaling.describe_lifecycle_hooks(AutoScalingGroupName="no-such-group")


def test_attributes_of_an_instance(ec2, world):
    instance_id = launch(ec2, world, UserData="#!/bin/sh", DisableApiTermination=True)

    def value(attribute):
        answer = ec2.describe_instance_attribute(InstanceId=instance_id, Attribute=attribute)
        return answer[attribute[0].upper() + attribute[1:]].get("Value")

    assert base64.b64decode(value("userData")) == b"#!/bin/sh"
    assert value("disableApiTermination") is True and value("instanceInitiatedShutdownBehavior") == "stop"
    with refused("OperationNotPermitted", "may not be terminated"):
        ec2.terminate_instances(InstanceIds=[instance_id])
    ec2.modify_instance_attribute(InstanceId=instance_id, SourceDestCheck={"Value": False})
    assert value("sourceDestCheck") is False
    ec2.modify_instance_attribute(InstanceId=instance_id, Groups=[world.group_id])
    groups = ec2.describe_instance_attribute(InstanceId=instance_id, Attribute="groupSet")["Groups"]
    assert [group["GroupId"] for group in groups] == [world.group_id]
    with refused("IncorrectInstanceState"):
        ec2.modify_instance_attribute(InstanceId=instance_id, InstanceType={"Value": "m5.8xlarge"})
    with refused("NotModelledByFake"):
        ec2.modify_instance_attribute(InstanceId=instance_id, EnaSupport={"Value": True})
    ec2.stop_instances(InstanceIds=[instance_id])
    ec2.get_waiter("instance_stopped").wait(InstanceIds=[instance_id], WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    ec2.modify_instance_attribute(InstanceId=instance_id, InstanceType={"Value": "m5.8xlarge"})
    ec2.modify_instance_attribute(InstanceId=instance_id, UserData={"Value": b"#!/bin/bash"})
    assert value("instanceType") == "m5.8xlarge" and base64.b64decode(value("userData")) == b"#!/bin/bash"
    ec2.modify_instance_attribute(InstanceId=instance_id, Attribute="disableApiTermination", Value="false")
    ec2.terminate_instances(InstanceIds=[instance_id])


def test_groups_of_an_instance_with_several_interfaces_are_those_of_an_interface(ec2, world):
    instance_id = launch(ec2, world)
    second = ec2.create_network_interface(SubnetId=world.ipv4["SubnetId"])["NetworkInterface"]["NetworkInterfaceId"]
    attachment = ec2.attach_network_interface(NetworkInterfaceId=second, InstanceId=instance_id, DeviceIndex=1)["AttachmentId"]
    ec2.modify_network_interface_attribute(
        NetworkInterfaceId=second, Attachment={"AttachmentId": attachment, "DeleteOnTermination": True}
    )
    with refused("InvalidInstanceID", "There are multiple interfaces attached to instance"):
        ec2.modify_instance_attribute(InstanceId=instance_id, SourceDestCheck={"Value": False})
    with refused("InvalidInstanceID", "There are multiple interfaces attached to instance"):
        ec2.modify_instance_attribute(InstanceId=instance_id, Groups=[world.group_id])
    ec2.terminate_instances(InstanceIds=[instance_id])


def test_the_image_of_an_instance_is_shown(ec2, world):
    instance_id = launch(ec2, world)
    image_id = ec2.describe_instances(InstanceIds=[instance_id])["Reservations"][0]["Instances"][0]["ImageId"]
    [image] = ec2.describe_images(ImageIds=[image_id], Owners=["amazon"])["Images"]
    assert (image["State"], image["RootDeviceName"], image["OwnerId"]) == ("available", "/dev/xvda", "137112412989")
    assert image_id in [it["ImageId"] for it in ec2.describe_images()["Images"]]
    ec2.get_waiter("image_available").wait(ImageIds=[image_id], WaiterConfig={"Delay": 1, "MaxAttempts": 2})
    with refused("InvalidAMIID.Malformed"):
        ec2.describe_images(ImageIds=["nonsense"])
    ec2.terminate_instances(InstanceIds=[instance_id])


def test_groups_are_listed_with_their_instances(ec2, autoscaling, world):
    group = "ng-" + token()
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName=group, MinSize=1, MaxSize=3, DesiredCapacity=2, VPCZoneIdentifier=world.ipv4["SubnetId"],
        LaunchTemplate={"LaunchTemplateName": "multus", "Version": "1"},
        Tags=[{"Key": "eks:nodegroup-name", "Value": group, "PropagateAtLaunch": True}],
    )
    instance_id = launch(ec2, world)
    autoscaling.attach_instances(AutoScalingGroupName=group, InstanceIds=[instance_id])
    [shown] = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[group, "no-such-group"])["AutoScalingGroups"]
    assert (shown["MinSize"], shown["MaxSize"], shown["DesiredCapacity"]) == (1, 3, 3)
    assert shown["AvailabilityZones"] == ["us-east-1a"] and shown["LaunchTemplate"]["LaunchTemplateName"] == "multus"
    assert [(it["InstanceId"], it["LifecycleState"]) for it in shown["Instances"]] == [(instance_id, "InService")]
    one_more = launch(ec2, world)
    with refused("ValidationError", "maximum size"):
        autoscaling.attach_instances(AutoScalingGroupName=group, InstanceIds=[one_more])
    by_tag = [{"Name": "tag:eks:nodegroup-name", "Values": [group]}]
    pages = autoscaling.get_paginator("describe_auto_scaling_groups").paginate(Filters=by_tag)
    assert [it["AutoScalingGroupName"] for page in pages for it in page["AutoScalingGroups"]] == [group]
    with refused("ValidationError"):
        autoscaling.describe_auto_scaling_groups(MaxRecords=101)
    ec2.terminate_instances(InstanceIds=[instance_id, one_more])


def test_dns_host_names_need_dns_support(ec2):
    vpc_id = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsSupport={"Value": False})
    with refused("InvalidParameterValue"):
        ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsHostnames={"Value": True})
    ec2.delete_vpc(VpcId=vpc_id)
