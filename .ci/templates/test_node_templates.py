"""The templates of nodes without any EC2: kubelet's settings, the agent's permissions, what an organization demands."""

import email
import json
import re
from fnmatch import fnmatchcase

import pytest
import yaml
from stack import TEMPLATES, Stack, actions, load

SUBNETS = "subnet-0a1,subnet-0a2"
AGENT = dict(MultusSubnets=SUBNETS, MultusSecurityGroupIds="sg-01,sg-02", AgentS3Key="multus/1/agent.tar.gz", AgentSha256="0" * 64)
CLUSTER = dict(
    ClusterName="core", ClusterEndpoint="https://core.eks.example", ClusterCertificateAuthority="Q0E=", ClusterServiceCidr="172.20.0.0/16",
)
NODES = {
    "eks-mng-lct.yaml": dict(MultusSubnetsAz1=SUBNETS),
    "eks-mng-lct-userdata.yaml": AGENT,
    "self-managed-nodegroup.yaml": dict(CLUSTER, ClusterSecurityGroupId="sg-03", NodeSubnets="subnet-01", MultusSubnetsAz1=SUBNETS),
}
MANAGED = ["eks-mng-lct.yaml", "eks-mng-lct-userdata.yaml"]
AS_THE_REFERENCE = {
    "cpuManagerPolicy": "static", "topologyManagerPolicy": "single-numa-node", "systemReservedCgroup": "", "kubeReservedCgroup": "",
}

# As in test_templates.py: 16 KB less the part that EKS adds.
USER_DATA_LIMIT = 16 * 1024 - 2560


def node(name, **parameters):
    return Stack(name, **{**NODES[name], **parameters})


def launch_data(stack):
    (made,) = stack.resources("AWS::EC2::LaunchTemplate").values()
    return made["LaunchTemplateData"]


def node_config(stack):
    """The one part for nodeadm. PyYAML and nodeadm's parser agree on merge keys that come first."""
    parts = email.message_from_string(stack.user_data()).get_payload()
    (text,) = [part.get_payload() for part in parts if part.get_content_type() == "application/node.eks.aws"]
    return yaml.safe_load(text)


def kubelet(name, **parameters):
    return node_config(node(name, **parameters))["spec"]["kubelet"]


def accepts(name, parameter, value):
    """Whether CloudFormation takes the value: a pattern must match all of it."""
    return re.fullmatch(load(name)["Parameters"][parameter]["AllowedPattern"], value) is not None


def kubelet_starts(settings):
    """kubelet's own rule, with what the image sets beside: validation.go of kubelet, ReservedSystemCPUs."""
    config = {"systemReservedCgroup": "/system", "kubeReservedCgroup": "/runtime", **settings["config"]}
    reserved = any(flag.startswith("--reserved-cpus") for flag in settings["flags"]) or config.get("reservedSystemCPUs")
    return not (reserved and (config["systemReservedCgroup"] or config["kubeReservedCgroup"]))


