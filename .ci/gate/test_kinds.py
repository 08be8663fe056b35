"""Nodes of other kinds: DPDK drivers, the VPC CNI in a Multus subnet, images without drop-ins, names of links by place."""

import re

import pytest
from node import DROP_IN, NETWORKS, eventually
from test_gate import FIRST, OTHER, PRIMARY, SECOND, attach_both


def pci(node, *devices):
    """What sysfs shows of (vendor, device, driver)."""
    node.run("bash", "-c", "mountpoint -q /sys/bus || mount -t tmpfs tmpfs /sys/bus; rm -rf /sys/bus/pci/devices")
    for number, (vendor, device, driver) in enumerate(devices):
        folder = f"/sys/bus/pci/devices/0000:00:{number + 5:02x}.0"
        node.write(f"{folder}/vendor", vendor + "\n")
        node.write(f"{folder}/device", device + "\n")
        if driver:
            node.run("ln", "-s", f"../../drivers/{driver}", f"{folder}/driver")


class TestDpdk:
    @pytest.mark.parametrize("driver", ["vfio-pci", "igb_uio", "uio_pci_generic"])
    def test_an_interface_that_another_driver_has_is_there(self, node, driver):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        node.show(SECOND, "subnet-a2", "eni-2", 2)
        pci(node, ("0x1d0f", "0xec20", "ena"), ("0x1d0f", "0xec20", driver))
        gate = node.gate("wait")
        assert gate.status() == 0
        assert "event=ready eni=eni-2 subnet=subnet-a2 mac=0a:00:00:00:00:12 link=none" in gate.output()
        assert node.labels() == {"interfaces": "complete", "subnet-a1": "eni-1", "subnet-a2": "eni-2"}
        assert node.is_ready("ens6")

    @pytest.mark.parametrize("device", [
        ("0x1d0f", "0xec20", "ena"), ("0x1d0f", "0xec20", None), ("0x1d0f", "0xefa1", "efa"), ("0x8086", "0x1521", "vfio-pci"), ("0x1d0f", "0x8061", "nvme"),
    ])
    def test_a_link_that_has_yet_to_come_is_waited_for(self, node, device):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        node.show(SECOND, "subnet-a2", "eni-2", 2)
        pci(node, device)
        gate = node.gate("wait")
        gate.says('missing="subnet-a2:eni-2:no-link"')
        node.plug("ens7", SECOND)
        assert gate.status() == 0

    def test_one_device_is_not_two_interfaces(self, node):
        node.show(FIRST, "subnet-a1", "eni-1", 1)
        node.show(SECOND, "subnet-a2", "eni-2", 2)
        pci(node, ("0x1d0f", "0xec20", "vfio-pci"))
        gate = node.gate("wait")
        gate.says('missing="subnet-a1:eni-1:no-link subnet-a2:eni-2:no-link"')
        node.plug("ens6", FIRST)
        assert gate.status() == 0
        assert node.is_ready("ens6")

    def test_subnets_for_dpdk_need_no_link(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        gate = node.gate("wait", MULTUS_DPDK_SUBNETS="subnet-a2")
        gate.says('missing="subnet-a2:not-attached"')
        node.show(SECOND, "subnet-a2", "eni-2", 2)
        assert gate.status() == 0
        assert node.labels()["interfaces"] == "complete"

    def test_subnets_for_dpdk_are_among_the_others(self, node):
        gate = node.gate("wait", MULTUS_DPDK_SUBNETS="subnet-a2, subnet-b7")
        assert gate.status() == 2 and "MULTUS_DPDK_SUBNETS: 'subnet-b7' is not in MULTUS_SUBNETS" in gate.output()


class TestTheCnisInterfaces:
    @pytest.mark.parametrize("more", [{}, {"network_card": 0}])
    def test_nothing_is_touched_in_the_subnet_of_the_primary_interface(self, node, more):
        node.attach("ens5", PRIMARY, "subnet-a1", "eni-0", 0, **more)
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        node.attach("ens7", SECOND, "subnet-a2", "eni-2", 2)
        node.attach("ens8", OTHER, "subnet-a1", "eni-cni", 3)
        node.ip("link", "set", "ens8", "up")
        node.ip("address", "add", "10.0.4.50/24", "dev", "ens8")
        node.ip("route", "add", "default", "via", "10.0.4.1", "dev", "ens8", "table", "3")
        eventually(lambda: "tentative" not in node.addresses("ens8"), what="duplicate address detection")
        before = node.addresses("ens8"), node.routes("ens8")
        gate = node.gate("wait", MULTUS_TIMEOUT="2", MULTUS_LINK_NAMES="multus")
        assert gate.status() == 1
        assert "event=primary-in-multus-subnet subnet=subnet-a1" in gate.output()
        assert re.search(r'event=timed-out missing="subnet-a1:eni-\w+:subnet-of-the-primary-interface"', gate.output())
        assert (node.addresses("ens8"), node.routes("ens8")) == before
        assert "UP" not in node.link("ens5")["flags"] and "UP" not in node.link("ens6")["flags"]
        assert node.managed().keys() == {"multus2"} and node.is_ready("multus2")
        assert node.labels() == {"interfaces": "incomplete", "subnet-a2": "eni-2"}


class TestImagesWithoutDropIns:
    def test_the_label_goes_to_kubelets_own_unit_and_the_gate_says_so(self, node):
        node.run("rm", "-rf", "/etc/eks/nodeadm.d")
        node.write("/etc/systemd/system/kubelet.service", "[Service]\nEnvironmentFile=/etc/eks/kubelet/environment\nExecStart=/usr/bin/kubelet $NODEADM_KUBELET_ARGS\n")
        node.run("bash", "-c", "printf '#!/bin/bash\\necho $* >>/run/systemctl.log\\n' >/run/it; chmod +x /run/it; mount --bind /run/it /usr/bin/systemctl")
        attach_both(node)
        gate = node.gate("wait")
        assert gate.status() == 0
        assert "event=no-drop-ins" in gate.output() and "label=kubelet.service.d" in gate.output()
        assert node.read("/etc/systemd/system/kubelet.service.d/70-multus.conf") == (
            "[Service]\nExecStart=\nExecStart=/usr/bin/kubelet $NODEADM_KUBELET_ARGS --node-labels=multus4j.github.io/interfaces=complete"
            ",multus4j.github.io/subnet-a1=eni-1,multus4j.github.io/subnet-a2=eni-2\n"
        )
        assert node.read("/run/systemctl.log") == "daemon-reload\n" and node.read(DROP_IN) is None

    def test_no_label_is_said(self, node):
        node.run("rm", "-rf", "/etc/eks/nodeadm.d")
        attach_both(node)
        gate = node.gate("wait")
        assert gate.status() == 0
        assert "event=no-drop-ins" in gate.output() and "label=none" in gate.output() and "v20251023" in gate.output()
        assert node.read(DROP_IN) is None


class TestLinkNames:
    def test_links_are_named_by_the_place_of_their_subnet(self, node):
        node.attach("enp39s0", SECOND, "subnet-b2", "eni-2", 1)
        node.attach("eth7", FIRST, "subnet-b1", "eni-1", 2)
        node.ip("link", "set", "eth7", "up")
        gate = node.gate("wait", MULTUS_SUBNETS="subnet-a1; subnet-b1 subnet-b2", MULTUS_LINK_NAMES="multus")
        assert gate.status() == 0
        assert node.is_ready("multus1") and node.is_ready("multus2")
        assert (node.link("multus1")["address"], node.link("multus2")["address"]) == (FIRST, SECOND)
        assert node.managed() == {"multus1": "configured", "multus2": "configured"}
        assert node.network_file("multus1") == f"{NETWORKS}/60-multus-0a0000000011.network"
        again = node.gate("wait", MULTUS_SUBNETS="subnet-a1; subnet-b1 subnet-b2", MULTUS_LINK_NAMES="multus")
        assert again.status() == 0 and "renamed" not in again.events()

    def test_names_are_left_alone_unless_asked_for(self, node):
        attach_both(node)
        assert node.gate("wait").status() == 0
        assert node.is_ready("ens6") and node.is_ready("ens7")

    def test_a_link_that_carries_others_and_a_name_that_is_taken_stay(self, node):
        attach_both(node)
        node.ip("link", "add", "child", "link", "ens6", "type", "macvlan")
        node.plug("multus2", OTHER)
        gate = node.gate("wait", MULTUS_LINK_NAMES="multus")
        assert gate.status() == 0
        assert gate.events().count("not-renamed") == 2
        assert node.is_ready("ens6") and node.is_ready("ens7")

    def test_a_second_interface_of_a_subnet_keeps_its_name(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        node.attach("ens7", SECOND, "subnet-a1", "eni-2", 2)
        assert node.gate("wait", MULTUS_SUBNETS="subnet-a1", MULTUS_LINK_NAMES="multus").status() == 0
        assert node.is_ready("multus1")

    @pytest.mark.parametrize("name", ["eth", "ens", "enp", "lo", "multus1", "Multus", "m", "much-too-long-for-linux", "a b"])
    def test_a_name_that_would_collide_is_refused(self, node, name):
        gate = node.gate("wait", MULTUS_LINK_NAMES=name)
        assert gate.status() == 2 and "MULTUS_LINK_NAMES" in gate.output()


class TestNumbersAndLines:
    def test_numbers_are_decimal(self, node):
        attach_both(node)
        gate = node.gate("wait", MULTUS_TIMEOUT="0800", MULTUS_MTU="09001")
        assert gate.status() == 0 and "timeout=800s" in gate.output()
        assert node.is_ready("ens6")
        assert node.gate("wait", MULTUS_TIMEOUT="600.0").status() == 0

    def test_waiting_is_said_once_a_minute_whatever_changes_meanwhile(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        gate = node.gate("wait", MULTUS_TIMEOUT="1", MULTUS_ON_TIMEOUT="wait")
        gate.says("event=stays-out")
        lines = len(gate.output().splitlines())
        node.set_imds(status=500)
        gate.says("imds=")
        node.set_imds(status=None)
        seen = len(node.requests())
        eventually(lambda: len(node.requests()) > seen + 50, what="50 looks more")
        assert gate.events().count("stays-out") <= 3 and len(gate.output().splitlines()) <= lines + 4

    def test_a_service_that_flaps_gets_no_more_than_fifty_lines_a_minute(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        gate = node.gate("wait", MULTUS_POLL="0.01")
        gate.says("event=waiting")
        for _ in range(60):
            node.set_imds(status=500)
            seen = len(node.requests())
            eventually(lambda: len(node.requests()) > seen + 1, what="a look")
            node.set_imds(status=None)
            seen = len(node.requests())
            eventually(lambda: len(node.requests()) > seen + 1, what="a look")
        assert 45 <= len(gate.output().splitlines()) <= 104
