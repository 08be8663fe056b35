"""The templates' own user data, run as cloud-init runs it: what fails in it, hangs in it or reads its input, and what becomes of the node."""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
from email import message_from_string
from functools import partial
from pathlib import Path

import pytest
import yaml
from booted import BootedNode
from botocore.utils import get_environ_proxies
from node import DROP_IN, GATE, NETWORKS, eventually
from test_gate import attach_both

sys.path.append(str(GATE.parents[2] / ".ci/templates"))
from stack import TEMPLATES, Stack  # noqa: E402

ARCHIVE = GATE.parents[1] / "node-agent/src/archive"
SUBNETS = "subnet-a1,subnet-a2"
SUM = "0" * 64
LAUNCHES = {
    "lambda": partial(Stack, "eks-mng-lct.yaml", MultusSubnetsAz1=SUBNETS),
    "self-managed": partial(
        Stack, "self-managed-nodegroup.yaml", MultusSubnetsAz1=SUBNETS, ClusterName="core", ClusterEndpoint="https://core.eks.example",
        ClusterCertificateAuthority="Q0E=", ClusterSecurityGroupId="sg-03", NodeSubnets="subnet-01",
    ),
    "agent": partial(
        Stack, "eks-mng-lct-userdata.yaml", MultusSubnets=SUBNETS, MultusSecurityGroupIds="sg-01", AgentS3Key="agent.tar.gz", AgentSha256=SUM,
    ),
}
AGENTS = ["agent", "karpenter"]
EVERY = [*LAUNCHES, "karpenter"]
# After the machine's own commands a test's: it breaks the named commands, and stands in for the AWS CLI.
PATH = "/run/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def part(launch, timeout=2, on_timeout="wait", archive=SUM, environment=""):
    """The shell part with these settings."""
    if launch == "karpenter":
        (text,) = [it["spec"]["userData"] for it in yaml.safe_load_all((TEMPLATES / "karpenter.yaml").read_text()) if it["kind"] == "EC2NodeClass"]
        for old, new in (
            ("'subnet-0a1 subnet-0a2; subnet-0b1 subnet-0b2'", "'subnet-a1 subnet-a2'"), ("TIMEOUT='600'", f"TIMEOUT='{timeout}'"),
            ("ON_TIMEOUT='wait'", f"ON_TIMEOUT='{on_timeout}'"), ("environment=''", f"environment='{environment}'"),
        ):
            assert text.count(old) == 1
            text = text.replace(old, new)
    else:
        more = {"ExtraEnvironment": environment} if environment else {}
        text = LAUNCHES[launch](GateTimeout=timeout, OnTimeout=on_timeout, **more).user_data()
    (shell,) = [it.get_payload() for it in message_from_string(text).get_payload() if it.get_content_type() == "text/x-shellscript"]
    return shell.replace(SUM, archive)


class UserData:
    """A run of the part."""

    def __init__(self, node, text, stdin=subprocess.DEVNULL, before=""):
        node.run("mkdir", "-p", "/run/bin")
        node.write("/run/part-001", text)
        node.run("chmod", "+x", "/run/part-001")
        self.node = node
        with open(node.folder / "user-data.log", "ab") as out:
            command = node.command("bash", "-c", f"{before}exec /run/part-001")
            self.process = subprocess.Popen(command, stdin=stdin, stdout=out, stderr=out, env={"PATH": PATH}, start_new_session=True)
        node.started.append(self.process)

    def output(self):
        return self.node.log("user-data.log")

    def says(self, words, seconds=60):
        return eventually(lambda: words in self.output(), seconds, f"{words!r} in\n{self.output()}")

    def ended(self, seconds=30):
        self.process.wait(timeout=seconds)
        return self.output()

    def holds(self):
        return self.process.poll() is None


def command(node, name, text):
    """A command of the node that does this instead."""
    node.write(f"/run/bin/{name}", f"#!/bin/bash\n{text}\n")
    node.run("chmod", "+x", f"/run/bin/{name}")


