"""The agent's unit under a real systemd: its sandbox lets the agent do all that it does, and a start that fails is repeated while another may succeed."""

import os
import re
import shutil
from functools import partial
from pathlib import Path

import pytest
from booted import BootedNode
from node import GATE, eventually
from test_gate import attach_both

ROOT = Path(__file__).resolve().parents[2]
MODULE = ROOT / "deploy/node-agent"
ARCHIVE = MODULE / "src/archive"
MAIN = "io.github.multus4j.deploy.agent.Main"
STAGE = "io.github.multus4j.deploy.agent.StageProgram"
JAVA = f"{os.environ['JAVA_HOME']}/bin/java" if "JAVA_HOME" in os.environ else os.path.realpath(shutil.which("java"))
# As in the launcher of the archive, which has a runtime of its own beside it.
LAUNCHER = f"""#!/bin/sh
exec {JAVA} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx192m -Xmn96m -cp '/opt/multus4j/lib/*' {MAIN} "$@"
"""


# Shows its settings and environment.
STUB = """#!/bin/sh
echo "settings: $(tr '\\n' ' ' </etc/multus4j/agent.conf) environment: $(env | grep -i proxy | sort | tr '\\n' ' ')"
"""
SETTINGS = "MULTUS_SUBNETS='subnet-a1 subnet-a2' MULTUS_POLL=0.1 MULTUS_TIMEOUT=60"


@pytest.fixture
def node(machines):
    """A booted node with the unit, and the agent in the archive's place."""
    jars = [*(MODULE / "target/jars").glob("*.jar"), *MODULE.glob("target/multus-node-agent-*.jar")]
    assert len(jars) > 10, f"{MODULE} is not built: run ./mvnw -Dquick -DskipTests package"
    node = machines(BootedNode)
    library = node.disk / "opt/multus4j/lib"
    library.mkdir(parents=True)
    for jar in jars:
        shutil.copy(jar, library)
    node.write("/opt/multus4j/bin/multus-agent", LAUNCHER)
    node.run("chmod", "+x", "/opt/multus4j/bin/multus-agent")
    node.write("/etc/systemd/system/multus-agent.service", (ARCHIVE / "multus-agent.service").read_text())
    # Only so that the test need not wait half a minute, and sees the lines for the journal.
    node.write("/etc/systemd/system/multus-agent.service.d/test.conf",
               f"[Service]\nRestartSec=1\nStandardOutput=append:{node.folder}/agent.log\nStandardError=inherit\n")
    node.boot()
    return node


def shown(node, name):
    return node.run("systemctl", "show", "--value", "--property", name, "multus-agent.service").stdout.strip()


def start(node):
    node.run("systemctl", "start", "--no-block", "multus-agent.service")