class TestKubelet:
    @pytest.mark.parametrize("name", MANAGED)
    def test_default_is_that_of_the_reference(self, name):
        assert kubelet(name)["config"] == AS_THE_REFERENCE

    def test_default_of_self_managed_nodes_is_the_image_s(self):
        assert kubelet("self-managed-nodegroup.yaml")["config"] == {}

    @pytest.mark.parametrize("name", NODES)
    @pytest.mark.parametrize("none", ["", "{}"])
    def test_no_settings_are_those_of_the_image(self, name, none):
        assert kubelet(name, KubeletConfig=none)["config"] == {}

    @pytest.mark.parametrize("name", NODES)
    def test_settings_are_merged_with_max_pods(self, name):
        given = {"memoryManagerPolicy": "Static", "reservedMemory": [{"numaNode": 0, "limits": {"memory": "1Gi"}}]}
        assert kubelet(name, KubeletConfig=json.dumps(given), MaxPods=29)["config"] == {**given, "maxPods": 29}

    @pytest.mark.parametrize("name", NODES)
    @pytest.mark.parametrize(
        "parameters",
        [
            dict(KubeletExtraArguments="--node-labels=reserved-cpu=true --reserved-cpus=0,1"),
            dict(KubeletExtraArguments="--reserved-cpus=0", KubeletConfig=""),
            dict(KubeletExtraArguments="--node-labels=a=b --reserved-cpus=0-3", KubeletConfig='{"cpuManagerPolicy":"static"}'),
            dict(KubeletExtraArguments="", KubeletConfig='{"reservedSystemCPUs":"0,1"}'),
            dict(KubeletExtraArguments="--reserved-cpus=0", KubeletConfig='{"systemReservedCgroup":"/system"}', MaxPods=29),
        ],
    )
    def test_kubelet_starts_with_reserved_cpus(self, name, parameters):
        assert kubelet_starts(kubelet(name, **parameters))

    def test_the_rule_of_kubelet_is_one(self):
        assert not kubelet_starts({"config": {}, "flags": ["--reserved-cpus=0"]})

    @pytest.mark.parametrize("name", NODES)
    def test_cgroups_are_left_alone_without_reserved_cpus(self, name):
        assert kubelet(name, KubeletConfig='{"cpuManagerPolicy":"static"}')["config"] == {"cpuManagerPolicy": "static"}

    @pytest.mark.parametrize("name", NODES)
    def test_what_is_not_one_line_of_json_is_refused(self, name):
        assert accepts(name, "KubeletConfig", '{"a": {"b": 1}}') and accepts(name, "KubeletConfig", "")
        assert not accepts(name, "KubeletConfig", "cpuManagerPolicy: static") and not accepts(name, "KubeletConfig", '{"a":\n1}')

    def test_karpenter_s_nodes_have_the_same(self):
        (node_class,) = [it for it in yaml.safe_load_all((TEMPLATES / "karpenter.yaml").read_text()) if it["kind"] == "EC2NodeClass"]
        parts = email.message_from_string(node_class["spec"]["userData"]).get_payload()
        (text,) = [part.get_payload() for part in parts if part.get_content_type() == "application/node.eks.aws"]
        assert yaml.safe_load(text)["spec"]["kubelet"]["config"] == AS_THE_REFERENCE
        assert node_class["spec"]["metadataOptions"] == {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1}


def agent_policy(**parameters):
    return node("eks-mng-lct-userdata.yaml", **parameters).resources("AWS::IAM::ManagedPolicy")["AgentPolicy"]["PolicyDocument"]["Statement"]


OURS, OWNER = "123456789012", "210987654321"
ITSELF = {"ArnLike": {"ec2:SourceInstanceARN": "arn:aws:ec2:*:*:instance/${ec2:InstanceId}"}}


def found_for(statements, action):
    """The conditions for an action, by kind of resource."""
    found = {}
    for statement in statements:
        if action in actions([statement]):
            arn = statement["Resource"]
            kind = arn.split(":")[5].split("/")[0]
            assert kind not in found, f"{action} on {kind} is allowed twice"
            found[kind] = statement.get("Condition")
    return found


def may_create_in(statements, arn, condition, value):
    for statement in statements:
        if "ec2:CreateNetworkInterface" in actions([statement]) and fnmatchcase(arn, statement["Resource"]):
            return value in statement["Condition"]["StringEquals"][condition]
    return False


