"""The pages of docs/operations: their commands, run in the order of the pages against moto as far as it goes, else checked; and their YAML."""

import json
import os
import re

import kubernetes_validate
import pytest
import yaml
from conftest import client, launch_event, run_lambda
from pages import FILE, NOT_CHECKED, PAGES, ROOT, SYNTAX_ONLY, Block, Parser, Shell, blocks, pages
from stack import Stack, load

# In this order, as one operator would do all of it. The pages that are not named have no commands.
WALK = [
    "approach-1.md", "requirements.md", "pods.md", "addresses.md", "approach-2.md", "self-managed.md", "upgrade.md", "accounts.md", "capacity.md",
    "troubleshooting.md", "sweep.md", "dead-letters.md", "proxies.md", "rollover.md",
]


REMOVAL = "removal.md"


class Operator:
    """One operator with a shell, who goes from page to page."""

    def __init__(self, url, jar, folder, parsers_folder):
        self.url, self.jar, self.shell = url, jar, Shell(folder, url)
        self.parser = Parser(parsers_folder, folder)
        self.given = set(self.shell.variables) | set(os.environ)

    def walk(self, page):
        """What the page printed, and the variables at its end."""
        printed = []
        for block in blocks(page):
            if block.mark.startswith(FILE):
                self.shell.save(block)
            elif block.language != "sh" or block.mark.startswith(NOT_CHECKED):
                continue
            elif block.syntax_only:
                assert self.parser.check(block, self.shell.variables), f"{block} is marked, and has no command of aws or kubectl"
            else:
                printed.append(self.shell.run(block))
                fill_in(self.url, self.jar, self.shell)
                # `--output text` prints None or nothing where a query finds nothing.
                empty = [key for key, value in self.shell.variables.items() if value in ("", "None") and key not in self.given]
                assert not empty, f"{block}: nothing was found for {empty}"
        return "".join(printed), dict(self.shell.variables)


@pytest.fixture(scope="module")
def operator(moto, jar, tmp_path_factory):
    return Operator(moto, jar, tmp_path_factory.mktemp("walk"), tmp_path_factory.mktemp("parser"))


@pytest.fixture(scope="module")
def walked(operator):
    """By page, what it printed and the variables at its end."""
    return {page: operator.walk(page) for page in WALK}


def fill_in(url, jar, shell):
    """What moto leaves out: the stack's cluster and node role, and the launch of a node."""
    variables = shell.variables
    if variables.get("CLUSTER") in ("", "None"):
        subnets = {"subnetIds": variables["NODE_SUBNETS"].split(",")}
        client("eks", url).create_cluster(name="multus", roleArn="arn:aws:iam::123456789012:role/cluster", resourcesVpcConfig=subnets)
        variables.update(CLUSTER="multus", NODE_ROLE=make_role(url, "ec2.amazonaws.com"))
    elif "LAUNCH_TEMPLATE" in variables and "INSTANCE" not in variables:
        variables["INSTANCE"] = launch(url, jar, variables["LAUNCH_TEMPLATE"], variables["NODE_SUBNETS"].split(",")[0])


def launch(url, jar, launch_template, subnet):
    """A node of that launch template, and its event for the function of the stack, with the function's variables."""
    ec2 = client("ec2", url)
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    data = ec2.describe_launch_template_versions(LaunchTemplateId=launch_template)["LaunchTemplateVersions"][0]["LaunchTemplateData"]
    # moto answers 500 to a launch template without an image; EKS adds the image.
    node = ec2.run_instances(
        ImageId=image, InstanceType=data["InstanceType"], MinCount=1, MaxCount=1, SubnetId=subnet,
        TagSpecifications=[it for it in data["TagSpecifications"] if it["ResourceType"] == "instance"],
    )["Instances"][0]["InstanceId"]
    ended = run_lambda(jar, url, function_of(url, "multus-lambda")["Environment"]["Variables"], launch_event(node, group="eks-multus-1"))
    assert ended.returncode == 0 and ended.stdout.startswith("attached "), ended.stdout + ended.stderr
    return node


def function_of(url, stack, output="LambdaFunction"):
    outputs = client("cloudformation", url).describe_stacks(StackName=stack)["Stacks"][0]["Outputs"]
    (name,) = [it["OutputValue"] for it in outputs if it["OutputKey"] == output]
    return client("lambda", url).get_function_configuration(FunctionName=name)


def make_role(url, service):
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    return client("iam", url).create_role(RoleName="of-" + service.split(".")[0], AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]


