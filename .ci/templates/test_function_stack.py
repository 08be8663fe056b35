"""The function's stack, worked out without any AWS: its rule, its permissions' conditions, its optional parts."""

import re

import pytest
from stack import Stack, actions, grants, load

NAME = "amazon-lambda-for-eksmng-multus.yaml"
SUBNETS = "subnet-0a1,subnet-0a2"
ACCOUNT = "123456789012"


def lambda_stack(**parameters):
    return Stack(NAME, **{"MultusSubnetsAz1": SUBNETS, "MultusSecurityGroupIds": "sg-01", **parameters})


def accepts(parameter, value):
    """Whether CloudFormation takes the value: a pattern must match all of it."""
    declaration = load(NAME)["Parameters"][parameter]
    if "AllowedValues" in declaration:
        return value in map(str, declaration["AllowedValues"])
    return re.fullmatch(declaration["AllowedPattern"], value) is not None


# The kinds of resources that each call is checked against, and the conditions on each:
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
# What is not said here of a modification (subnet, security group) is of attributes that nobody changes.
INTERFACE, INSTANCE = f"{ACCOUNT}:network-interface", f"{ACCOUNT}:instance"
OURS = {
    "StringEquals": {"aws:ResourceTag/node.k8s.amazonaws.com/no_manage": "true"},
    "Null": {"aws:ResourceTag/multus4j/instance-id": "false"},
}
MADE_OURS = {
    "StringEquals": {"aws:RequestTag/node.k8s.amazonaws.com/no_manage": "true"},
    "Null": {"aws:RequestTag/multus4j/instance-id": "false"},
}
CHANGES = {
    "ec2:CreateNetworkInterface": {
        INTERFACE: MADE_OURS,
        "*:subnet": {"StringEquals": {"ec2:SubnetID": SUBNETS.split(",")}},
        "*:security-group": {"StringEquals": {"ec2:SecurityGroupID": ["sg-01"]}},
    },
    "ec2:CreateTags": {
        INTERFACE: {
            "StringEquals": {"ec2:CreateAction": "CreateNetworkInterface"},
            "ForAllValues:StringLike": {"aws:TagKeys": ["multus4j/*", "node.k8s.amazonaws.com/no_manage"]},
        },
        INSTANCE: {
            "ForAllValues:StringEquals": {"aws:TagKeys": ["multus4j/used-tokens", "multus4j/repair"]}, "Null": {"aws:TagKeys": "false"},
        },
    },
    "ec2:AttachNetworkInterface": {INTERFACE: OURS, INSTANCE: None},
    "ec2:DetachNetworkInterface": {INTERFACE: OURS, INSTANCE: None},
    "ec2:ModifyNetworkInterfaceAttribute": {INTERFACE: OURS, INSTANCE: None},
    "ec2:DeleteNetworkInterface": {INTERFACE: OURS},
}
HOLDERS = {"function": ("RoleLambdaAttach2ndEniCfn", {}), "sweep that mends": ("SweepRole", {"SweepMode": "MEND"})}


def statements(holder, **parameters):
    role, own = HOLDERS[holder]
    return lambda_stack(**own, **parameters).statements(role)


@pytest.mark.parametrize("holder", HOLDERS)
class TestConditions:
    """moto ignores conditions, so that they are read here."""

    def test_each_change_is_bound(self, holder):
        found = grants(statements(holder))
        assert {action: kinds for action, kinds in found.items() if action in CHANGES} == CHANGES

    def test_interfaces_are_made_in_the_subnets_of_all_zones_and_with_all_groups(self, holder):
        found = grants(statements(holder, MultusSubnetsAz2="subnet-0b1", MultusSubnets="subnet-0c1,subnet-0d1", MultusSecurityGroupIds="sg-01,sg-02"))
        created = found["ec2:CreateNetworkInterface"]
        assert created["*:subnet"]["StringEquals"] == {"ec2:SubnetID": ["subnet-0a1", "subnet-0a2", "subnet-0b1", "subnet-0c1", "subnet-0d1"]}
        assert created["*:security-group"]["StringEquals"] == {"ec2:SecurityGroupID": ["sg-01", "sg-02"]}

    def test_tags_of_the_operator_are_any_but_those_of_eks(self, holder):
        tagging = grants(statements(holder, MultusInterfaceTags="cnf=amf"))["ec2:CreateTags"][INTERFACE]
        refused = tagging["ForAllValues:StringNotLike"]["aws:TagKeys"]
        assert "ForAllValues:StringLike" not in tagging and "eks:*" in refused and "cluster.k8s.amazonaws.com/*" in refused
        assert not [pattern for pattern in refused if re.fullmatch(pattern.replace("*", ".*"), "node.k8s.amazonaws.com/no_manage")]

    def test_what_takes_any_resource_only_reads(self, holder):
        unbound = [s for s in statements(holder) if s["Resource"] == "*"]
        assert unbound and all(a.startswith(("ec2:Describe", "ec2:Get")) for a in actions(unbound))

    def test_nothing_is_allowed_by_a_wildcard(self, holder):
        assert not [action for action in actions(statements(holder)) if "*" in action]


