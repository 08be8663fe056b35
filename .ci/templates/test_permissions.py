"""Every mode under a role that has exactly its policy, in moto, which enforces IAM; then with each action taken away, one at a time.

moto knows neither resources nor conditions: those are read by test_templates.py. That nothing in a policy is unused is PermissionsTest's.
"""

import urllib.request
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from conftest import client, launch_event, run_agent, run_lambda
from stack import Stack, actions, policy, without

SUBNETS, GROUPS = "subnet-0a1", "sg-01"
ZONE = "us-east-1a"


def lambda_role(**parameters):
    return Stack(
        "amazon-lambda-for-eksmng-multus.yaml", MultusSubnetsAz1=SUBNETS, MultusSecurityGroupIds=GROUPS, **parameters
    ).statements("RoleLambdaAttach2ndEniCfn")


def sweep_role(mode):
    return Stack(
        "amazon-lambda-for-eksmng-multus.yaml", MultusSubnetsAz1=SUBNETS, MultusSecurityGroupIds=GROUPS, SweepMode=mode
    ).statements("SweepRole")


def agent_policy(**parameters):
    stack = Stack(
        "eks-mng-lct-userdata.yaml", MultusSubnets=SUBNETS, MultusSecurityGroupIds=GROUPS, AgentS3Key="agent.tar.gz", AgentSha256="0" * 64, **parameters
    )
    return stack.resources("AWS::IAM::ManagedPolicy")["AgentPolicy"]["PolicyDocument"]["Statement"]


def agent(world, keys, static, *options):
    variables = {"SecGroupIds": world.group, "useStaticIPs": static}
    if not options:
        variables["SubnetIds"] = ",".join(world.subnets)
    return run_agent(world.url, world.node, variables, *options, keys=keys)


def launch(world, keys, *options, hook="Launch-LC-Hook", **more):
    return run_lambda(world.jar, world.url, world.variables(**more), launch_event(world.node, hook=hook), *options, keys=keys)


def sweep(world, keys, mode):
    variables = world.variables(SweepVpcId=world.vpc, SweepMode=mode)
    return run_lambda(world.jar, world.url, variables, {}, "--sweep", "--timeout", "5m", keys=keys)


# What each mode is allowed, and how it is run.
MODES = {
    "lowest free": (lambda_role(), lambda world, keys: launch(world, keys, useStaticIPs="true")),
    "EC2's choice": (lambda_role(useIPsFromStartOfSubnet="false"), lambda world, keys: launch(world, keys, useStaticIPs="false")),
    "own hook": (
        lambda_role(LifecycleHookNames="own"),
        lambda world, keys: launch(world, keys, hook="own", LifecycleHookNames="own"),
    ),
    "plan": (sweep_role("DRY_RUN"), lambda world, keys: launch(world, keys, "--dry-run")),
    "sweep that reports": (sweep_role("DRY_RUN"), lambda world, keys: sweep(world, keys, "DRY_RUN")),
    "sweep that mends": (sweep_role("MEND"), lambda world, keys: sweep(world, keys, "MEND")),
    "agent": (agent_policy(useIPsFromStartOfSubnet="true"), lambda world, keys: agent(world, keys, "true")),
    "agent, EC2's choice": (agent_policy(), lambda world, keys: agent(world, keys, "false")),
    "agent, subnets by tag": (
        agent_policy(useIPsFromStartOfSubnet="true"),
        lambda world, keys: agent(world, keys, "true", "--subnet-tag", "of=" + world.vpc),
    ),
}

# Actions without which a run ends well here, and why.
NOT_MISSED = {
    "ec2:CreateTags": "moto does not ask for it where tags come in a create call; EC2 does",
    "ec2:DescribeInstanceTypes": "the type's limits are a precaution, without them EC2 says what does not fit",
    "ec2:DescribeSecurityGroupVpcAssociations": "only for groups of another VPC; PermissionsTest plays one",
    "ec2:DetachNetworkInterface": "only for the roll-back of an attached interface; PermissionsTest plays that",
    "autoscaling:RecordLifecycleActionHeartbeat": "only for runs of more than 15 seconds; PermissionsTest plays one",
}
ONLY_FOR_ROLL_BACK = "ec2:DeleteNetworkInterface"