class TestWalk:
    def test_each_page_with_commands_is_walked(self):
        assert sorted(page for page in pages() if blocks(page, "sh")) == sorted([*WALK, REMOVAL])

    def test_node_group_has_the_launch_template_and_only_the_nodes_subnets(self, moto, walked):
        variables = walked["approach-1.md"][1]
        group = client("eks", moto).describe_nodegroup(clusterName="multus", nodegroupName="multus")["nodegroup"]
        assert group["launchTemplate"]["id"] == variables["LAUNCH_TEMPLATE"]
        assert group["subnets"] == variables["NODE_SUBNETS"].split(",")

    def test_function_has_the_subnets_and_its_alarms_the_topic(self, moto, walked):
        variables = walked["approach-1.md"][1]
        assert function_of(moto, "multus-lambda")["Environment"]["Variables"]["Az1SubnetIds"] == variables["SUBNETS_A"] != ""
        # moto's CloudFormation has no alarms.
        alarms = Stack("amazon-lambda-for-eksmng-multus.yaml", AlarmTopicArn=variables["TOPIC"]).resources("AWS::CloudWatch::Alarm")
        assert alarms and all(alarm["AlarmActions"] == [variables["TOPIC"]] for alarm in alarms.values())

    def test_node_has_its_interfaces(self, moto, walked):
        """Made by the function that the page deploys, on a node of the launch template that the page makes; a Pod's address was added to the first."""
        variables = walked["pods.md"][1]
        filters = [{"Name": "attachment.instance-id", "Values": [variables["INSTANCE"]]}]
        found = client("ec2", moto).describe_network_interfaces(Filters=filters)["NetworkInterfaces"]
        found = {it["SubnetId"]: it for it in found if it["Attachment"]["DeviceIndex"] > 0}
        assert sorted(found) == sorted(variables["SUBNETS_A"].split(","))
        assert "10.0.4.128" in [it["PrivateIpAddress"] for it in found[variables["SUBNETS_A"].split(",")[0]]["PrivateIpAddresses"]]

    def test_pods_of_the_example_type(self, walked):
        interfaces, addresses = map(int, walked["requirements.md"][0].split()[-2:])
        text = (PAGES / "requirements.md").read_text()
        assert f"({interfaces} interfaces, {addresses} addresses)" in text
        assert f"`MaxPods={(interfaces - 2) * (addresses - 1) + 2}`" in text


    def test_removal_leaves_the_network_alone(self, moto, operator, walked):
        operator.walk(REMOVAL)
        left = {it["StackName"] for it in client("cloudformation", moto).describe_stacks()["Stacks"]}
        assert {name for name in left if name.startswith("multus-")} == {"multus-infra"}
        assert client("eks", moto).list_nodegroups(clusterName="multus")["nodegroups"] == []


class TestHarness:
    """That a wrong command fails."""

    @pytest.mark.parametrize("command", [
        "aws ec2 describe-instances --no-such-option", "aws s3 ls s3://no-such-bucket-here", "false | true", 'echo "$NOT_SET"', "kubectl get nodes",
    ])
    def test_walk(self, moto, tmp_path, command):
        shell = Shell(tmp_path, moto)
        with pytest.raises(AssertionError):
            shell.run(Block("page.md", 1, "sh", command, ""))

    @pytest.mark.parametrize("command", [
        "aws ec2 describe-instances --no-such-option", "aws ec2 create-no-such-thing", "aws eks describe-addon --cluster-name it",
        "aws lambda update-function-configuration --function-name it --timeout soon", "kubectl get nodes --no-such-flag", "kubectl no-such-command",
    ])
    def test_syntax(self, tmp_path, command):
        parser = Parser(tmp_path)
        with pytest.raises(AssertionError):
            parser.check(Block("page.md", 1, "sh", f"aws ec2 describe-vpcs && {command}", ""), {})

    def test_syntax_of_what_is_right(self, tmp_path):
        block = Block("page.md", 1, "sh", "aws ec2 describe-vpcs\nkubectl get nodes -L a/b", "")
        assert Parser(tmp_path).check(block, {}) == ["aws ec2 describe-vpcs", "kubectl get nodes -L a/b"]


