"""The pages of docs/operations: their commands, run in the order of the pages against moto as far as it goes, else checked; and their YAML."""

import json

import pytest
from conftest import client
from pages import PAGES, SYNTAX_ONLY, Parser, Shell, blocks, pages

# In this order, as one operator who does all of it. The pages that are not named have no commands.
WALK = ["approach-1.md"]


@pytest.fixture(scope="module")
def walked(moto, tmp_path_factory):
    """What each page of the walk printed, and the variables at its end."""
    shell = Shell(tmp_path_factory.mktemp("walk"), moto)
    ends = {}
    parser = Parser(tmp_path_factory.mktemp("parser"))
    for page in WALK:
        printed = []
        for block in blocks(page, "sh"):
            if block.syntax_only:
                assert parser.check(block, shell.variables), f"{block} is marked, and has no command of aws or kubectl"
            else:
                printed.append(shell.run(block))
                fill_in(moto, shell)
        ends[page] = ("".join(printed), dict(shell.variables))
    return ends


def fill_in(url, shell):
    """The cluster and the node role, which moto's CloudFormation leaves out of the stack's outputs."""
    if shell.variables.get("CLUSTER") == "None":
        subnets = {"subnetIds": shell.variables["NODE_SUBNETS"].split(",")}
        client("eks", url).create_cluster(name="multus", roleArn="arn:aws:iam::123456789012:role/cluster", resourcesVpcConfig=subnets)
        shell.variables.update(CLUSTER="multus", NODE_ROLE=make_role(url, "ec2.amazonaws.com"))


def make_role(url, service):
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    return client("iam", url).create_role(RoleName="of-" + service.split(".")[0], AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]


def test_walk(walked):
    assert set(walked) == set(WALK)