# Reads that are only a precaution: without them a run warns and goes on.
PRECAUTIONS = {"ec2:DescribeSecurityGroups", "ec2:GetSubnetCidrReservations"}


def is_expected(mode, action):
    """Whether the mode fails without that action."""
    return action not in {*NOT_MISSED, *PRECAUTIONS} and (action != ONLY_FOR_ROLL_BACK or mode == "sweep that mends")


class Account:
    """An account in moto."""

    def __init__(self, url, jar):
        self.url, self.jar = url, jar
        self.ec2, self.iam, self.sts = (client(service, url) for service in ("ec2", "iam", "sts"))

    def enforce(self, on):
        body = b"0" if on else b"inf"
        request = urllib.request.Request(self.url + "/moto-api/reset-auth", data=body, headers={"Content-Type": "text/plain"})
        urllib.request.urlopen(request, timeout=10).close()

    def role(self, name, statements):
        """The keys of a session of a role that has those statements, on any resource and without conditions."""
        bare = [{"Effect": "Allow", "Action": statement["Action"], "Resource": "*"} for statement in statements]
        trust = policy([{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}])
        arn = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        self.iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=policy(bare))
        keys = self.sts.assume_role(RoleArn=arn, RoleSessionName="session")["Credentials"]
        return keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]

    def world(self):
        """A VPC with two Multus subnets, a leaked interface, and a node that has none."""
        vpc = self.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]

        def subnet(number):
            return self.ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=ZONE)["Subnet"]["SubnetId"]

        nodes, subnets = subnet(0), [subnet(4), subnet(6)]
        self.ec2.create_tags(Resources=subnets, Tags=[{"Key": "of", "Value": vpc}])
        group = self.ec2.create_security_group(VpcId=vpc, GroupName="multus", Description="multus")["GroupId"]
        leaked = {"node.k8s.amazonaws.com/no_manage": "true", "multus4j/instance-id": "i-0123456789abcdef0", "multus4j/slot": "1"}
        self.ec2.create_network_interface(
            SubnetId=subnets[0], Groups=[group], PrivateIpAddress="10.0.4.200", TagSpecifications=tags("network-interface", leaked)
        )
        node = self.ec2.run_instances(
            ImageId="ami-12345678", InstanceType="m5.4xlarge", MinCount=1, MaxCount=1, SubnetId=nodes,
            TagSpecifications=tags("instance", {"multus-ng": "true"}),
        )["Instances"][0]["InstanceId"]

        def variables(**more):
            return {
                "Az1SubnetIds": ",".join(subnets), "SecGroupIds": group, "TargetNodeGroupTagKey": "multus-ng", "useStaticIPs": "true", **more,
            }

        return SimpleNamespace(
            url=self.url, jar=self.jar, vpc=vpc, subnets=subnets, group=group, node=node, variables=variables
        )

    def attached(self, world):
        found = self.ec2.describe_network_interfaces(Filters=[{"Name": "attachment.instance-id", "Values": [world.node]}])
        return [it["SubnetId"] for it in found["NetworkInterfaces"] if it["SubnetId"] in world.subnets]


def tags(kind, of):
    return [{"ResourceType": kind, "Tags": [{"Key": key, "Value": value} for key, value in of.items()]}]


def checked(statements):
    return [action for action in actions(statements) if action.startswith(("ec2:", "autoscaling:"))]


@pytest.fixture(scope="session")
def account(moto, jar):
    return Account(moto, jar)