@pytest.fixture
def archive(node, tmp_path):
    """An archive that the AWS CLI copies; its SHA-256. All in it is real but the agent: its runs are counted, and fail until /run/may-attach is there."""
    agent = tmp_path / "agent"
    for name, text in (
        ("runtime/bin/java", "#!/bin/sh\n"), ("lib/agent.jar", "a jar\n"),
        ("bin/multus-agent", "#!/bin/sh\ncat >/dev/null\nenv >/run/attach.env\necho attach >>/run/attach.log\n[ -e /run/may-attach ]\n"),
    ):
        (agent / name).parent.mkdir(parents=True, exist_ok=True)
        (agent / name).write_text(text)
        (agent / name).chmod(0o755)
    for file in ("install.sh", "agent.conf", "multus-agent.service", "multus-agent-boot.service"):
        shutil.copy(ARCHIVE / file, agent)
    checked = [agent / "runtime/bin/java", agent / "lib/agent.jar"]
    (agent / "lib/checked.sha256").write_text("".join(f"{hashlib.sha256(it.read_bytes()).hexdigest()}  ../{it.relative_to(agent)}\n" for it in checked))
    with tarfile.open(tmp_path / "agent.tar.gz", "w:gz") as tar:
        tar.add(agent, "agent")
    command(node, "systemctl", "exit 0")
    command(node, "aws", f'env >/run/aws.env\necho "$*" >>/run/aws.log\n[ -e /run/may-copy ] && cp {tmp_path}/agent.tar.gz "${{@: -1}}"')
    return hashlib.sha256((tmp_path / "agent.tar.gz").read_bytes()).hexdigest()


def lines_of(node, path):
    return (node.read(path) or "").splitlines()


class TestWhatFailsBeforeTheGate:
    @pytest.mark.parametrize("launch, broken", [*((launch, "sysctl") for launch in EVERY), ("lambda", "systemctl"), ("agent", "aws"), ("agent", "mkdir")])
    def test_holds_kubelet_back_until_the_interfaces_are_there(self, node, launch, broken):
        command(node, "systemctl", "exit 0")
        command(node, "aws", "exit 1")
        command(node, broken, "exit 1")
        run = UserData(node, part(launch))
        run.says("event=stays-out")
        assert run.holds()
        attach_both(node)
        assert "event=complete" in run.ended()
        assert node.is_ready("ens6") and node.is_ready("ens7")
        assert node.labels()["interfaces"] == "complete"

    @pytest.mark.parametrize("launch", ["agent"])
    @pytest.mark.parametrize("place", ["/opt", "/etc/multus4j", "/etc/sysctl.d", "/etc/systemd/system"])
    def test_a_place_that_cannot_be_written_is_named_and_holds_kubelet_back(self, node, launch, place):
        command(node, "systemctl", "exit 0")
        command(node, "aws", "exit 1")
        node.run("bash", "-c", f"mkdir -p {place}; mount -t tmpfs -o ro tmpfs {place}")
        run = UserData(node, part(launch))
        run.says("event=stays-out")
        assert place in run.output()
        attach_both(node)
        assert "event=complete" in run.ended()
        assert node.labels()["interfaces"] == "complete"

    @pytest.mark.parametrize("launch", EVERY)
    def test_a_gate_that_is_killed_or_refuses_its_settings_holds_kubelet_back(self, node, launch):
        command(node, "systemctl", "exit 0")
        command(node, "aws", "exit 1")
        text = part(launch)
        run = UserData(node, text.replace("MULTUS_MTU='9001'", "MULTUS_MTU='jumbo'"))
        run.says("event=bad-configuration")
        run.says("kubelet is held back")
        assert run.holds() and node.labels() == {"interfaces": "incomplete"}
        run.process.kill()
        run = UserData(node, text)
        run.says("event=waiting")
        node.run("bash", "-c", "kill -KILL $(pgrep -f '^bash /run/multus-gate')")
        eventually(lambda: run.output().count("kubelet is held back") > 1 or re.search(r"Killed[^\0]*held back", run.output()), what="the next try")
        assert run.holds() and node.labels() == {"interfaces": "incomplete"}

    @pytest.mark.parametrize("launch", ["self-managed", "karpenter"])
    def test_joins_labelled_incomplete_where_that_is_the_setting(self, node, launch):
        command(node, "systemctl", "exit 1")
        command(node, "sysctl", "exit 1")
        command(node, "aws", "exit 1")
        output = UserData(node, part(launch, on_timeout="join")).ended()
        assert "event=timed-out" in output and "event=not-installed" in output
        assert node.labels() == {"interfaces": "incomplete"}
        text = part(launch, on_timeout="join").replace("MULTUS_MTU='9001'", "MULTUS_MTU='jumbo'")
        assert "event=bad-configuration" in UserData(node, text).ended()
        assert node.labels() == {"interfaces": "incomplete"}


