"""What every test of the endpoint shares: clients, and a check that each answer is in the words of the service's model."""

import os
import urllib.request
import uuid
import xml.etree.ElementTree as ElementTree
from contextlib import contextmanager
from types import SimpleNamespace

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "us-east-1"
ENDPOINT = os.environ["AWS_ENDPOINT_URL"].rstrip("/")

# The actions that were called, and the elements of answers that the clients' model does not know.
called = set()
unknown_elements = set()


def client(service, **settings):
    """A client that shows each answer as it came: no retries."""
    made = boto3.client(
        service,
        region_name=REGION,
        aws_access_key_id=settings.pop("access_key", "AKIDEXAMPLE"),
        aws_secret_access_key="not-verified",
        config=Config(retries={"total_max_attempts": 1}, **settings),
    )
    made.meta.events.register("before-parse." + service, check_answer)
    return made


def check_answer(operation_model, response_dict, **_):
    if response_dict["status_code"] != 200:
        return
    called.add(operation_model.name)
    root = ElementTree.fromstring(response_dict["body"])
    wrapper = operation_model.output_shape and operation_model.output_shape.serialization.get("resultWrapper")
    if operation_model.metadata["protocol"] == "ec2":
        check_elements(operation_model.name, root, operation_model.output_shape, {"requestId", "return"})
        return
    # Auto Scaling: a result of its own inside, if the action has one.
    for child in root:
        name = local_name(child)
        if name == wrapper:
            check_elements(operation_model.name, child, operation_model.output_shape, set())
        elif name != "ResponseMetadata" and (wrapper or len(child)):
            unknown_elements.add(f"{operation_model.name}: {name}")


def check_elements(path, element, shape, besides):
    """Remembers what is in the element and not in the shape, all the way down."""
    if shape is None or shape.type_name == "structure":
        members = {} if shape is None else {m.serialization.get("name", n): m for n, m in shape.members.items()}
        for child in element:
            name = local_name(child)
            if name in members:
                check_elements(f"{path}.{name}", child, members[name], set())
            elif name not in besides:
                unknown_elements.add(f"{path}.{name}")
    elif shape.type_name == "list":
        item = shape.member.serialization.get("name", "member")
        for child in element:
            if local_name(child) == item:
                check_elements(path, child, shape.member, set())
            else:
                unknown_elements.add(f"{path}.{local_name(child)}")
    elif len(element):
        unknown_elements.add(f"{path}: elements inside of a plain value")


def local_name(element):
    return element.tag.rsplit("}", 1)[-1]


@contextmanager
def refused(code, message="", status=400):
    """The calls inside must end with that error."""
    with pytest.raises(ClientError) as caught:
        yield
    error = caught.value.response
    assert error["Error"]["Code"] == code
    assert message in error["Error"]["Message"]
    assert error["ResponseMetadata"]["HTTPStatusCode"] == status
    assert error["ResponseMetadata"]["RequestId"]


def control(path, method="GET"):
    """What AWS has no API for."""
    with urllib.request.urlopen(urllib.request.Request(ENDPOINT + "/_multus/" + path, method=method)) as answer:
        return answer.read().decode()


def tag_specifications(resource_type, **tags):
    return [{"ResourceType": resource_type, "Tags": [{"Key": k, "Value": v} for k, v in tags.items()]}]


def token():
    return str(uuid.uuid4())


@pytest.fixture(scope="module", autouse=True)
def words_of_the_model():
    """Every answer to the tests of a file is in the words of the service's model."""
    yield
    assert unknown_elements == set()


@pytest.fixture(scope="session")
def ec2():
    return client("ec2")


@pytest.fixture(scope="session")
def autoscaling():
    return client("autoscaling")


@pytest.fixture(scope="module")
def world(ec2):
    """A VPC with IPv6, three subnets in one zone (IPv4, both, IPv6 only), one subnet in another, a group, an instance."""
    vpc = ec2.create_vpc(
        CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True, TagSpecifications=tag_specifications("vpc", Name="test")
    )["Vpc"]
    vpc = ec2.describe_vpcs(VpcIds=[vpc["VpcId"]])["Vpcs"][0]
    block = vpc["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"]
    start = block.split("/")[0]
    assert block.endswith("::/56")

    def ipv6(number):
        """One of the 256 /64 blocks of the VPC's /56."""
        groups = start.rstrip(":").split(":")
        while len(groups) < 4:
            groups.append("0")
        groups[3] = f"{int(groups[3], 16) + number:x}"
        return ":".join(groups) + "::/64"

    def subnet(name, zone="a", **blocks):
        return ec2.create_subnet(
            VpcId=vpc["VpcId"],
            AvailabilityZone=REGION + zone,
            TagSpecifications=tag_specifications("subnet", Name=name, test="endpoint"),
            **blocks,
        )["Subnet"]

    made = SimpleNamespace(vpc_id=vpc["VpcId"], ipv6=ipv6)
    made.ipv4 = subnet("ipv4", CidrBlock="10.0.1.0/24")
    made.dual = subnet("dual", CidrBlock="10.0.2.0/24", Ipv6CidrBlock=ipv6(2))
    made.ipv6_only = subnet("ipv6-only", Ipv6CidrBlock=ipv6(3), Ipv6Native=True)
    made.elsewhere = subnet("elsewhere", zone="b", CidrBlock="10.0.4.0/24")
    made.group_id = ec2.create_security_group(
        GroupName="media", Description="Media traffic", VpcId=made.vpc_id,
        TagSpecifications=tag_specifications("security-group", Name="media"),
    )["GroupId"]
    made.instance_id = launch(ec2, made)
    return made


def launch(ec2, world, **more):
    """An instance that is running."""
    run = dict(
        ImageId="ami-12345678", InstanceType="m5.4xlarge", MinCount=1, MaxCount=1, SubnetId=world.ipv4["SubnetId"],
        SecurityGroupIds=[world.group_id], TagSpecifications=tag_specifications("instance", Name="node"),
    )
    run.update(more)
    # None takes away what an instance has otherwise.
    instance_id = ec2.run_instances(**{name: value for name, value in run.items() if value is not None})["Instances"][0]["InstanceId"]
    ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id], WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    return instance_id
