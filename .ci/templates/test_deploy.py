"""The stacks, made by emulators' CloudFormation as far as that goes, and launches in the subnets and groups that they made.

LocalStack: the network. Its URL in MULTUS_CLOUDFORMATION, or its image in MULTUS_LOCALSTACK_IMAGE and an engine
(.ci/emulators.sh). It has no EIP, NAT gateway, EKS and launch templates, in the free image no Auto Scaling, and its functions become active only once it
has fetched a program and an image from the internet.
moto: the network, the launch templates, the Lambda's stack, and the update of a stack of the reference. What it has not, it leaves out.
"""

import base64
import json
import os
import subprocess
import time
import uuid

import pytest
from conftest import REGION, client, launch_event, run_lambda
from moto.events.models import EventPattern
from stack import TEMPLATES, Stack

SERVICES = "ec2,cloudformation,iam,sts"
ZONES = f"{REGION}a,{REGION}b"


@pytest.fixture(scope="session")
def cloud(tmp_path_factory):
    url = os.environ.get("MULTUS_CLOUDFORMATION")
    if url:
        yield url
        return
    image = os.environ["MULTUS_LOCALSTACK_IMAGE"]
    run = ["docker", "run", "--detach", "--publish", "127.0.0.1::4566", "--env", "SERVICES=" + SERVICES, image]
    container = subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()
    try:
        port = subprocess.run(["docker", "port", container, "4566/tcp"], check=True, capture_output=True, text=True).stdout.strip()
        url = "http://" + port
        wait_until_healthy(url, container)
        yield url
    finally:
        subprocess.run(["docker", "rm", "--force", "--volumes", container], check=True, capture_output=True)


def wait_until_healthy(url, container):
    health = ["curl", "--fail", "--silent", "--max-time", "2", "--noproxy", "*", url + "/_localstack/health"]
    end = time.monotonic() + 90
    while subprocess.run(health, capture_output=True).returncode:
        logs = subprocess.run(["docker", "logs", "--tail", "40", container], capture_output=True, text=True)
        assert time.monotonic() < end, logs.stdout + logs.stderr
        time.sleep(0.2)


class Stacks:
    def __init__(self, url):
        self.api = client("cloudformation", url)

    def create(self, body, **parameters):
        """The name of the stack, and its outputs."""
        name = "stack-" + uuid.uuid4().hex[:8]
        self.api.create_stack(StackName=name, TemplateBody=body, Capabilities=["CAPABILITY_IAM"], Parameters=given(parameters))
        return name, self.ended(name, "CREATE_COMPLETE")

    def update(self, name, body, previous, **parameters):
        """With the previous values of those parameters, as an operator who changes one."""
        kept = [{"ParameterKey": key, "UsePreviousValue": True} for key in previous]
        self.api.update_stack(
            StackName=name, TemplateBody=body, Capabilities=["CAPABILITY_IAM"], Parameters=kept + given(parameters)
        )
        return self.ended(name, "UPDATE_COMPLETE")

    def ended(self, name, wanted):
        """The outputs, once the stack is so."""
        end = time.monotonic() + 120
        while True:
            stack = self.api.describe_stacks(StackName=name)["Stacks"][0]
            if not stack["StackStatus"].endswith("_IN_PROGRESS"):
                break
            assert time.monotonic() < end, stack
            time.sleep(0.3)
        assert stack["StackStatus"] == wanted, self.failures(name)
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    def failures(self, name):
        events = self.api.describe_stack_events(StackName=name)["StackEvents"]
        return [(it["LogicalResourceId"], it.get("ResourceStatusReason")) for it in events if "FAILED" in it["ResourceStatus"]]

    def resources(self, name):
        """Physical ids by logical id. moto also lists what it has not made, without ids."""
        found = self.api.describe_stack_resources(StackName=name)["StackResources"]
        return {it["LogicalResourceId"]: it["PhysicalResourceId"] for it in found if {"LogicalResourceId", "PhysicalResourceId"} <= it.keys()}


def given(parameters):
    return [{"ParameterKey": key, "ParameterValue": str(value)} for key, value in parameters.items()]


def template(name):
    return (TEMPLATES / name).read_text()


def make_network(stacks):
    return stacks.create(template("vpc-infra.yaml"), AvailabilityZones=ZONES, WithNat="false", WithCluster="false")[1]


@pytest.fixture(scope="session")
def stacks(cloud):
    return Stacks(cloud)


