"""Where the gate's settings come from, what it leaves on the disk, and the boots after the first."""

import re
import runpy

import pytest
from node import DROP_IN, GATE, NETWORKS, PROGRAM, eventually
from test_gate import FIRST, PRIMARY, SECOND, attach_both

CONF = "/etc/multus4j/gate.conf"
EMBED = runpy.run_path(str(GATE.parents[1] / "templates/embed"))
UNITS = "/etc/systemd/system"


@pytest.fixture
def systemctl_for():
    """The real one, which has no systemd to talk to here: it makes its links, and what it was asked for is written down."""

    def on(node):
        node.write("/run/systemctl", '#!/bin/bash\necho "$*" >>/run/systemctl.log\nSYSTEMD_OFFLINE=1 exec /run/systemctl.real "$@"\n')
        node.run("bash", "-c", "cp /usr/bin/systemctl /run/systemctl.real; chmod +x /run/systemctl; mount --bind /run/systemctl /usr/bin/systemctl")
        return lambda: node.read("/run/systemctl.log")

    return on


@pytest.fixture
def systemctl(node, systemctl_for):
    return systemctl_for(node)


def test_the_gate_leaves_room_in_the_16_kb_of_user_data():
    assert len(EMBED["packed"](GATE.read_text())) < 10_000


class TestConfiguration:
    def test_all_problems_are_said_at_once_and_no_interface_is_touched(self, node):
        attach_both(node)
        node.write(CONF, 'MULTUS_MTU="jumbo"\nMULTUS_SUBNET=subnet-a1\n')
        gate = node.gate(MULTUS_SUBNETS="subnet-a1 sg-1; subnet-a1", MULTUS_TIMEOUT="10m", MULTUS_ON_TIMEOUT="go",
                         MULTUS_RP_FILTER="3", MULTUS_IMDS="169.254.169.254", MULTUS_POLL=".")
        assert gate.status() == 2
        assert re.findall(r"^  (\S+): '(\S*)'", gate.output(), re.MULTILINE) == [
            (CONF, "MULTUS_SUBNET"), ("MULTUS_SUBNETS", "sg-1"), ("MULTUS_SUBNETS", "subnet-a1"), ("MULTUS_TIMEOUT", "10m"),
            ("MULTUS_ON_TIMEOUT", "go"), ("MULTUS_MTU", "jumbo"), ("MULTUS_RP_FILTER", "3"),
            ("MULTUS_IMDS", "169.254.169.254"), ("MULTUS_POLL", "."),
        ]
        assert node.read(PROGRAM) is None and node.managed() == {}
        assert node.labels() == {"interfaces": "incomplete"}
        assert not any("latest" in r for r in node.requests())

    @pytest.mark.parametrize("subnets", [None, "", " ; ;, "])
    def test_no_subnets_are_a_problem(self, node, subnets):
        gate = node.gate("wait", MULTUS_SUBNETS=subnets)
        assert gate.status() == 2
        assert "MULTUS_SUBNETS: is empty" in gate.output()

    def test_the_file_is_read_and_the_environment_wins(self, node):
        attach_both(node)
        node.write(CONF, "# A comment\n; and another\n\nMULTUS_SUBNETS=subnet-a1, subnet-a2; subnet-b1\nMULTUS_TIMEOUT='1'\n"
                         'MULTUS_MTU="1400"\nMULTUS_IMDS=http://192.0.2.1')
        gate = node.gate("wait", MULTUS_SUBNETS=None, MULTUS_MTU="1300", MULTUS_TIMEOUT=None, MULTUS_IMDS="http://169.254.169.254")
        assert gate.status() == 0
        assert 'subnets="subnet-a1, subnet-a2; subnet-b1" timeout=1s' in gate.output()
        assert node.is_ready("ens6", 1300)

    @pytest.mark.parametrize("variables, service", [
        ({}, "http://169.254.169.254"),
        ({"MODE": "ipv6"}, "http://[fd00:ec2::254]"),
        ({"MODE": "IPv4"}, "http://169.254.169.254"),
        ({"MODE": "IPv6", "": "http://192.0.2.1:1338/"}, "http://192.0.2.1:1338"),
        ({"MODE": "IPv6", "MULTUS_IMDS": "http://192.0.2.2"}, "http://192.0.2.2"),
    ])
    def test_the_metadata_service_is_the_one_of_the_sdks_variables(self, node, systemctl, variables, service):
        prefix = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
        named = {name if name.startswith("MULTUS") else f"{prefix}_{name}".rstrip("_"): value for name, value in variables.items()}
        assert node.gate("install", **{"MULTUS_IMDS": None, **named}).status() == 0
        assert f'MULTUS_IMDS="{service}"' in node.read(CONF).splitlines()

    def test_anything_else_shows_how_to_use_it(self, node):
        gate = node.gate("start")
        assert gate.status() == 2
        assert "usage: multus-gate" in gate.output()