@pytest.mark.parametrize("launch", AGENTS)
class TestAgent:
    def test_is_tried_again_and_again_while_the_gate_waits(self, node, launch, archive):
        run = UserData(node, part(launch, archive=archive))
        run.says("multus-agent: failed with status 1, see above; next try in 5 s")
        run.says("event=stays-out")
        node.write("/run/may-copy", "")
        eventually(lambda: lines_of(node, "/run/attach.log"), what="the first attach")
        run.says("next try in 10 s")
        copies = len(lines_of(node, "/run/aws.log"))
        node.write("/run/may-attach", "")
        eventually(lambda: len(lines_of(node, "/run/attach.log")) > 1, what="the second attach")
        attach_both(node)
        assert "event=complete" in run.ended()
        assert copies >= 2 and len(lines_of(node, "/run/aws.log")) == copies, "an archive that is installed is not copied again"

    def test_an_archive_with_another_sum_is_not_unpacked(self, node, launch, archive):
        node.write("/run/may-copy", "")
        run = UserData(node, part(launch, archive="1" * 64))
        run.says("next try in 10 s")
        assert "FAILED" in run.output() and node.read("/run/attach.log") is None
        assert node.run("ls", "/opt/multus4j/archive").stdout == "agent.tar.gz\n"

    @pytest.mark.parametrize("hanging", ["aws", "systemctl", "multus-agent"])
    def test_what_hangs_does_not_move_the_gates_time_out(self, node, launch, archive, hanging):
        node.write("/run/may-copy", "")
        if hanging == "multus-agent":
            command(node, "timeout", '[[ $2 == */multus-agent ]] || exec /usr/bin/timeout "$@"; sleep 1000')
        else:
            command(node, hanging, "sleep 1000")
            command(node, "timeout", 'shift; exec /usr/bin/timeout 1 "$@"' if hanging == "systemctl" else 'exec /usr/bin/timeout "$@"')
        text = part(launch, timeout=6, on_timeout="join", archive=archive)
        output = UserData(node, text).ended(seconds=20)
        assert "event=timed-out" in output
        since, now = map(int, re.search(r"uptime=(\d+)s since=(\d+)s\n(?!.*timed-out)", output[output.index("event=timed-out"):][::1]).group(2, 1))
        assert now - since <= 8

    def test_its_tries_end_with_the_gate(self, node, launch, archive):
        UserData(node, part(launch, on_timeout="join", archive=archive)).ended()
        tried = len(lines_of(node, "/run/aws.log"))
        assert node.run("pgrep", "-f", "bash /run/part-001", check=False).stdout == ""
        assert 1 <= tried <= 2

    def test_what_reads_its_input_does_not_eat_the_script(self, node, launch, archive):
        node.write("/run/may-copy", "")
        node.write("/run/may-attach", "")
        command(node, "sysctl", "cat >/dev/null")
        command(node, "systemctl", "cat >/dev/null")
        attach_both(node)
        with open(GATE) as stdin:
            run = UserData(node, part(launch, archive=archive), stdin=stdin)
            eventually(lambda: lines_of(node, "/run/attach.log"), what="the agent's run")
            assert "event=complete" in run.ended()


def variables_of(node, path):
    return dict(line.split("=", 1) for line in lines_of(node, path) if "=" in line)