@pytest.fixture(scope="session")
def network(stacks):
    return make_network(stacks)


def reference_parameters(network):
    """As an operator of aws-samples/cfn-multus-eks-managed-ng gives them."""
    return dict(
        MultusSubnetsAz1=network["MultusSubnetsAz1"], MultusSubnetsAz2=network["MultusSubnetsAz2"],
        MultusSecurityGroupIds=network["MultusSecurityGroupIds"], EksNodeGroupTagKey="multus-ng", LambdaS3Bucket="code",
        useIPsFromStartOfSubnet="true", MultusInterfaceTags="cnf=amf",
    )


def assert_nodes_become_ready(url, jar, network, variables, group="eks-nodes"):
    """A node in each zone gets the interfaces of its zone."""
    ec2 = client("ec2", url)
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    for zone, output in ((0, "MultusSubnetsAz1"), (1, "MultusSubnetsAz2")):
        node = ec2.run_instances(
            ImageId=image, InstanceType="m5.4xlarge", MinCount=1, MaxCount=1, SubnetId=network["NodeSubnets"].split(",")[zone],
            TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "multus-ng", "Value": "true"}]}],
        )["Instances"][0]["InstanceId"]
        ended = run_lambda(jar, url, variables, launch_event(node, group=group))
        assert ended.returncode == 0, ended.stdout + ended.stderr
        found = ec2.describe_network_interfaces(Filters=[{"Name": "attachment.instance-id", "Values": [node]}])["NetworkInterfaces"]
        found = {it["SubnetId"]: it for it in found if it["Attachment"]["DeviceIndex"] > 0}
        assert sorted(found) == sorted(network[output].split(","))
        for interface in found.values():
            assert [group["GroupId"] for group in interface["Groups"]] == [network["MultusSecurityGroupIds"]]
            assert {"Key": "cnf", "Value": "amf"} in interface["TagSet"]


class TestNetwork:
    def test_multus_subnets_are_by_zone(self, cloud, network):
        ec2 = client("ec2", cloud)
        for zone, output in (("a", "MultusSubnetsAz1"), ("b", "MultusSubnetsAz2")):
            subnets = ec2.describe_subnets(SubnetIds=network[output].split(","))["Subnets"]
            assert [it["AvailabilityZone"] for it in subnets] == [REGION + zone] * 2

    def test_multus_route_tables_lead_nowhere_else(self, cloud, network):
        ec2 = client("ec2", cloud)
        tables = ec2.describe_route_tables(RouteTableIds=network["MultusRouteTables"].split(","))["RouteTables"]
        assert [[route["DestinationCidrBlock"] for route in table["Routes"]] for table in tables] == [["10.0.0.0/16"]] * 2

    def test_launches_work_in_it(self, cloud, jar, network):
        stack = Stack("amazon-lambda-for-eksmng-multus.yaml", **reference_parameters(network))
        variables = stack.resources("AWS::Lambda::Function")["LambdaAttach2ndENI"]["Environment"]["Variables"]
        assert_nodes_become_ready(cloud, jar, network, variables)


@pytest.fixture(scope="module")
def on_moto(moto):
    """A bucket with code, which is not run here, and the network."""
    s3 = client("s3", moto)
    s3.create_bucket(Bucket="code")
    for key in ("reference.zip", "multus-lambda.zip"):
        s3.put_object(Bucket="code", Key=key, Body=b"PK\x05\x06" + bytes(18))
    stacks = Stacks(moto)
    return stacks, make_network(stacks)


@pytest.fixture(scope="module")
def lambda_stack(on_moto):
    stacks, network = on_moto
    body = template("amazon-lambda-for-eksmng-multus.yaml")
    return stacks.create(body, LambdaS3Key="multus-lambda.zip", **reference_parameters(network))