class TestAgentPolicy:
    """moto ignores conditions, so that they are read here."""

    ours = {
        "StringEquals": {"aws:ResourceTag/node.k8s.amazonaws.com/no_manage": "true"},
        "Null": {"aws:ResourceTag/multus4j/instance-id": "false"},
    }

    def test_only_the_given_subnets_of_each_zone_whoever_owns_them(self):
        policy = agent_policy(MultusSubnetsAz2="subnet-0b1", FurtherMultusSubnets="subnet-0c1,subnet-0c2;subnet-0d1")
        for subnet in ("subnet-0a1", "subnet-0a2", "subnet-0b1", "subnet-0c1", "subnet-0c2", "subnet-0d1"):
            for account in (OURS, OWNER):
                assert may_create_in(policy, f"arn:aws:ec2:us-east-1:{account}:subnet/{subnet}", "ec2:SubnetID", subnet)
        assert not may_create_in(policy, f"arn:aws:ec2:us-east-1:{OURS}:subnet/subnet-0e1", "ec2:SubnetID", "subnet-0e1")
        assert not may_create_in(policy, f"arn:aws:ec2:eu-west-1:{OURS}:subnet/subnet-0a1", "ec2:SubnetID", "subnet-0a1")

    def test_only_the_given_groups_whoever_owns_them(self):
        policy = agent_policy()
        for group in ("sg-01", "sg-02"):
            for account in (OURS, OWNER):
                assert may_create_in(policy, f"arn:aws:ec2:us-east-1:{account}:security-group/{group}", "ec2:SecurityGroupID", group)
        assert not may_create_in(policy, f"arn:aws:ec2:us-east-1:{OURS}:security-group/sg-03", "ec2:SecurityGroupID", "sg-03")

    def test_interfaces_are_made_with_our_tags_only(self):
        assert found_for(agent_policy(), "ec2:CreateNetworkInterface")["network-interface"] == {
            "StringEquals": {"aws:RequestTag/node.k8s.amazonaws.com/no_manage": "true"},
            "Null": {"aws:RequestTag/multus4j/instance-id": "false"},
        }

    @pytest.mark.parametrize("action", ["AttachNetworkInterface", "DetachNetworkInterface", "ModifyNetworkInterfaceAttribute"])
    def test_a_node_reaches_itself_and_our_interfaces_only(self, action):
        assert found_for(agent_policy(), "ec2:" + action) == {"network-interface": self.ours, "instance": ITSELF}

    def test_only_our_interfaces_are_deleted(self):
        assert found_for(agent_policy(), "ec2:DeleteNetworkInterface") == {"network-interface": self.ours}

    def test_tags_are_given_while_an_interface_is_made_and_notes_on_the_node_itself(self):
        assert found_for(agent_policy(), "ec2:CreateTags") == {
            "network-interface": {
                "StringEquals": {"ec2:CreateAction": "CreateNetworkInterface"},
                "ForAllValues:StringLike": {"aws:TagKeys": ["node.k8s.amazonaws.com/no_manage", "multus4j/*"]},
            },
            "instance": {**ITSELF, "ForAllValues:StringEquals": {"aws:TagKeys": ["multus4j/used-tokens"]}, "Null": {"aws:TagKeys": "false"}},
        }

    def test_tags_of_the_operator_are_none_by_which_others_know_their_interfaces(self):
        condition = found_for(agent_policy(MultusInterfaceTags="cnf=amf"), "ec2:CreateTags")["network-interface"]
        refused = condition["ForAllValues:StringNotLike"]["aws:TagKeys"]
        for key in ("kubernetes.io/cluster/core", "elbv2.k8s.aws/cluster", "eks:eni:owner", "cluster.k8s.amazonaws.com/name"):
            assert any(fnmatchcase(key, pattern) for pattern in refused), key
        for key in ("cnf", "multus4j/slot", "multus4j/instance-id", "node.k8s.amazonaws.com/no_manage"):
            assert not any(fnmatchcase(key, pattern) for pattern in refused), key
        assert "ForAllValues:StringLike" not in condition

    def test_what_takes_any_resource_only_reads(self):
        unbound = [statement for statement in agent_policy() if statement["Resource"] == "*"]
        assert unbound and all(action.startswith(("ec2:Describe", "ec2:Get")) for action in actions(unbound))

    def test_nothing_is_allowed_by_a_wildcard(self):
        assert not [action for action in actions(agent_policy()) if "*" in action]

    @pytest.mark.parametrize(
        "parameters, key, allowed",
        [
            ({}, "multus/1/agent.tar.gz", True),
            ({}, "multus/0/agent.tar.gz", True),
            ({}, "others/1/agent.tar.gz", False),
            (dict(AgentS3Key="agent.tar.gz"), "agent.tar.gz", True),
            (dict(AgentS3Key="agent.tar.gz"), "others.tar.gz", False),
            (dict(AgentS3Prefix="agents/multus-"), "agents/multus-1.tar.gz", True),
            (dict(AgentS3Prefix="agents/multus-"), "multus/1/agent.tar.gz", True),
            (dict(AgentS3Prefix="agents/multus-"), "multus/2/agent.tar.gz", False),
        ],
    )
    def test_archives_of_other_versions_are_readable_too(self, parameters, key, allowed):
        (reading,) = [statement for statement in agent_policy(**parameters) if actions([statement]) == ["s3:GetObject"]]
        assert any(fnmatchcase("arn:aws:s3:::your-bucket/" + key, arn) for arn in reading["Resource"]) == allowed

    def test_key_of_the_bucket_decrypts_by_way_of_s3_only(self):
        arn = "arn:aws:kms:us-east-1:123456789012:key/1"
        policies = node("eks-mng-lct-userdata.yaml", AgentKmsKeyArn=arn).resources("AWS::IAM::ManagedPolicy")
        (decrypting,) = policies["AgentKeyPolicy"]["PolicyDocument"]["Statement"]
        condition = {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}
        assert decrypting == {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": arn, "Condition": condition}
        assert list(node("eks-mng-lct-userdata.yaml").resources("AWS::IAM::ManagedPolicy")) == ["AgentPolicy"]

    def test_fits_into_a_managed_policy(self):
        """6,144 characters without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""
        policy = agent_policy(**LARGE["eks-mng-lct-userdata.yaml"])
        assert len(re.sub(r"\s", "", json.dumps({"Version": "2012-10-17", "Statement": policy}))) <= 6144


def zone(letter):
    return ",".join(f"subnet-0123456789abcd{letter}{number:02}" for number in range(8))


FURTHER = dict(MultusSubnetsAz2=zone("b"), FurtherMultusSubnets=zone("c") + ";" + zone("d"))
LARGE = {
    "eks-mng-lct.yaml": dict(FURTHER, MultusSubnetsAz1=zone("a"), MaxPods=29),
    "eks-mng-lct-userdata.yaml": dict(
        FURTHER, MultusSubnets=zone("a"), MultusSecurityGroupIds=",".join(f"sg-0123456789abcde{number:02}" for number in range(8)),
        MultusInterfaceTags=",".join(f"tag-{number:02}=value-{number:02}" for number in range(20)), MaxPods=29,
    ),
    "self-managed-nodegroup.yaml": dict(FURTHER, MultusSubnetsAz1=zone("a"), MaxPods=29),
}


@pytest.mark.parametrize("name", NODES)
def test_four_zones_of_eight_subnets_fit(name):
    """Without the cluster's certificate, which the limit leaves room for."""
    assert len(node(name, **LARGE[name]).user_data().encode()) <= USER_DATA_LIMIT


class TestOrganization:
    @pytest.mark.parametrize("name", NODES)
    def test_all_that_is_new_has_a_default_that_leaves_it_out(self, name):
        data = launch_data(node(name))
        assert {"KmsKeyId"}.isdisjoint(data["BlockDeviceMappings"][0]["Ebs"]) and data["BlockDeviceMappings"][0]["Ebs"]["VolumeType"] == "gp3"
        kinds = {spec["ResourceType"]: spec["Tags"] for spec in data.get("TagSpecifications", [])}
        assert kinds == ({"instance": [{"Key": "multus-ng", "Value": "true"}]} if name == "eks-mng-lct.yaml" else {})
        assert "ImageId" not in data or name == "self-managed-nodegroup.yaml"

    @pytest.mark.parametrize("name", NODES)
    def test_instances_and_volumes_have_the_tags_that_a_policy_demands(self, name):
        data = launch_data(node(name, NodeTag1="cost-center=7", NodeTag3="owner=", MetadataHopLimit=2, NodeVolumeType="io2"))
        for spec in data["TagSpecifications"]:
            tags = {tag["Key"]: tag["Value"] for tag in spec["Tags"]}
            trigger = {"multus-ng": "true"} if name == "eks-mng-lct.yaml" and spec["ResourceType"] == "instance" else {}
            assert tags == {**trigger, "cost-center": "7", "owner": ""}
        assert [spec["ResourceType"] for spec in data["TagSpecifications"]] == ["instance", "volume"]
        assert data["MetadataOptions"]["HttpPutResponseHopLimit"] == "2" and data["BlockDeviceMappings"][0]["Ebs"]["VolumeType"] == "io2"

    @pytest.mark.parametrize("name", NODES)
    def test_volume_has_the_given_key(self, name):
        arn = "arn:aws:kms:us-east-1:123456789012:key/1"
        assert launch_data(node(name, NodeVolumeKmsKeyArn=arn))["BlockDeviceMappings"][0]["Ebs"]["KmsKeyId"] == arn

    @pytest.mark.parametrize("name", NODES)
    def test_image_is_launched_by_id_with_the_cluster_in_the_user_data(self, name):
        stack = node(name, NodeAmiId="ami-0a1", MaxPods=29, **CLUSTER)
        assert launch_data(stack)["ImageId"] == "ami-0a1"
        assert node_config(stack)["spec"]["cluster"] == {
            "name": "core", "apiServerEndpoint": "https://core.eks.example", "certificateAuthority": "Q0E=", "cidr": "172.20.0.0/16",
        }
        assert node_config(stack)["spec"]["kubelet"]["config"]["maxPods"] == 29

    @pytest.mark.parametrize("name", MANAGED)
    def test_image_without_the_cluster_is_refused(self, name):
        rule = load(name)["Rules"]["OwnImageNeedsTheCluster"]
        for missing in CLUSTER:
            stack = node(name, NodeAmiId="ami-0a1", **{key: value for key, value in CLUSTER.items() if key != missing})
            assert stack.work_out(rule["RuleCondition"])
            (failed,) = [it["AssertDescription"] for it in rule["Assertions"] if not stack.work_out(it["Assert"])]
            assert failed.startswith(missing)
        assert not node(name).work_out(rule["RuleCondition"])


def karpenter(text=None):
    text = (TEMPLATES / "karpenter.yaml").read_text() if text is None else text
    (node_class,) = [it["spec"] for it in yaml.safe_load_all(text) if it["kind"] == "EC2NodeClass"]
    return node_class


class TestKarpenter:
    """The names are those of the definition of EC2NodeClass, version karpenter.k8s.aws/v1."""

    def test_nothing_is_added_unless_filled_in(self):
        (disk,) = karpenter()["blockDeviceMappings"]
        assert disk["ebs"] == {"volumeSize": "50Gi", "volumeType": "gp3", "encrypted": True, "deleteOnTermination": True}
        assert karpenter()["tags"] == {} and "amiFamily" not in karpenter()

    def test_key_of_the_volume_is_a_line_to_fill_in(self):
        arn = "arn:aws:kms:us-east-1:123456789012:key/1"
        text = (TEMPLATES / "karpenter.yaml").read_text()
        line = "# kmsKeyID: arn:aws:kms:REGION:ACCOUNT:key/ID"
        assert text.count(line) == 1
        (disk,) = karpenter(text.replace(line, f"kmsKeyID: {arn}"))["blockDeviceMappings"]
        assert disk["ebs"]["kmsKeyID"] == arn and disk["ebs"]["encrypted"] is True

    def test_pods_are_those_of_the_first_type_and_of_the_page(self):
        page = (TEMPLATES.parents[1] / "docs/operations/requirements.md").read_text()
        assert f"`MaxPods={karpenter()['kubelet']['maxPods']}`" in page


class TestEnvironment:
    name = "eks-mng-lct-userdata.yaml"
    given = "HTTPS_PROXY=http://10.0.0.5:3128 NO_PROXY=169.254.169.254,.eks.amazonaws.com,10.0.0.0/8 AWS_USE_FIPS_ENDPOINT=true"

    def test_agent_s_unit_and_this_boot_have_it(self):
        text = node(self.name, ExtraEnvironment=self.given).user_data()
        lines = text.split("cat >/etc/multus4j/environment <<'EOF'\n")[1].split("\nEOF\n")[0].splitlines()
        assert lines == self.given.split(" ")
        assert text.index(f"\nexport {self.given}\n") < text.index("aws s3 cp")

    def test_without_there_is_no_file(self):
        assert "multus4j/environment" not in node(self.name).user_data()

    @pytest.mark.parametrize("value", ["A=$(reboot)", "A=b; reboot", "A='b'", "A", "A=b  C=d", "1A=b", "A=b\nC=d", "A=`b`"])
    def test_what_a_shell_would_run_is_refused(self, value):
        assert accepts(self.name, "ExtraEnvironment", self.given) and accepts(self.name, "ExtraEnvironment", "")
        assert not accepts(self.name, "ExtraEnvironment", value)


class TestPlacement:
    name = "eks-mng-lct-userdata.yaml"

    def conf(self, **parameters):
        return node(self.name, **parameters).user_data().split("agent.conf <<'EOF'\n")[1].split("EOF\n")[0].splitlines()

    def test_agent_is_told_if_it_is_set(self):
        cards = "subnet-0a1=0,subnet-0a2=1"
        assert self.conf(DeviceIndexes="own", NetworkCards=cards)[-2:] == ["DeviceIndexes=own", f"NetworkCards={cards}"]

    def test_agent_of_an_earlier_version_sees_no_new_setting(self):
        names = {line.split("=")[0] for line in self.conf()}
        assert names == {"SubnetIds", "SecGroupIds", "useStaticIPs", "ENITags"}

    @pytest.mark.parametrize("cards", ["", "auto", "1", "0,1,1", "subnet-0a1=0", "subnet-0a1=0,subnet-0a2=1"])
    def test_forms_of_cards_are_accepted(self, cards):
        assert accepts(self.name, "NetworkCards", cards)

    @pytest.mark.parametrize("cards", ["first", "0,", "subnet-0a1", "subnet-0a1=0,1", "1;reboot"])
    def test_other_cards_are_refused(self, cards):
        assert not accepts(self.name, "NetworkCards", cards)


BOUNDARY = "arn:aws:iam::123456789012:policy/boundary"
ROLES = {
    "self-managed-nodegroup.yaml": (NODES["self-managed-nodegroup.yaml"], ["NodeRole"]),
    "vpc-infra.yaml": (
        dict(AvailabilityZones="us-east-1a,us-east-1b", FlowLogRetentionInDays=30), ["FlowLogRole", "EksIamRole", "CniRole", "NodeRole"],
    ),
}


@pytest.mark.parametrize("name", ROLES)
class TestRoles:
    def test_each_has_the_boundary_and_the_path(self, name):
        parameters, names = ROLES[name]
        roles = Stack(name, PermissionsBoundaryArn=BOUNDARY, RolePath="/multus/", **parameters).resources("AWS::IAM::Role")
        assert list(roles) == names
        assert all((role["PermissionsBoundary"], role["Path"]) == (BOUNDARY, "/multus/") for role in roles.values())

    def test_none_has_a_boundary_unless_given(self, name):
        roles = Stack(name, **ROLES[name][0]).resources("AWS::IAM::Role")
        assert all("PermissionsBoundary" not in role and role["Path"] == "/" for role in roles.values())


def policies(role):
    return [arn.split("/")[-1] for arn in role["ManagedPolicyArns"]]


def infra(**parameters):
    return Stack("vpc-infra.yaml", AvailabilityZones="us-east-1a,us-east-1b", **parameters)


class TestInfra:
    def test_exports_are_those_of_the_reference(self):
        """Without its bastion host and its administrator's role."""
        stack = infra()
        exports = {key: stack.work_out(it["Export"]["Name"]) for key, it in stack.template["Outputs"].items() if "Export" in it}
        names = [
            "VpcId", "VpcCidr", "EksCluster", "EksControlSecurityGroup", "PubMgmtSubnetAz1", "PubMgmtSubnetAz2", "PrivK8sSubnetAz1",
            "PrivK8sSubnetAz2", "MultusSubnet1Az1", "MultusSubnet2Az1", "MultusSubnet1Az2", "MultusSubnet2Az2",
        ]
        assert exports == {name: "stack-" + name for name in names}

    def test_only_the_vpc_cni_may_do_what_it_does(self):
        stack = infra()
        roles = stack.resources("AWS::IAM::Role")
        assert [name for name, role in roles.items() if "AmazonEKS_CNI_Policy" in policies(role)] == ["CniRole"]
        (association,) = stack.resources("AWS::EKS::PodIdentityAssociation").values()
        assert (association["Namespace"], association["ServiceAccount"]) == ("kube-system", "aws-node")
        assert association["RoleArn"] == "«CniRole.Arn»"
        assert [it["AddonName"] for it in stack.resources("AWS::EKS::Addon").values()] == ["eks-pod-identity-agent"]

    def test_nodes_may_too_if_asked_for(self):
        assert "AmazonEKS_CNI_Policy" in policies(infra(CniPolicyOnNodeRole="true").resources("AWS::IAM::Role")["NodeRole"])

    def test_network_alone_has_neither_roles_nor_a_cluster(self):
        stack = infra(WithCluster="false")
        assert not stack.resources("AWS::IAM::Role") and not stack.resources("AWS::EKS::PodIdentityAssociation") and not stack.resources("AWS::EKS::Addon")

    def test_cluster_is_as_before_by_default(self):
        (cluster,) = infra().resources("AWS::EKS::Cluster").values()
        assert "EncryptionConfig" not in cluster
        assert cluster["ResourcesVpcConfig"]["PublicAccessCidrs"] == ["0.0.0.0/0"] and cluster["ResourcesVpcConfig"]["EndpointPublicAccess"] == "true"

    def test_api_is_private_and_secrets_have_a_key_if_asked_for(self):
        arn = "arn:aws:kms:us-east-1:123456789012:key/1"
        (cluster,) = infra(WithPublicApi="false", SecretsKmsKeyArn=arn).resources("AWS::EKS::Cluster").values()
        assert cluster["ResourcesVpcConfig"]["EndpointPublicAccess"] == "false" and "PublicAccessCidrs" not in cluster["ResourcesVpcConfig"]
        assert cluster["EncryptionConfig"] == [{"Provider": {"KeyArn": arn}, "Resources": ["secrets"]}]

    def test_flow_logs_are_written_by_a_role_of_their_own_if_asked_for(self):
        stack = infra(FlowLogRetentionInDays=30)
        (log,) = stack.resources("AWS::EC2::FlowLog").values()
        assert (log["ResourceId"], log["DeliverLogsPermissionArn"]) == ("«Vpc»", "«FlowLogRole.Arn»")
        assert all(statement["Resource"] == "«FlowLogGroup.Arn»" for statement in stack.statements("FlowLogRole"))
        assert not infra().resources("AWS::EC2::FlowLog") and not infra().resources("AWS::Logs::LogGroup")

    def test_multus_interfaces_are_open_to_the_vpc_only_if_asked_for(self):
        assert list(infra().resources("AWS::EC2::SecurityGroupIngress")) == ["MultusSecurityGroupSelf"]
        opened = infra(MultusIngressFromVpc="true").resources("AWS::EC2::SecurityGroupIngress")["MultusSecurityGroupVpc"]
        assert (opened["CidrIp"], opened["IpProtocol"]) == ("10.0.0.0/16", "-1")


class TestSelfManaged:
    name = "self-managed-nodegroup.yaml"

    def group(self, **parameters):
        (group,) = node(self.name, **parameters).resources("AWS::AutoScaling::AutoScalingGroup").values()
        return group

    def rolling(self, **parameters):
        stack = node(self.name, **parameters)
        return stack.work_out(stack.template["Resources"]["NodeGroup"]["UpdatePolicy"]["AutoScalingRollingUpdate"])

    def test_group_of_a_fixed_size_can_be_updated(self):
        assert self.rolling(MinSize=3, MaxSize=3)["MinInstancesInService"] == 0
        assert self.rolling(MinSize=1, MaxSize=4)["MinInstancesInService"] == "1"
        assert self.rolling()["MaxBatchSize"] == 1

    def test_desired_capacity_and_terminate_hook_are_left_out_unless_given(self):
        group = self.group()
        assert "DesiredCapacity" not in group and [it["LifecycleHookName"] for it in group["LifecycleHookSpecificationList"]] == ["multus-launch"]

    def test_desired_capacity_and_terminate_hook(self):
        group = self.group(DesiredCapacity=2, TerminateHookName="drain", TerminateHookTimeout=600)
        assert group["DesiredCapacity"] == "2"
        hook = group["LifecycleHookSpecificationList"][1]
        assert (hook["LifecycleTransition"], hook["HeartbeatTimeout"], hook["DefaultResult"]) == ("autoscaling:EC2_INSTANCE_TERMINATING", "600", "CONTINUE")

    def test_nodes_have_groups_of_their_own_beside_the_cluster_s(self):
        assert launch_data(node(self.name))["SecurityGroupIds"] == ["sg-03"]
        assert launch_data(node(self.name, NodeSecurityGroupIds="sg-04,sg-05"))["SecurityGroupIds"] == ["sg-03", "sg-04", "sg-05"]

    def test_node_role_is_without_the_cni_s_policy_if_asked_for(self):
        def role(**parameters):
            return policies(node(self.name, **parameters).resources("AWS::IAM::Role")["NodeRole"])

        assert "AmazonEKS_CNI_Policy" in role() and "AmazonEKS_CNI_Policy" not in role(CniPolicyOnNodeRole="false")


class TestNetworks:
    def test_networks_with_ipv6_take_no_default_route_from_router_advertisements(self):
        documents = yaml.safe_load_all((TEMPLATES / "multus-networks.yaml").read_text())
        networks = [json.loads(it["spec"]["config"]) for it in documents if it["kind"] == "NetworkAttachmentDefinition"]
        # The subnet of ens7 has both families.
        dual = [network for network in networks if "ens7" in json.dumps(network)]
        assert len(dual) == 2
        for network in dual:
            assert network["plugins"][-1] == {"type": "tuning", "sysctl": {"net.ipv6.conf.IFNAME.accept_ra": "0"}}