class TestInstall:
    def test_leaves_the_program_its_settings_and_its_units(self, node, systemctl):
        gate = node.gate("install", MULTUS_SUBNETS="subnet-a1\nsubnet-a2;", MULTUS_ON_TIMEOUT="wait")
        assert gate.status() == 0
        assert node.read(PROGRAM) == GATE.read_text()
        assert node.run("stat", "--format=%a", PROGRAM).stdout == "755\n"
        assert {'MULTUS_SUBNETS="subnet-a1 subnet-a2;"', 'MULTUS_ON_TIMEOUT="wait"', 'MULTUS_MTU="9001"'} <= set(node.read(CONF).splitlines())
        assert systemctl().splitlines() == [
            "daemon-reload", "enable multus-gate.service multus-gate-watch.service",
            "restart --no-block multus-gate-watch.service",
        ]
        for unit in ("multus-gate.service", "multus-gate-watch.service"):
            assert node.run("readlink", f"{UNITS}/multi-user.target.wants/{unit}").stdout == f"{UNITS}/{unit}\n"
        assert node.labels() is None

    def test_the_units_are_right(self, node, systemctl):
        node.gate("install").status()
        checked = node.run("systemd-analyze", "verify", f"{UNITS}/multus-gate.service", f"{UNITS}/multus-gate-watch.service", check=False)
        assert [line for line in checked.stderr.splitlines() if "multus" in line] == []

    @pytest.mark.parametrize("unit", ["multus-gate", "multus-gate-watch"])
    def test_the_units_are_exposed_little(self, node, systemctl, unit):
        """Of 10. That they work like that is in test_boot.py."""
        node.gate("install").status()
        found = node.run("systemd-analyze", "security", "--offline=true", "--threshold=30", f"{UNITS}/{unit}.service", check=False)
        assert found.returncode == 0, found.stdout[-300:]

    def test_a_second_time_changes_the_program_and_the_settings_that_are_others(self, node, systemctl):
        assert node.gate("install").status() == 0
        every = f"stat --format '%n %i %y' {PROGRAM} {CONF} {UNITS}/multus-*"
        before = node.run("bash", "-c", every).stdout
        assert node.gate("install", program=PROGRAM).status() == 0
        assert node.run("bash", "-c", every).stdout == before
        newer = GATE.read_text() + "# newer\n"
        node.write("/run/part-003", newer)
        node.run("chmod", "+x", "/run/part-003")
        assert node.gate("install", program="/run/part-003").status() == 0
        assert node.read(PROGRAM) == newer

    def test_settings_of_an_image_that_was_made_of_a_node_are_replaced(self, node, systemctl):
        """They and the label are another node's; what is not given anew stays."""
        node.write(CONF, "MULTUS_SUBNETS=subnet-old\nMULTUS_MTU=1500\n")
        node.write(DROP_IN, "spec: {kubelet: {flags: [--node-labels=multus4j.github.io/interfaces=complete]}}\n")
        gate = node.gate()
        gate.says("event=waiting")
        assert {'MULTUS_SUBNETS="subnet-a1 subnet-a2"', 'MULTUS_MTU="1500"'} <= set(node.read(CONF).splitlines())
        assert node.labels() == {"interfaces": "incomplete"}

    def test_as_a_part_of_the_user_data_it_installs_and_waits(self, node, systemctl):
        node.write(CONF, "MULTUS_SUBNETS=subnet-a1 subnet-a2\n")
        node.write("/run/part-002", GATE.read_text())
        node.run("chmod", "+x", "/run/part-002")
        gate = node.gate(program="/run/part-002", MULTUS_SUBNETS=None)
        gate.says("event=waiting")
        attach_both(node)
        assert gate.status() == 0
        assert node.read(PROGRAM) == GATE.read_text()

    @pytest.mark.parametrize("end", ["KILL", "TERM", "bad configuration"])
    def test_a_label_of_an_earlier_boot_does_not_outlive_a_gate_that_ends_early(self, node, end):
        node.write(DROP_IN, "spec: {kubelet: {flags: [--node-labels=multus4j.github.io/interfaces=complete]}}\n")
        if end == "bad configuration":
            assert node.gate("wait", MULTUS_MTU="jumbo").status() == 2
        else:
            gate = node.gate("wait")
            gate.says("event=start")
            if end == "KILL":
                gate.says("event=waiting")
            node.run("pkill", f"-{end}", "-f", "multus-gate wait")
            gate.status()
        assert node.labels() == {"interfaces": "incomplete"}

    def test_a_systemd_that_fails_does_not_let_kubelet_start(self, node):
        node.write("/run/false", "#!/bin/false\n")
        node.run("bash", "-c", "chmod +x /run/false; mount --bind /run/false /usr/bin/systemctl")
        gate = node.gate()
        gate.says("event=waiting")
        assert gate.runs()