def test_a_denied_start_is_repeated_and_the_next_one_attaches(node):
    stage = ":".join(str(path) for path in (MODULE / "target/test-classes", ROOT / "multus-testkit/target/classes", *(MODULE / "target/jars").glob("*.jar"), MODULE / "target/classes"))
    node.start("stage.log", JAVA, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", stage, STAGE, "/etc/multus4j")
    eventually(lambda: node.read("/etc/multus4j/agent.conf"), what="the stage")
    start(node)
    eventually(lambda: node.state_of("multus-agent.service") == "active", what="the agent's second start")
    log = node.log("agent.log")
    assert "DescribeInstances: UnauthorizedOperation" in log
    assert re.search(r"^attached i-\w+: 1: eni-\w+ 10\.0\.4\.4, 2: eni-\w+ 10\.0\.6\.4", log, re.MULTILINE), log
    assert int(shown(node, "NRestarts")) == 1


def test_bad_input_is_not_repeated(node):
    start(node)
    eventually(lambda: node.state_of("multus-agent.service") == "failed", what="the agent's end")
    assert "agent.conf': there is no such file" in node.log("agent.log")
    assert (shown(node, "NRestarts"), shown(node, "ExecMainStatus")) == ("0", "2")


def test_exposure(node):
    """9.6 of 10 without the sandbox: what is left is the network, and that it is root, without capabilities."""
    done = node.run("systemd-analyze", "security", "--no-pager", "multus-agent.service")
    exposure = float(re.search(r"Overall exposure level for multus-agent\.service: ([\d.]+)", done.stdout)[1])
    assert exposure <= 2, done.stdout


def image(machines, user_data, launcher=STUB, **files):
    """An instance of an image that was made of a node: unit, settings and agent are there before user data runs."""
    node = machines(partial(BootedNode, user_data=user_data))
    for unit in ("multus-agent.service", "multus-agent-boot.service"):
        node.write(f"/etc/systemd/system/{unit}", (ARCHIVE / unit).read_text())
    node.write("/etc/systemd/system/multus-agent.service.d/test.conf",
               f"[Service]\nRestartSec=1\nStandardOutput=append:{node.folder}/agent.log\nStandardError=inherit\n")
    node.write("/etc/multus4j/agent.conf", "SubnetIds=subnet-of-another-node\n")
    node.write("/opt/multus4j/bin/multus-agent", launcher)
    node.run("chmod", "+x", "/opt/multus4j/bin/multus-agent")
    for path, text in files.items():
        node.write(path, text)
    node.run("bash", "-c", "SYSTEMD_OFFLINE=1 systemctl enable multus-agent.service")
    return node


WRITES = "sleep 1; echo SubnetIds=subnet-a1 >/etc/multus4j/agent.conf"


class TestImageOfANode:
    def test_its_agent_runs_after_user_data_with_the_new_settings(self, machines):
        node = image(machines, WRITES)
        node.boot()
        eventually(lambda: node.state_of("multus-agent.service") == "active", what="the agent")
        assert "another-node" not in node.log("agent.log") and "settings: SubnetIds=subnet-a1 " in node.log("agent.log")

    def test_user_data_may_start_it_and_wait_for_its_interfaces(self, machines):
        """The unit itself is not ordered after user data, which would wait for itself."""
        node = image(machines, f"{WRITES}; systemctl start --no-block multus-agent\n{SETTINGS} {GATE}")
        node.boot()
        eventually(lambda: "settings: SubnetIds=subnet-a1 " in node.log("agent.log"), what="the agent")
        assert node.state_of("cloud-final.service") == "activating" and node.read("/run/kubelet") is None
        attach_both(node)
        eventually(lambda: node.read("/run/kubelet"), what="kubelet starts")
        assert "another-node" not in node.log("agent.log")

    def test_units_are_no_cycle_where_cloud_init_ends_after_the_target(self, machines):
        node = image(machines, WRITES)
        node.write("/run/systemd/system/cloud-final.service.d/late.conf", "[Unit]\nAfter=multi-user.target\n")
        node.write("/run/systemd/system/nodeadm-run.service.d/late.conf", "[Unit]\nDefaultDependencies=no\n")
        node.boot()
        eventually(lambda: node.state_of("multus-agent.service") == "active", what="the agent")
        assert node.state_of("multi-user.target") == "active" and "another-node" not in node.log("agent.log")

    def test_an_earlier_version_s_start_at_the_boot_is_taken_out(self, machines):
        node = image(machines, WRITES)
        wants = "/etc/systemd/system/multi-user.target.wants"
        node.run("ln", "-s", "../multus-agent.service", f"{wants}/multus-agent.service")
        command = re.search(r"systemctl reenable .*", (ARCHIVE / "install.sh").read_text())[0]
        node.run("bash", "-c", f"SYSTEMD_OFFLINE=1 {command}")
        assert [it for it in node.run("ls", wants).stdout.split() if "agent" in it] == ["multus-agent-boot.service"]


def test_a_boot_has_the_proxy_of_the_environment_file(machines):
    node = image(machines, "true", **{"/etc/multus4j/environment": "HTTPS_PROXY=http://10.0.0.5:3128\nNO_PROXY=.internal\n"})
    node.boot()
    eventually(lambda: "environment: HTTPS_PROXY=http://10.0.0.5:3128 NO_PROXY=.internal" in node.log("agent.log"), what="the agent")


def test_units_are_right(machines):
    node = image(machines, "true")
    checked = node.run("systemd-analyze", "verify", "/etc/systemd/system/multus-agent.service", "/etc/systemd/system/multus-agent-boot.service", check=False)
    assert [line for line in checked.stderr.splitlines() if "multus-agent" in line] == []