class TestLaunchTemplates:
    def test_for_the_lambda(self, moto, on_moto):
        stacks, network = on_moto
        _, made = stacks.create(
            template("eks-mng-lct.yaml"), MultusSubnetsAz1=network["MultusSubnetsAz1"], MultusSubnetsAz2=network["MultusSubnetsAz2"]
        )
        assert "until bash /run/multus-gate" in self.user_data(moto, made["EksMngLaunchTemplate"])

    def test_for_the_agent(self, moto, on_moto):
        stacks, network = on_moto
        _, made = stacks.create(
            template("eks-mng-lct-userdata.yaml"), MultusSubnets=network["MultusSubnetsAz1"],
            MultusSubnetsAz2=network["MultusSubnetsAz2"], MultusSecurityGroupIds=network["MultusSecurityGroupIds"],
            useIPsFromStartOfSubnet="true", AgentS3Key="agent.tar.gz", AgentSha256="0" * 64,
        )
        user_data = self.user_data(moto, made["EksMngLaunchTemplate"])
        assert f"SubnetIds={network['MultusSubnetsAz1']},{network['MultusSubnetsAz2']}\n" in user_data
        zones = [network[key].replace(",", " ") for key in ("MultusSubnetsAz1", "MultusSubnetsAz2")]
        assert f"MULTUS_SUBNETS='{zones[0]}; {zones[1]}'\n" in user_data
        assert client("iam", moto).get_policy(PolicyArn=made["AgentPolicy"])["Policy"]["AttachmentCount"] == 0

    @staticmethod
    def user_data(url, template_id):
        versions = client("ec2", url).describe_launch_template_versions(LaunchTemplateId=template_id)["LaunchTemplateVersions"]
        return base64.b64decode(versions[-1]["LaunchTemplateData"]["UserData"]).decode()


class TestLambdaStack:
    def test_launches_work_with_the_variables_that_the_function_has(self, moto, jar, on_moto, lambda_stack):
        function = client("lambda", moto).get_function_configuration(FunctionName=lambda_stack[1]["LambdaFunction"])
        assert_nodes_become_ready(moto, jar, on_moto[1], function["Environment"]["Variables"])

    def test_rule_knows_the_groups_and_reaches_the_function(self, moto, on_moto, lambda_stack):
        name, made = lambda_stack
        events = client("events", moto)
        rule = on_moto[0].resources(name)["NewInstanceEventRule"].split("/")[-1]
        pattern = json.loads(events.describe_rule(Name=rule)["EventPattern"])
        assert pattern["detail"] == {"AutoScalingGroupName": [{"prefix": "eks-"}]}
        (target,) = events.list_targets_by_rule(Rule=rule)["Targets"]
        assert target["Arn"].endswith(":function:" + made["LambdaFunction"]) and "DeadLetterConfig" in target

    def test_self_managed_group_of_the_page_and_managed_groups_become_ready(self, moto, jar, on_moto):
        """Names and hook as the page says, given before the group launches: its event passes the rule, and the node gets its interfaces."""
        stacks, network = on_moto
        made = Stack("self-managed-nodegroup.yaml", **{name: "x" for name in ("ClusterName", "NodeSubnets")})
        (group,) = made.resources("AWS::AutoScaling::AutoScalingGroup").values()
        hook = group["LifecycleHookSpecificationList"][0]["LifecycleHookName"]
        name, outputs = stacks.create(
            template("amazon-lambda-for-eksmng-multus.yaml"), **reference_parameters(network),
            AutoScalingGroupNames=group["AutoScalingGroupName"], LifecycleHookNames=hook,
        )
        rule = stacks.resources(name)["NewInstanceEventRule"].split("/")[-1]
        pattern = EventPattern.load(client("events", moto).describe_rule(Name=rule)["EventPattern"])
        for known in (group["AutoScalingGroupName"], "eks-ng-1-0123abcd"):
            assert pattern.matches_event(launch_event("i-0123456789abcdef0", group=known, hook=hook))
        assert not pattern.matches_event(launch_event("i-0123456789abcdef0", group="web"))
        function = client("lambda", moto).get_function_configuration(FunctionName=outputs["LambdaFunction"])
        assert function["Environment"]["Variables"]["LifecycleHookNames"] == hook
        assert_nodes_become_ready(moto, jar, network, function["Environment"]["Variables"], group=group["AutoScalingGroupName"])

    def test_all_options_deploy(self, moto, on_moto):
        stacks, network = on_moto
        key = f"arn:aws:kms:{REGION}:123456789012:key/00000000-0000-0000-0000-000000000000"
        _, outputs = stacks.create(
            template("amazon-lambda-for-eksmng-multus.yaml"), **reference_parameters(network), RolePath="/cnf/", KmsKeyArn=key, Tracing="Active",
            PermissionsBoundaryArn="arn:aws:iam::123456789012:policy/boundary", FunctionSubnetIds=network["NodeSubnets"], AutoScalingGroupNamePrefix="",
            FunctionSecurityGroupIds=network["MultusSecurityGroupIds"], UseFipsEndpoint="true", HttpsProxy="http://proxy:3128", DeviceIndexes="own",
        )
        function = client("lambda", moto).get_function_configuration(FunctionName=outputs["LambdaFunction"])
        assert function["VpcConfig"]["SubnetIds"] == network["NodeSubnets"].split(",") and ":role/cnf/" in function["Role"]
        assert function["Environment"]["Variables"]["AWS_USE_FIPS_ENDPOINT"] == "true"

    def test_sweep_is_a_function_of_its_own(self, moto, lambda_stack):
        function = client("lambda", moto).get_function_configuration(FunctionName=lambda_stack[1]["SweepFunction"])
        assert function["Handler"].endswith(".SweepHandler")
        assert function["Environment"]["Variables"]["SweepMode"] == "DRY_RUN"


