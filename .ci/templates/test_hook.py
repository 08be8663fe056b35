"""The self-managed group of the template, with its hook, on the fake EC2, which has the hooks that moto lacks: its nodes become InService."""

import json
import os
import subprocess
import urllib.request

import pytest
from conftest import ROOT, client, run_lambda
from stack import Stack

GROUP = Stack("self-managed-nodegroup.yaml", ClusterName="multus", NodeSubnets="x").resources("AWS::AutoScaling::AutoScalingGroup")["NodeGroup"]
HOOK = GROUP["LifecycleHookSpecificationList"][0]


@pytest.fixture(scope="module")
def endpoint():
    process = subprocess.Popen([ROOT / ".ci" / "start-endpoint.sh"], cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def network(endpoint):
    ec2 = client("ec2", endpoint)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    nodes, *multus = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone="us-east-1a")["Subnet"]["SubnetId"] for number in (0, 4, 6)
    ]
    group = ec2.create_security_group(VpcId=vpc, GroupName="multus", Description="multus")["GroupId"]
    return nodes, multus, group


@pytest.fixture
def launched(endpoint, network):
    """A launch of the group that its hook holds: the node, and its event as EventBridge has it."""
    ec2, groups = client("ec2", endpoint), client("autoscaling", endpoint)
    name = GROUP["AutoScalingGroupName"]
    if not groups.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]:
        groups.create_auto_scaling_group(AutoScalingGroupName=name, MinSize=0, MaxSize=2, VPCZoneIdentifier=network[0])
        groups.put_lifecycle_hook(AutoScalingGroupName=name, **{**HOOK, "HeartbeatTimeout": int(HOOK["HeartbeatTimeout"])})
    tags = [{"Key": tag["Key"], "Value": tag["Value"]} for tag in GROUP["Tags"] if tag["PropagateAtLaunch"] in (True, "true")]
    node = ec2.run_instances(
        ImageId="ami-0123456789abcdef0", InstanceType="m5.4xlarge", MinCount=1, MaxCount=1, SubnetId=network[0],
        TagSpecifications=[{"ResourceType": "instance", "Tags": [tag for tag in tags if not tag["Key"].startswith("aws:")]}],
    )["Instances"][0]["InstanceId"]
    groups.attach_instances(AutoScalingGroupName=name, InstanceIds=[node])
    with urllib.request.urlopen(endpoint + "/_multus/events", timeout=10) as answer:
        event = json.loads(answer.read().decode().splitlines()[-1])
    assert event["detail"]["EC2InstanceId"] == node and state(endpoint, node) == "Pending:Wait"
    return node, event


def state(endpoint, node):
    return client("autoscaling", endpoint).describe_auto_scaling_instances(InstanceIds=[node])["AutoScalingInstances"][0]["LifecycleState"]


def function_variables(network, **parameters):
    """The variables of the function, from its template."""
    _, multus, group = network
    stack = Stack(
        "amazon-lambda-for-eksmng-multus.yaml", MultusSubnetsAz1=",".join(multus), MultusSecurityGroupIds=group, useIPsFromStartOfSubnet="true",
        EksNodeGroupTagKey="multus-ng", AutoScalingGroupNames=GROUP["AutoScalingGroupName"], **parameters,
    )
    return stack.resources("AWS::Lambda::Function")["LambdaAttach2ndENI"]["Environment"]["Variables"]


def multus_subnets(endpoint, node):
    filters = [{"Name": "attachment.instance-id", "Values": [node]}]
    found = client("ec2", endpoint).describe_network_interfaces(Filters=filters)["NetworkInterfaces"]
    return sorted(it["SubnetId"] for it in found if it["Attachment"]["DeviceIndex"] > 0)


def test_node_becomes_in_service(endpoint, jar, network, launched):
    node, event = launched
    ended = run_lambda(jar, endpoint, function_variables(network, LifecycleHookNames=HOOK["LifecycleHookName"]), event)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert multus_subnets(endpoint, node) == sorted(network[1])
    assert state(endpoint, node) == "InService"


def test_node_waits_for_a_function_that_does_not_know_the_hook(endpoint, jar, network, launched):
    """The reason why the page gives the function the hook's name before the group launches."""
    node, event = launched
    ended = run_lambda(jar, endpoint, function_variables(network), event)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert multus_subnets(endpoint, node) == sorted(network[1])
    assert state(endpoint, node) == "Pending:Wait"
