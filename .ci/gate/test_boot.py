"""The gate under a real systemd: kubelet is held back, nothing waits for itself, and a failure does not keep the node out."""

from functools import partial

from booted import BootedNode
from node import GATE, eventually
from test_gate import FIRST, SECOND, attach_both

SETTINGS = "MULTUS_SUBNETS='subnet-a1 subnet-a2' MULTUS_POLL=0.1"


def test_kubelet_starts_after_the_gate_in_the_first_boot_and_in_the_second(machines):
    node = machines(partial(BootedNode, user_data=f"{SETTINGS} MULTUS_TIMEOUT=30 {GATE}"))
    attach_both(node)
    node.hide(SECOND)
    node.boot()
    eventually(lambda: "event=waiting" in node.log("user-data.log"), what="the gate waits")
    assert node.state_of("cloud-final.service") == "activating"
    assert node.state_of("nodeadm-run.service") == "inactive" and node.read("/run/kubelet") is None
    assert node.state_of("multus-gate-watch.service") == "inactive"
    node.show(SECOND, "subnet-a2", "eni-2", 2)
    eventually(lambda: node.read("/run/kubelet"), what="kubelet starts")
    assert "interfaces=complete" in node.read("/run/kubelet")
    eventually(lambda: node.state_of("multus-gate-watch.service") == "active", what="the watch")
    node.ip("link", "set", "ens6", "down")
    eventually(lambda: node.is_ready("ens6"), what="what the watch does")

    node = machines(BootedNode)
    attach_both(node)
    node.hide(SECOND)
    node.boot()
    eventually(lambda: node.state_of("multus-gate.service") == "activating", what="the gate's unit")
    assert node.read("/run/kubelet") is None and "unmanaged" in node.read("/run/boot-hook")
    node.show(SECOND, "subnet-a2", "eni-2", 2)
    eventually(lambda: node.read("/run/kubelet"), what="kubelet starts")
    assert "interfaces=complete" in node.read("/run/kubelet")
    eventually(lambda: node.state_of("multus-gate-watch.service") == "active", what="the watch")
    assert node.state_of("multus-gate.service") == "active" and node.is_ready("ens7")

    node = machines(BootedNode)
    node.run("sed", "--in-place", "s/^MULTUS_TIMEOUT=.*/MULTUS_TIMEOUT=3/", "/etc/multus4j/gate.conf")
    node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
    node.boot()
    eventually(lambda: node.state_of("multus-gate.service") == "failed", what="the gate's time-out")
    eventually(lambda: node.read("/run/kubelet"), what="kubelet starts nevertheless")
    assert "interfaces=incomplete,multus4j.github.io/subnet-a1=eni-1" in node.read("/run/kubelet")
    eventually(lambda: node.state_of("multus-gate-watch.service") == "active", what="the watch")


def test_units_are_no_cycle_where_cloud_init_ends_after_the_target(machines):
    """As on Ubuntu. systemd would delete the job of a unit in a cycle."""

    def boot(user_data):
        node = machines(partial(BootedNode, user_data=user_data))
        attach_both(node)
        node.write("/run/systemd/system/cloud-final.service.d/late.conf", "[Unit]\nAfter=multi-user.target\n")
        node.write("/run/systemd/system/nodeadm-run.service.d/late.conf", "[Unit]\nDefaultDependencies=no\n")
        node.boot()
        eventually(lambda: node.read("/run/kubelet"), what="kubelet starts")
        return node

    boot(f"{SETTINGS} {GATE}")
    node = boot("true")
    eventually(lambda: node.state_of("multus-gate-watch.service") == "active", what="the watch")
    assert node.state_of("multus-gate.service") == "active" and node.state_of("multi-user.target") == "active"
    assert node.is_ready("ens6") and "interfaces=complete" in node.read("/run/kubelet")
    assert node.state_of("cloud-final.service") == "active"