@pytest.mark.parametrize("launch", AGENTS)
class TestEnvironment:
    # Nobody listens there: the first that asks the gate's metadata service by a proxy gets no answer.
    dead = "http://127.0.0.1:9"

    @pytest.mark.parametrize("given", [
        f"HTTPS_PROXY={dead} NO_PROXY=.internal,10.0.0.0/8", f"https_proxy={dead} http_proxy={dead} no_proxy=.internal,10.0.0.0/8",
        f"ALL_PROXY={dead}", "AWS_USE_FIPS_ENDPOINT=true AWS_USE_DUALSTACK_ENDPOINT=true",
    ])
    def test_download_and_agent_have_it_at_the_first_boot_and_the_unit_later(self, node, launch, archive, given):
        for file in ("may-copy", "may-attach"):
            node.write(f"/run/{file}", "")
        run = UserData(node, part(launch, archive=archive, environment=given))
        eventually(lambda: lines_of(node, "/run/attach.log"), what="the agent's run")
        attach_both(node)
        assert "event=complete" in run.ended()
        wanted = dict(it.split("=", 1) for it in given.split())
        assert wanted.items() <= variables_of(node, "/run/attach.env").items()
        assert (wanted.keys() - {"no_proxy"}) <= variables_of(node, "/run/aws.env").keys()
        assert lines_of(node, "/etc/multus4j/environment") == given.split()

    @pytest.mark.parametrize("given, bypassed", [
        (f"HTTP_PROXY={dead} HTTPS_PROXY={dead}", []), (f"ALL_PROXY={dead}", []),
        (f"HTTP_PROXY={dead} NO_PROXY=s3.example", ["https://s3.example/"]), (f"http_proxy={dead} no_proxy=s3.example NO_PROXY=other.example", ["https://s3.example/"]),
    ])
    def test_download_asks_the_metadata_service_without_a_proxy(self, node, launch, archive, given, bypassed, monkeypatch):
        """As the AWS CLI itself decides."""
        run = UserData(node, part(launch, archive=archive, environment=given))
        eventually(lambda: lines_of(node, "/run/aws.env"), what="the download")
        attach_both(node)
        run.ended()
        seen = variables_of(node, "/run/aws.env")
        for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
            for key in (name, name.upper()):
                monkeypatch.setenv(key, seen[key]) if key in seen else monkeypatch.delenv(key, raising=False)
        for url in ("http://169.254.169.254/latest/api/token", "http://[fd00:ec2::254]/latest/api/token", *bypassed):
            assert get_environ_proxies(url) == {}, url
        assert get_environ_proxies("https://ec2.us-east-1.amazonaws.com/") != {}

    def test_none_is_no_file(self, node, launch, archive):
        attach_both(node)
        assert "event=complete" in UserData(node, part(launch, archive=archive)).ended()
        assert node.read("/etc/multus4j/environment") is None


@pytest.mark.parametrize("launch", AGENTS)
def test_an_opt_that_runs_nothing_is_named_and_holds_kubelet_back(node, launch, archive):
    node.write("/run/may-copy", "")
    node.run("bash", "-c", "mount -t tmpfs -o noexec tmpfs /opt")
    run = UserData(node, part(launch, archive=archive))
    run.says("/opt has to be mounted without noexec")
    run.says("event=stays-out")
    assert run.holds() and node.read("/run/attach.log") is None
    attach_both(node)
    assert "event=complete" in run.ended()


@pytest.mark.parametrize("launch, umask", [("lambda", "077"), ("agent", "077"), ("karpenter", "027")])
def test_a_hardened_image_is_like_any_other(node, launch, archive, umask):
    """Nothing runs in /tmp, /usr is read-only, files are private by default."""
    node.run("bash", "-c", "for place in /tmp /var/tmp; do mount --bind $place $place; mount -o remount,bind,noexec,nosuid,nodev $place; done; "
             "mount --bind /usr /usr; mount -o remount,bind,ro /usr; rm -r /run/systemd/network; touch /run/may-copy /run/may-attach")
    node.run("bash", "-c", "! touch /usr/it && cp /usr/bin/true /tmp && ! /tmp/true")
    run = UserData(node, part(launch, archive=archive), before=f"umask {umask}; ")
    if launch in AGENTS:
        eventually(lambda: lines_of(node, "/run/attach.log"), what="the agent's run")
    attach_both(node)
    assert "event=complete" in run.ended()
    assert node.is_ready("ens6") and node.labels()["interfaces"] == "complete"
    modes = node.run("stat", "--format=%a", NETWORKS, f"{NETWORKS}/60-multus-0a0000000011.network", "/etc/eks/nodeadm.d", DROP_IN, "/opt/multus4j/bin/multus-gate")
    assert modes.stdout.split() == ["755", "644", "755", "644", "755"]


@pytest.mark.parametrize("launch", EVERY)
def test_under_systemd_kubelet_waits_for_a_gate_though_all_before_it_failed(machines, launch):
    node = machines(partial(BootedNode, user_data=f"export PATH={PATH}\nbash /run/part-001"))
    for name in ("sysctl", "aws"):
        command(node, name, "exit 1")
    node.write("/run/part-001", part(launch))
    node.boot()
    eventually(lambda: "event=stays-out" in node.log("user-data.log"), what="the gate waits")
    assert node.state_of("nodeadm-run.service") == "inactive" and node.read("/run/kubelet") is None
    attach_both(node)
    eventually(lambda: node.read("/run/kubelet"), what="kubelet starts")
    assert "interfaces=complete" in node.read("/run/kubelet")