@pytest.fixture(scope="session")
def runs(account):
    """Plays all modes with all variants of their policies, each in a VPC of its own. Those that mostly wait go on beside the others."""
    plays = {}
    for mode, (statements, run) in MODES.items():
        plays[mode, ""] = (statements, run)
        for action in checked(statements):
            plays[mode, action] = (without(statements, action), run)
    statements, run = MODES["lowest free"]
    plays["roll-back", ""] = (without(statements, "ec2:AttachNetworkInterface"), run)
    plays["roll-back", ONLY_FOR_ROLL_BACK] = (without(plays["roll-back", ""][0], ONLY_FOR_ROLL_BACK), run)

    prepared = [
        (key, account.world(), account.role(f"role-{number}", statements), run)
        for number, (key, (statements, run)) in enumerate(plays.items())
    ]
    # A sweep waits a minute between two looks, and the end of an own hook for an answer that moto never gives.
    patient = [it for it in prepared if it[0][0].startswith("sweep") or it[0][0] == "own hook"]
    first, *others = [it for it in prepared if it not in patient]
    # Sweeps have five minutes. The launches have one, and begin as the sweeps end, instead of all at once.
    patient.sort(key=lambda it: it[0][0] == "own hook")

    def play(it):
        key, world, keys, run = it
        return key, SimpleNamespace(world=world, ended=run(world, keys))

    account.enforce(True)
    try:
        # More of the others at once would keep moto from answering in time.
        with ThreadPoolExecutor(20) as waiting, ThreadPoolExecutor(4) as working:
            ended = [play(first)]  # it leaves the archive of classes to the others
            waited, worked = waiting.map(play, patient), working.map(play, others)
            return dict([*ended, *waited, *worked])
    finally:
        account.enforce(False)


def output(run):
    return run.ended.stdout + run.ended.stderr


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "own hook"])
def test_policy_is_enough(mode, runs):
    run = runs[mode, ""]
    assert run.ended.returncode == 0, output(run)


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode not in ("own hook", "plan", "sweep that reports")])
def test_nodes_got_their_interfaces(mode, runs, account):
    world = runs[mode, ""].world
    assert sorted(account.attached(world)) == sorted(world.subnets)


def test_own_hook_may_be_completed(runs):
    """moto has no CompleteLifecycleAction: that is as far as it goes."""
    assert "CompleteLifecycleAction" in output(runs["own hook", ""]) and "AccessDenied" not in output(runs["own hook", ""])


@pytest.mark.parametrize(
    "mode, action", [(mode, action) for mode, (statements, _) in MODES.items() for action in checked(statements) if is_expected(mode, action)]
)
def test_without_an_action_the_run_fails_and_names_it(mode, action, runs):
    run = runs[mode, action]
    assert run.ended.returncode == (4 if mode.startswith("agent") else 1), output(run)
    # What moto answers for Auto Scaling then has no error code.
    assert f"{action.split(':')[1]}: {'AccessDenied' if action.startswith('ec2:') else 'HTTP 403'}" in output(run)


@pytest.mark.parametrize(
    "mode, action",
    [(mode, action) for mode, (statements, _) in MODES.items() for action in checked(statements) if mode != "own hook" and not is_expected(mode, action)],
)
def test_without_what_is_not_missed_the_run_ends_well(mode, action, runs):
    """If one of these fails, it belongs to the others."""
    run = runs[mode, action]
    assert run.ended.returncode == 0, output(run)


@pytest.mark.parametrize(
    "mode, action", [(mode, action) for mode, (statements, _) in MODES.items() for action in checked(statements) if action in PRECAUTIONS]
)
def test_without_a_precaution_the_run_warns_and_names_it(mode, action, runs):
    assert f"{action} is denied" in output(runs[mode, action])


def test_roll_back_that_may_not_delete_names_what_is_left(runs, account):
    rolled_back, not_rolled_back = runs["roll-back", ""], runs["roll-back", ONLY_FOR_ROLL_BACK]
    assert "AttachNetworkInterface: AccessDenied" in output(rolled_back) and "DeleteNetworkInterface" not in output(rolled_back)
    for part in ("AttachNetworkInterface: AccessDenied", "DeleteNetworkInterface: AccessDenied", "eni-"):
        assert part in output(not_rolled_back)