class TestSource:
    @pytest.mark.parametrize("page", pages())
    def test_marks_are_known_and_have_a_reason(self, page):
        for block in blocks(page):
            assert not block.mark or block.mark.startswith((SYNTAX_ONLY, NOT_CHECKED, FILE)), block
            assert block.mark.startswith(FILE) or not block.mark or len(block.mark.split(": ", 1)[1].split()) >= 4, f"{block}: {block.mark}"

    @pytest.mark.parametrize("page", pages())
    def test_all_fences_are_read(self, page):
        assert (PAGES / page).read_text().count("```") == 2 * len(blocks(page))

    @pytest.mark.parametrize("page", pages())
    def test_parameters_are_those_of_the_template(self, page):
        for block in blocks(page, "sh"):
            for command in re.split(r"(?<!\\)\n", block.text):
                named = re.search(r"--template-file deploy/templates/(\S+)", command)
                given = re.search(r"--parameter-overrides\s+(.*)", command, re.S)
                if named and given:
                    known = load(named[1])["Parameters"].keys()
                    assert set(re.findall(r"(?<!\S)(\w+)=", given[1])) <= known, block

    @pytest.mark.parametrize("page", ["../operations.md", *pages()])
    def test_links_lead_somewhere(self, page):
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", (PAGES / page).read_text()):
            file = ((PAGES / page).parent / target).resolve() if target else PAGES / page
            assert file.exists(), f"{page}: {target}"
            assert not anchor or anchor in anchors(file), f"{page}: {target}#{anchor}"


class TestRunbooks:
    """What the pages quote is what programs and templates say."""

    PAGE = (PAGES / "troubleshooting.md").read_text()

    def test_alarms_are_those_of_the_template(self):
        made = {key for key, it in load("amazon-lambda-for-eksmng-multus.yaml")["Resources"].items() if it["Type"] == "AWS::CloudWatch::Alarm"}
        assert set(re.findall(r"^\| `(\w+Alarm)`", self.PAGE, re.M)) == made
        assert f"| {len(made)} standard alarms |" in (PAGES / "capacity.md").read_text()

    def test_events_are_the_gates(self):
        gate = (ROOT / "deploy/gate/multus-gate").read_text()
        for event in set(re.findall(r"`(?:event=)([a-z-]+)", self.PAGE)):
            assert re.search(rf"event={event}\b", re.sub(r"\$\{[^}]*:\+not-\}", "not-", gate)), event

    @pytest.mark.parametrize("words", [
        "no Multus subnet for", "name such subnets by id", "are incomplete", "has no address left", "network interfaces, ", "EC2 has room for its calls from",
        "the time ran out", "left behind", "hookNotCompleted", "skipped",
    ])
    def test_messages_are_the_programs(self, words):
        sources = "".join(path.read_text() for folder in ("multus-core", "multus-aws", "deploy/lambda") for path in (ROOT / folder / "src/main").rglob("*.java"))
        assert words in self.PAGE and words in re.sub(r'"\s*\+\s*"', "", sources)


def anchors(file):
    """As GitHub makes them from headings."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", file.read_text(), re.M)}


class TestYaml:
    """Kubernetes objects of the pages and of the templates' folder, against Kubernetes' own schemas."""

    @pytest.mark.parametrize("text", [
        *(pytest.param(block.text, id=str(block)) for page in pages() for block in blocks(page, "yaml")),
        pytest.param((ROOT / "deploy/templates/multus-networks.yaml").read_text(), id="multus-networks.yaml"),
    ])
    def test_objects_are_valid(self, text):
        for it in yaml.safe_load_all(text):
            if it["kind"] == "NetworkAttachmentDefinition":
                config = json.loads(it["spec"]["config"])
                types = [plugin["type"] for plugin in config.get("plugins", [config])]
                assert it["apiVersion"] == "k8s.cni.cncf.io/v1" and types[0] in ("ipvlan", "host-device") and types[1:] in ([], ["tuning"])
            else:
                kubernetes_validate.validate(it, "1.35", strict=True)

    @pytest.mark.parametrize("page", pages())
    def test_networks_of_pods_are_defined(self, page):
        networks = yaml.safe_load_all((ROOT / "deploy/templates/multus-networks.yaml").read_text())
        defined = {it["metadata"]["name"] for it in networks if it["kind"] == "NetworkAttachmentDefinition"}
        for block in blocks(page, "yaml"):
            for it in yaml.safe_load_all(block.text):
                wanted = it["metadata"].get("annotations", {}).get("k8s.v1.cni.cncf.io/networks", "")
                assert set(filter(None, wanted.split(", "))) <= defined, block

    def test_a_wrong_object_fails(self):
        with pytest.raises(Exception, match="replicas"):
            kubernetes_validate.validate({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {}, "spec": {"replicas": "two"}}, "1.35", strict=True)
