"""The templates without any EC2: lint, user data. Needs shellcheck and the programs of the Python environment."""

import email
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from stack import TEMPLATES, Stack, templates

GATE = TEMPLATES.parent / "gate" / "multus-gate"
SUBNETS = "subnet-0a1,subnet-0a2"

# A launch template's user data may have 16 KB before it is encoded, and EKS adds its own part of NodeConfig, in which the cluster's certificate is
# the largest thing: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
USER_DATA_LIMIT = 16 * 1024 - 2560

AGENT = dict(MultusSubnets=SUBNETS, MultusSecurityGroupIds="sg-01,sg-02", AgentS3Key="agent.tar.gz", AgentSha256="0" * 64)
CLUSTER = dict(
    ClusterName="core", ClusterEndpoint="https://core.eks.example", ClusterCertificateAuthority="Q0E=",
    ClusterSecurityGroupId="sg-03", NodeSubnets="subnet-01", MultusSubnetsAz1=SUBNETS,
)
MORE_ZONES = dict(MultusSubnetsAz2="subnet-0b1,subnet-0b2", FurtherMultusSubnets="subnet-0c1,subnet-0c2;subnet-0d1,subnet-0d2")
LAUNCHES = {
    "lambda": Stack("eks-mng-lct.yaml", MultusSubnetsAz1=SUBNETS),
    "lambda, four zones": Stack("eks-mng-lct.yaml", MultusSubnetsAz1=SUBNETS, MaxPods=29, **MORE_ZONES),
    "lambda, as the reference": Stack("eks-mng-lct.yaml", KeyName="key", KubeletExtraArguments="--node-labels=a=b,c=d --cpu-manager-policy=static"),
    "agent": Stack("eks-mng-lct-userdata.yaml", **AGENT),
    "agent, four zones": Stack("eks-mng-lct-userdata.yaml", **AGENT, **MORE_ZONES, MultusInterfaceTags="cnf=amf,plane=user"),
    "self-managed": Stack("self-managed-nodegroup.yaml", **CLUSTER),
    "self-managed, no flags": Stack("self-managed-nodegroup.yaml", **CLUSTER, KubeletExtraArguments=""),
}
GATED = [name for name in LAUNCHES if name != "lambda, as the reference"]


def parts(user_data):
    """The parts of MIME user data, as (type, text)."""
    message = email.message_from_string(user_data)
    assert message.get_content_type() == "multipart/mixed"
    return [(part.get_content_type(), part.get_payload()) for part in message.get_payload()]


def karpenter_user_data():
    for document in yaml.safe_load_all((TEMPLATES / "karpenter.yaml").read_text()):
        if document["kind"] == "EC2NodeClass":
            return document["spec"]["userData"]
    raise AssertionError("karpenter.yaml has no EC2NodeClass")


def user_data(launch):
    return karpenter_user_data() if launch == "karpenter" else LAUNCHES[launch].user_data()


def script(launch):
    """The one shell part: cloud-init would run several one after the other, also after one that failed."""
    (text,) = [text for kind, text in parts(user_data(launch)) if kind == "text/x-shellscript"]
    return text


def node_config(launch):
    for kind, text in parts(user_data(launch)):
        if kind == "application/node.eks.aws":
            return yaml.safe_load(text)
    raise AssertionError("no NodeConfig")


def test_all_templates_are_there():
    assert templates() == [
        "amazon-lambda-for-eksmng-multus.yaml",
        "cidr-reservations.yaml",
        "eks-mng-lct-userdata.yaml",
        "eks-mng-lct.yaml",
        "self-managed-nodegroup.yaml",
        "vpc-infra.yaml",
    ]


