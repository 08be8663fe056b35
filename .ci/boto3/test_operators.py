"""What else scripts of operators call: attributes of VPCs, status checks, lifecycle hooks."""

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
