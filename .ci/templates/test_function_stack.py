"""The function's stack, worked out without any AWS: its rule, its permissions' conditions, its optional parts."""

import re

import pytest
from stack import TEMPLATES, Stack, actions, grants, load

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
# Subnet and security group are left out of a modification: the function does not change these attributes.
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

    def test_template_fits_into_a_request(self):
        """Larger ones need a bucket: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"""
        assert len((TEMPLATES / NAME).read_bytes()) <= 51_200


def functions(**parameters):
    return lambda_stack(**parameters).resources("AWS::Lambda::Function")


class TestOrganization:
    def test_empty_defaults_leave_the_properties_out(self):
        for function in functions().values():
            assert not {"VpcConfig", "KmsKeyArn", "TracingConfig", "CodeSigningConfigArn"} & function.keys()
            assert function["Code"].keys() == {"S3Bucket", "S3Key"}
        for role in lambda_stack().resources("AWS::IAM::Role").values():
            assert role["Path"] == "/" and "PermissionsBoundary" not in role
        (queue,) = lambda_stack().resources("AWS::SQS::Queue").values()
        assert queue["SqsManagedSseEnabled"] is True and "KmsMasterKeyId" not in queue
        assert "KmsKeyId" not in lambda_stack().resources("AWS::Logs::LogGroup")["LogGroup"]

    def test_roles_have_boundary_and_path(self):
        boundary = f"arn:aws:iam::{ACCOUNT}:policy/boundary"
        for role in lambda_stack(PermissionsBoundaryArn=boundary, RolePath="/cnf/").resources("AWS::IAM::Role").values():
            assert (role["PermissionsBoundary"], role["Path"]) == (boundary, "/cnf/")
        assert not accepts("RolePath", "cnf") and not accepts("RolePath", "/cnf")

    def test_key_is_for_log_queue_and_variables_and_the_roles_may_use_it(self):
        key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
        stack = lambda_stack(KmsKeyArn=key)
        (queue,) = stack.resources("AWS::SQS::Queue").values()
        assert queue["KmsMasterKeyId"] == key and "SqsManagedSseEnabled" not in queue
        assert stack.resources("AWS::Logs::LogGroup")["LogGroup"]["KmsKeyId"] == key
        assert {function["KmsKeyArn"] for function in functions(KmsKeyArn=key).values()} == {key}
        for role in ("RoleLambdaAttach2ndEniCfn", "SweepRole"):
            (statement,) = [it for it in stack.statements(role) if it["Resource"] == key]
            assert statement["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]

    def test_only_lambda_itself_may_make_the_functions_own_interfaces(self):
        inside = dict(FunctionSubnetIds="subnet-0f1,subnet-0f2", FunctionSecurityGroupIds="sg-0f")
        for function in functions(**inside).values():
            assert function["VpcConfig"] == {"SubnetIds": ["subnet-0f1", "subnet-0f2"], "SecurityGroupIds": ["sg-0f"]}
        for role in ("RoleLambdaAttach2ndEniCfn", "SweepRole"):
            (statement,) = [it for it in lambda_stack(**inside).statements(role) if it.get("Sid") == "LambdaInVpc"]
            assert statement["Condition"] == {"Null": {"lambda:SourceFunctionArn": "true"}}
            assert {"ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces"} < set(statement["Action"])

    def test_variables_reach_both_functions(self):
        given = dict(
            EksNodeGroupTagValue="yes", DeviceIndexes="own", NetworkCards="0,1", LocalNetworkInterfaces="true", OtherVpcs="true",
            UseFipsEndpoint="true", UseDualstackEndpoint="true", HttpsProxy="http://proxy:3128", NoProxy=".internal", JavaToolOptions="-Da=b",
        )
        wanted = {
            "TargetNodeGroupTagValue": "yes", "DeviceIndexes": "own", "NetworkCards": "0,1", "LocalNetworkInterfaces": "true", "OtherVpcs": "true",
            "AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true", "HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": ".internal",
            "JAVA_TOOL_OPTIONS": "-Da=b",
        }
        for function in functions(**given).values():
            assert wanted.items() <= function["Environment"]["Variables"].items()
        for function in functions().values():
            assert not wanted.keys() & function["Environment"]["Variables"].keys()

    @pytest.mark.parametrize("cards", ["", "auto", "1", "0,1", "0, 1", "subnet-0a=1", "subnet-0a=0,subnet-0b=1"])
    def test_network_cards_are_accepted_as_the_library_does(self, cards):
        assert accepts("NetworkCards", cards)

    @pytest.mark.parametrize("wrong", ["lowest", "0;1", "0,", "subnet-0a", "subnet-0a=1,2", "-1"])
    def test_other_network_cards_are_refused(self, wrong):
        assert not accepts("NetworkCards", wrong)

    def test_code_is_pinned_signed_and_traced(self):
        signing = f"arn:aws:lambda:us-east-1:{ACCOUNT}:code-signing-config:csc-1"
        given = dict(LambdaS3ObjectVersion="v1", CodeSigningConfigArn=signing, Tracing="Active")
        for function in functions(**given).values():
            assert function["Code"]["S3ObjectVersion"] == "v1" and function["CodeSigningConfigArn"] == signing
            assert function["TracingConfig"] == {"Mode": "Active"}
        assert "xray:PutTraceSegments" in actions(lambda_stack(**given).statements("RoleLambdaAttach2ndEniCfn"))
        versions = [lambda_stack(SnapStart="PublishedVersions", LambdaS3ObjectVersion=it).resources("AWS::Lambda::Version") for it in ("", "v1", "v2")]
        assert len({it["PublishedVersion"]["Description"] for it in versions}) == 3

    def test_outputs_can_be_imported(self):
        outputs = load(NAME)["Outputs"]
        exports = {output["Export"]["Name"]["Fn::Sub"] for output in outputs.values()}
        assert exports == {"${AWS::StackName}-" + name for name in outputs}


class TestAlarms:
    def test_each_tells_its_end_too(self):
        topic = f"arn:aws:sns:us-east-1:{ACCOUNT}:alarms"
        for alarm in lambda_stack(AlarmTopicArn=topic).resources("AWS::CloudWatch::Alarm").values():
            assert alarm["AlarmActions"] == alarm["OKActions"] == [topic]

    def test_all_ways_in_which_an_event_gets_lost_alarm(self):
        alarms = lambda_stack().resources("AWS::CloudWatch::Alarm").values()
        assert {
            "AsyncEventsDropped", "DestinationDeliveryFailures", "FailedInvocations", "InvocationsFailedToBeSentToDlq", "Throttles",
            "ApproximateNumberOfMessagesVisible",
        } <= {alarm.get("MetricName") for alarm in alarms}

    def test_a_sweep_that_the_next_one_heals_alarms_nobody(self):
        for period in (1800, 86400):
            alarms = lambda_stack(SweepAlarmPeriod=period).resources("AWS::CloudWatch::Alarm")
            for name in ("SweepProblemsAlarm", "SweepMissingAlarm"):
                assert (str(alarms[name]["Period"]), alarms[name]["EvaluationPeriods"]) == (str(period), 2)
        assert alarms["SweepMissingAlarm"]["TreatMissingData"] == "breaching"

    def test_a_first_try_that_a_retry_heals_alarms_nobody(self):
        alarms = lambda_stack().resources("AWS::CloudWatch::Alarm")
        assert [alarms[name]["EvaluationPeriods"] for name in ("NodesFailedAlarm", "ErrorsAlarm")] == [2, 2]

    def test_long_runs_are_measured_by_the_timeout(self):
        alarm = lambda_stack(Timeout=900).resources("AWS::CloudWatch::Alarm")["NearTimeoutAlarm"]
        assert alarm["Metrics"][0]["Expression"] == "duration / 10 / 900" and alarm["Threshold"] == 90

    def test_without_sweep_there_is_no_alarm_on_it(self):
        assert not [name for name in lambda_stack(SweepSchedule="").resources("AWS::CloudWatch::Alarm") if name.startswith("Sweep")]