def test_lint():
    """Warnings and informational findings count; there is no suppression."""
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    files = [str(TEMPLATES / name) for name in templates()]
    found = subprocess.run([cfn_lint, "--include-checks", "I", "--", *files], capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (0, ""), found.stdout + found.stderr


class TestUserData:
    @pytest.mark.parametrize("launch", [*LAUNCHES, "karpenter"])
    def test_shell_part_passes_shellcheck(self, launch, tmp_path):
        file = tmp_path / "part.sh"
        file.write_text(script(launch))
        found = subprocess.run(["shellcheck", "--shell=bash", file], capture_output=True, text=True)
        assert found.returncode == 0, found.stdout

    @pytest.mark.parametrize("launch", [*LAUNCHES, "karpenter"])
    def test_fits_with_what_eks_adds(self, launch):
        assert len(user_data(launch).encode()) <= USER_DATA_LIMIT

    @pytest.mark.parametrize("launch", [*LAUNCHES, "karpenter"])
    def test_shell_part_starts_a_shell(self, launch):
        assert script(launch).startswith("#!/bin/bash\n")

    @pytest.mark.parametrize("launch", [*LAUNCHES, "karpenter"])
    def test_no_variable_of_the_template_is_left(self, launch):
        config = script(launch).split("<<'MULTUS_GATE'")[0]
        assert "${" not in config and "«" not in config

    @pytest.mark.parametrize("launch", LAUNCHES)
    def test_node_config_is_one(self, launch):
        config = node_config(launch)
        assert config["apiVersion"] == "node.eks.aws/v1alpha1" and config["kind"] == "NodeConfig"
        assert all(flag.startswith("--") and " " not in flag for flag in config["spec"]["kubelet"]["flags"])

    def test_flags_are_a_list(self):
        flags = node_config("lambda, as the reference")["spec"]["kubelet"]["flags"]
        assert flags == ["--node-labels=a=b,c=d", "--cpu-manager-policy=static"]
        assert node_config("self-managed, no flags")["spec"]["kubelet"]["flags"] == []

    def test_max_pods_is_set_only_if_given(self):
        assert "maxPods" not in node_config("lambda")["spec"]["kubelet"]["config"]
        assert node_config("lambda, four zones")["spec"]["kubelet"]["config"]["maxPods"] == 29

    def test_only_self_managed_nodes_name_the_cluster(self):
        """EKS adds it for the others."""
        assert "cluster" not in node_config("lambda")["spec"]
        assert node_config("self-managed")["spec"]["cluster"] == {
            "name": "core", "apiServerEndpoint": "https://core.eks.example", "certificateAuthority": "Q0E=", "cidr": "172.20.0.0/16",
        }

    @pytest.mark.parametrize("launch", ["lambda, four zones", "agent, four zones"])
    def test_gate_knows_the_subnets_of_each_zone(self, launch):
        sets = "subnet-0a1 subnet-0a2; subnet-0b1 subnet-0b2; subnet-0c1,subnet-0c2;subnet-0d1,subnet-0d2"
        assert f"export MULTUS_SUBNETS='{sets}'\n" in script(launch)

    def test_agent_knows_all_subnets(self):
        conf = script("agent, four zones").split("agent.conf <<'EOF'\n")[1].split("EOF\n")[0]
        assert conf.splitlines() == [
            "SubnetIds=subnet-0a1,subnet-0a2,subnet-0b1,subnet-0b2,subnet-0c1,subnet-0c2,subnet-0d1,subnet-0d2",
            "SecGroupIds=sg-01,sg-02",
            "useStaticIPs=false",
            "ENITags=cnf=amf,plane=user",
        ]

    @pytest.mark.parametrize("launch", ["agent", "karpenter"])
    def test_archive_is_verified_before_it_is_unpacked(self, launch):
        text = script(launch)
        assert text.index("sha256sum --check") < text.index("tar ") < text.index("install.sh") < text.index("multus-agent attach")

    @pytest.mark.parametrize("launch", [*GATED, "karpenter"])
    def test_gate_is_the_last_thing(self, launch):
        """Until it ends kubelet does not start, whatever failed before it: .ci/gate/test_user_data.py runs these parts."""
        last = script(launch).split("\nMULTUS_GATE\n")[1]
        assert last.index("agent() {" if launch in ("agent", "karpenter") else "until") < last.index("\nuntil bash /run/multus-gate || ") + 1
        assert last.strip().endswith(("done", 'kill "$tries" 2>/dev/null'))

    @pytest.mark.parametrize("launch", [*GATED, "karpenter"])
    def test_embedded_gate_is_the_gate(self, launch, tmp_path):
        (tmp_path / "user-data").write_text(script(launch))
        found = subprocess.run([TEMPLATES / "embed", "--show", tmp_path / "user-data"], capture_output=True, text=True, check=True)


        def printed(text):
            """As bash prints a program: without its comments."""
            text = subprocess.run(["bash", "--pretty-print"], input=text, capture_output=True, text=True, check=True).stdout
            return [line for line in text.splitlines() if line]

        assert printed(found.stdout) == printed(GATE.read_text())

    def test_fits_with_four_zones_of_eight_subnets_and_twenty_tags(self):
        zones = [",".join(f"subnet-{zone}{number:016x}" for number in range(8)) for zone in range(4)]
        tags = ",".join(f"key-number-{number}=value-number-{number}" for number in range(20))
        stack = Stack("eks-mng-lct-userdata.yaml", **{
            **AGENT, "MultusSubnets": zones[0], "MultusSubnetsAz2": zones[1], "FurtherMultusSubnets": ";".join(zones[2:]),
            "MultusInterfaceTags": tags, "LinkNames": "multus", "DpdkSubnets": zones[0],
        })
        assert len(stack.user_data().encode()) <= USER_DATA_LIMIT

    def test_without_subnets_there_is_no_gate(self):
        assert "multus-gate" not in script("lambda, as the reference")

    def test_embed_finds_nothing_to_do(self):
        found = subprocess.run([TEMPLATES / "embed", "--check"], capture_output=True, text=True)
        assert (found.returncode, found.stdout) == (0, "")


class TestLaunchTemplates:
    @pytest.mark.parametrize("launch", LAUNCHES)
    def test_disk_and_metadata_service_are_safe(self, launch):
        (made,) = LAUNCHES[launch].resources("AWS::EC2::LaunchTemplate").values()
        data = made["LaunchTemplateData"]
        assert data["BlockDeviceMappings"][0]["Ebs"]["Encrypted"] is True
        # Tags in the metadata service would keep EC2 from launching nodes whose tags have slashes, as EKS's and Karpenter's have.
        # One hop: gate and agent run on the host, and Pods must not become the node.
        assert data["MetadataOptions"] == {"HttpTokens": "required", "HttpPutResponseHopLimit": "1", "InstanceMetadataTags": "disabled"}

    def test_key_pair_is_left_out_unless_given(self):
        def key(launch):
            (made,) = LAUNCHES[launch].resources("AWS::EC2::LaunchTemplate").values()
            return made["LaunchTemplateData"].get("KeyName")

        assert (key("lambda"), key("lambda, as the reference")) == (None, "key")


class TestNetworks:
    def test_pods_ask_for_networks_that_are_there_on_links_that_may_carry_them(self):
        documents = list(yaml.safe_load_all((TEMPLATES / "multus-networks.yaml").read_text()))
        networks = {it["metadata"]["name"]: json.loads(it["spec"]["config"]) for it in documents if it["kind"] == "NetworkAttachmentDefinition"}
        # A VPC delivers nothing to the MAC addresses of macvlan's children.
        plugins = {name: network.get("plugins", [network]) for name, network in networks.items()}
        assert {chain[0]["type"] for chain in plugins.values()} == {"ipvlan", "host-device"}
        (pod,) = [it["spec"]["template"] for it in documents if it["kind"] == "Deployment"]
        assert {name.strip() for name in pod["metadata"]["annotations"]["k8s.v1.cni.cncf.io/networks"].split(",")} <= networks.keys()
        assert pod["spec"]["nodeSelector"]["multus4j.github.io/interfaces"] == "complete"
