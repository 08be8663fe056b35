"""The templates' own user data, run as cloud-init runs it: what fails in it, hangs in it or reads its input, and what becomes of the node."""

import re
import subprocess
import sys
import tarfile
from email import message_from_string
from functools import partial
from pathlib import Path

import pytest
import yaml
from booted import BootedNode
from node import DROP_IN, GATE, NETWORKS, eventually
from test_gate import attach_both

sys.path.append(str(GATE.parents[2] / ".ci/templates"))
from stack import TEMPLATES, Stack  # noqa: E402

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


def part(launch, timeout=2, on_timeout="wait", archive=SUM):
    """The shell part with these settings."""
    if launch == "karpenter":
        (text,) = [it["spec"]["userData"] for it in yaml.safe_load_all((TEMPLATES / "karpenter.yaml").read_text()) if it["kind"] == "EC2NodeClass"]
        for old, new in (
            ("'subnet-0a1 subnet-0a2; subnet-0b1 subnet-0b2'", "'subnet-a1 subnet-a2'"), ("TIMEOUT='600'", f"TIMEOUT='{timeout}'"),
            ("ON_TIMEOUT='wait'", f"ON_TIMEOUT='{on_timeout}'"),
        ):
            assert text.count(old) == 1
            text = text.replace(old, new)
    else:
        text = LAUNCHES[launch](GateTimeout=timeout, OnTimeout=on_timeout).user_data()
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
    """An agent whose runs are counted and fail until /run/may-attach is there, in an archive that the AWS CLI copies; its SHA-256."""
    (tmp_path / "agent").mkdir()
    (tmp_path / "agent/install.sh").write_text('#!/bin/sh\nmkdir -p /opt/multus4j/bin\ncp "${0%/*}/multus-agent" /opt/multus4j/bin/\n')
    (tmp_path / "agent/multus-agent").write_text("#!/bin/sh\ncat >/dev/null\necho attach >>/run/attach.log\n[ -e /run/may-attach ]\n")
    for file in (tmp_path / "agent").iterdir():
        file.chmod(0o755)
    with tarfile.open(tmp_path / "agent.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "agent", "agent")
    command(node, "systemctl", "exit 0")
    command(node, "aws", f'echo "$*" >>/run/aws.log\n[ -e /run/may-copy ] && cp {tmp_path}/agent.tar.gz "${{@: -1}}"')
    return subprocess.run(["sha256sum", tmp_path / "agent.tar.gz"], capture_output=True, text=True, check=True).stdout.split()[0]


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