# The resources of the reference's stack, as far as an update could touch them: their logical ids, types and what cannot be changed in place.
REFERENCE = """
Parameters:
  MultusSubnetsAz1: {Type: "List<AWS::EC2::Subnet::Id>"}
  MultusSubnetsAz2: {Type: "List<AWS::EC2::Subnet::Id>"}
  MultusSecurityGroupIds: {Type: "List<AWS::EC2::SecurityGroup::Id>"}
  EksNodeGroupTagKey: {Type: String}
  LambdaS3Bucket: {Type: String}
  LambdaS3Key: {Type: String}
  useIPsFromStartOfSubnet: {Type: String}
  MultusInterfaceTags: {Type: String}
Resources:
  RoleLambdaAttach2ndEniCfn:
    Type: AWS::IAM::Role
    Properties:
      Path: /
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]
  PolicyLambdaAttach2ndEniCfn:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: LambdaAttach2ndEniCfn
      Roles: [!Ref RoleLambdaAttach2ndEniCfn]
      PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "ec2:*", Resource: "*"}]}
  LambdaAttach2ndENI:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.9
      Handler: lambda_function.lambda_handler
      Role: !GetAtt RoleLambdaAttach2ndEniCfn.Arn
      Code: {S3Bucket: !Ref LambdaS3Bucket, S3Key: !Ref LambdaS3Key}
      Timeout: 60
      Environment: {Variables: {Az1SubnetIds: !Join [",", !Ref MultusSubnetsAz1]}}
  NewInstanceEventRule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-launch Lifecycle Action]}
      Targets: [{Id: Lambda, Arn: !GetAtt LambdaAttach2ndENI.Arn}]
  PermissionForEventsToInvokeLambda:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref LambdaAttach2ndENI
      Action: lambda:InvokeFunction
      Principal: events.amazonaws.com
      SourceArn: !GetAtt NewInstanceEventRule.Arn
Outputs:
  LamddaFunction: {Value: !Ref LambdaAttach2ndENI}
"""


class TestUpgradeFromTheReference:
    def test_only_the_key_changes_and_all_stays_in_place(self, moto, on_moto):
        stacks, network = on_moto
        parameters = reference_parameters(network)
        name, before = stacks.create(REFERENCE, LambdaS3Key="reference.zip", **parameters)
        kept = stacks.resources(name)

        after = stacks.update(name, template("amazon-lambda-for-eksmng-multus.yaml"), parameters, LambdaS3Key="multus-lambda.zip")

        assert after["LamddaFunction"] == before["LamddaFunction"] == after["LambdaFunction"]
        # moto makes rules anew, where CloudFormation changes them: there is no more to see of that here.
        now = stacks.resources(name)
        assert {key: now[key] for key in kept if key != "NewInstanceEventRule"} == {key: kept[key] for key in kept if key != "NewInstanceEventRule"}
        function = client("lambda", moto).get_function_configuration(FunctionName=after["LambdaFunction"])
        assert (function["Runtime"], function["Handler"]) == ("java25", "io.github.multus4j.deploy.lambda.MultusHandler")
        variables = function["Environment"]["Variables"]
        assert variables["Az1SubnetIds"] == network["MultusSubnetsAz1"] and variables["Az2SubnetIds"] == network["MultusSubnetsAz2"]
        assert variables["ENITags"] == "cnf=amf"

        back = stacks.update(name, REFERENCE, parameters, LambdaS3Key="reference.zip")
        assert back["LamddaFunction"] == before["LamddaFunction"]
        function = client("lambda", moto).get_function_configuration(FunctionName=back["LamddaFunction"])
        assert function["Runtime"] == "python3.9"