class TestRule:
    @staticmethod
    def detail(**parameters):
        return lambda_stack(**parameters).resources("AWS::Events::Rule")["NewInstanceEventRule"]["EventPattern"].get("detail")

    def test_matches_groups_of_eks_by_default(self):
        assert self.detail() == {"AutoScalingGroupName": [{"prefix": "eks-"}]}

    def test_matches_named_groups_besides_those_with_the_prefix(self):
        names, prefixes = self.detail(AutoScalingGroupNames="a,b")["$or"]
        assert names == {"AutoScalingGroupName": ["a", "b"]} and prefixes == self.detail()

    @pytest.mark.parametrize("prefixes", ["eks-upf-", "eks-,own-", "a,b,c", "a,b,c,d"])
    def test_has_several_prefixes(self, prefixes):
        wanted = {"AutoScalingGroupName": [{"prefix": prefix} for prefix in prefixes.split(",")]}
        assert self.detail(AutoScalingGroupNamePrefix=prefixes) == wanted
        assert self.detail(AutoScalingGroupNamePrefix=prefixes, AutoScalingGroupNames="z")["$or"][1] == wanted

    def test_without_prefix_matches_the_named_groups_only(self):
        assert self.detail(AutoScalingGroupNamePrefix="", AutoScalingGroupNames="a,b") == {"AutoScalingGroupName": ["a", "b"]}

    def test_without_prefix_and_names_matches_all_groups_as_the_rule_of_the_reference(self):
        assert self.detail(AutoScalingGroupNamePrefix="") is None

    def test_takes_no_more_prefixes_than_it_has_places_for(self):
        assert accepts("AutoScalingGroupNamePrefix", "a,b,c,d") and accepts("AutoScalingGroupNamePrefix", "")
        for wrong in ("a,b,c,d,e", "a,", ",a", "a,,b"):
            assert not accepts("AutoScalingGroupNamePrefix", wrong)


class TestParameters:
    @pytest.mark.parametrize("wrong", ["Launch-LC-Hook", "Terminate-LC-Hook", "own,Launch-LC-Hook", "own, Launch-LC-Hook ", "Launch-LC-Hook,own"])
    def test_hooks_of_eks_are_refused(self, wrong):
        assert not accepts("LifecycleHookNames", wrong)

    @pytest.mark.parametrize("right", ["", "own", "own,other", "own, My-Launch-LC-Hook", "Launch-LC-Hook-2"])
    def test_own_hooks_are_accepted(self, right):
        assert accepts("LifecycleHookNames", right)

    def test_concurrency_of_0_would_switch_the_function_off(self):
        assert [value for value in ("", "0", "00", "01", "1", "20", "9999", "10000") if accepts("ReservedConcurrency", value)] == ["", "1", "20", "9999"]

    def test_all_that_is_new_has_a_default(self):
        required = {name for name, parameter in load(NAME)["Parameters"].items() if "Default" not in parameter}
        assert required == {"MultusSubnetsAz1", "MultusSecurityGroupIds"}


class TestLambdaStack:
    def test_sweep_that_reports_changes_nothing(self):
        assert not set(actions(lambda_stack(SweepMode="DRY_RUN").statements("SweepRole"))) & CHANGES.keys()

    def test_evidence_outlives_the_stack(self):
        resources = load(NAME)["Resources"]
        for kept in ("LogGroup", "DeadLetters"):
            assert resources[kept]["DeletionPolicy"] == resources[kept]["UpdateReplacePolicy"] == "Retain"

    def test_image_takes_the_place_of_the_zip(self):
        functions = lambda_stack(ImageUri="123456789012.dkr.ecr.us-east-1.amazonaws.com/multus:1").resources("AWS::Lambda::Function")
        assert len(functions) == 2
        for function in functions.values():
            assert function["PackageType"] == "Image" and not {"Runtime", "Handler"} & function.keys()
            assert function["Code"].keys() == {"ImageUri"}
            assert function["ImageConfig"]["Command"][0].endswith("Handler")

    def test_snap_start_sends_events_to_a_version_that_the_key_renews(self):
        def version(**parameters):
            stack = lambda_stack(SnapStart="PublishedVersions", **parameters)
            assert stack.resources("AWS::Events::Rule")["NewInstanceEventRule"]["Targets"][0]["Arn"] == "«LiveAlias»"
            return stack.resources("AWS::Lambda::Version")["PublishedVersion"]["Description"]

        assert len({version(), version(LambdaS3Key="2.zip"), version(Revision="2")}) == 3
        assert not lambda_stack().resources("AWS::Lambda::Alias")

    def test_no_schedule_is_no_sweep(self):
        stack = lambda_stack(SweepSchedule="", SweepMode="MEND")
        assert list(stack.resources("AWS::Lambda::Function")) == ["LambdaAttach2ndENI"]
        assert list(stack.resources("AWS::IAM::Role")) == ["RoleLambdaAttach2ndEniCfn"]