class TestReboot:
    def first_boot(self, node):
        """What is there before nodeadm-run is systemd's for good, what arrives after it the CNI's."""
        node.attach("ens5", PRIMARY, "subnet-nodes", "eni-0", 0)
        attach_both(node)
        node.udev_net_manager("ens6", FIRST, 1)
        assert node.gate().status() == 0
        node.write("/run/nodeadm/init", "")
        node.udev_net_manager("ens7", SECOND, 2)

    def second_boot(self, node):
        """The links come back, and the image does to them what it remembers."""
        node.attach("ens5", PRIMARY, "subnet-nodes", "eni-0", 0)
        attach_both(node)
        for name, mac, device in (("ens6", FIRST, 1), ("ens7", SECOND, 2)):
            node.udev_net_manager(name, mac, device)
        node.serve_dhcp("ens6", "10.0.4.100")

    def test_the_boot_hook_passes_and_the_unit_makes_all_ready_again(self, machines, systemctl_for):
        first = machines()
        systemctl_for(first)
        self.first_boot(first)
        assert first.labels()["interfaces"] == "complete"

        second = machines()
        self.second_boot(second)
        assert second.run("bash", "-c", f"ls {NETWORKS} /etc/systemd/network").stdout.count("multus") == 0
        eventually(second.boot_hook_is_content, what="nodeadm-boot-hook's condition")
        unit = second.read(f"{UNITS}/multus-gate.service")
        command = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1].split()
        gate = second.gate(*command[1:], program=command[0], MULTUS_SUBNETS=None, MULTUS_POLL=None, MULTUS_TIMEOUT=None)
        assert gate.status() == 0
        assert re.search(r"event=complete after=[0-3]s", gate.output())
        assert second.is_ready("ens6") and second.is_ready("ens7") and second.rules() == []
        assert second.labels() == {"interfaces": "complete", "subnet-a1": "eni-1", "subnet-a2": "eni-2"}
        assert second.managed().keys() == {"ens6", "ens7"}

    def test_a_persistent_file_would_fail_the_boot_hook(self, machines, systemctl_for):
        """Why ours are under /run: this is what the condition above is able to see."""
        first = machines()
        systemctl_for(first)
        self.first_boot(first)
        second = machines()
        second.write("/etc/systemd/network/60-multus.network", f"[Match]\nMACAddress={SECOND}\n[Network]\nDHCP=no\n")
        second.run("networkctl", "reload")
        self.second_boot(second)
        eventually(lambda: second.managed().get("ens6") == "configured", what="what systemd manages")
        assert not second.boot_hook_is_content()
