"""The agent's unit under a real systemd: its sandbox lets the agent do all that it does, and a start that fails is repeated while another may succeed."""

import os
import re
import shutil
from pathlib import Path

import pytest
from booted import BootedNode
from node import eventually

ROOT = Path(__file__).resolve().parents[2]
MODULE = ROOT / "examples/node-agent"
ARCHIVE = MODULE / "src/archive"
MAIN = "io.github.multus4j.examples.agent.Main"
STAGE = "io.github.multus4j.examples.agent.StageProgram"
JAVA = f"{os.environ['JAVA_HOME']}/bin/java" if "JAVA_HOME" in os.environ else os.path.realpath(shutil.which("java"))
# As in the launcher of the archive, which has a runtime of its own beside it.
LAUNCHER = f"""#!/bin/sh
exec {JAVA} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx192m -Xmn96m -cp '/opt/multus4j/lib/*' {MAIN} "$@"
"""


@pytest.fixture
def node(machines):
    """A booted node with the unit, and the agent in the archive's place."""
    jars = [*(MODULE / "target/jars").glob("*.jar"), *MODULE.glob("target/multus-example-node-agent-*.jar")]
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
