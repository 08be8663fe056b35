"""A node of EKS as far as its network goes: a network namespace with a real systemd-networkd, and the VPC it is plugged into.

Nothing of it is seen by the machine, and nothing of it outlives the test: namespaces of its own for links, mounts and
processes, whose first process dies with this one.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import yaml

GATE = Path(__file__).resolve().parents[2] / "deploy/gate/multus-gate"
IMDS = Path(__file__).with_name("imds.py")
NETWORKS = "/run/systemd/network"
DROP_IN = "/etc/eks/nodeadm.d/70-multus.yaml"
REMEMBERED = "/etc/eks/nodeadm/udev-net-manager/i-0123456789abcdef0"
PROGRAM = "/opt/multus4j/bin/multus-gate"

# Everybody may do everything: the bus has no users but us.
BUS = """<busconfig><type>system</type><listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
<allow send_type="method_return"/><allow send_type="error"/><allow receive_type="method_call"/>
<allow receive_type="signal"/><allow receive_type="method_return"/><allow receive_type="error"/></policy></busconfig>
"""

# As the image has it (awslabs/amazon-eks-ami 81fec2e8, networkd.conf.d/80-release.conf).
NETWORKD_CONF = "[Network]\nManageForeignRoutes=no\nManageForeignRoutingPolicyRules=no\n"

MOUNTS = """
mount -t sysfs sysfs /sys
mount -o remount,ro,bind /sys
mount -t tmpfs tmpfs /run
mkdir -p /run/dbus /run/systemd/network /run/systemd/networkd.conf.d /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
chown -R systemd-network: /run/systemd/netif
ip link set lo up
"""


def eventually(condition, seconds=60, what="the condition"):
    """Waits for something to become so, and returns it."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f"{what} did not hold within {seconds} s"
        time.sleep(0.05)


class Space:
    """Namespaces for links, mounts and processes, and the processes in them."""

    def __init__(self, folder, first=("sleep", "infinity")):
        self.folder, self.started = folder, []
        folder.mkdir(parents=True, exist_ok=True)
        self.holder = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--net", "--pid", "--fork", "--kill-child",
             "--mount-proc", "--propagation", "private", *first]
        )
        children = Path(f"/proc/{self.holder.pid}/task/{self.holder.pid}/children")
        self.pid = int(eventually(lambda: children.read_text().strip(), what="the namespaces' first process"))
        eventually(lambda: b"unshare" not in Path(f"/proc/{self.pid}/cmdline").read_bytes(), what="the namespaces' first process")
        self.run("bash", "-euc", MOUNTS)
        self.write("/run/systemd/networkd.conf.d/80-release.conf", NETWORKD_CONF)

    def command(self, *words, processes=True):
        return ["nsenter", "--target", str(self.pid), "--mount", "--net", *(["--pid"] if processes else []), "--", *words]

    def run(self, *words, check=True, **settings):
        done = subprocess.run(self.command(*words), capture_output=True, text=True, timeout=60, **settings)
        assert done.returncode == 0 or not check, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def start(self, log, *words, env=None):
        with open(self.folder / log, "ab") as out:
            started = subprocess.Popen(self.command(*words), stdout=out, stderr=out, env=env, start_new_session=True)
        self.started.append(started)
        return started

    def read(self, path):
        done = self.run("cat", path, check=False)
        return done.stdout if done.returncode == 0 else None

    def write(self, path, text):
        self.run("bash", "-euc", 'mkdir -p "${1%/*}"; cat >"$1"', "-", path, input=text)

    def ip(self, *words):
        return subprocess.run(self.command("ip", *words, processes=False), check=True, capture_output=True, text=True).stdout

    def start_networkd(self):
        self.networkd = self.start("networkd.log", "/lib/systemd/systemd-networkd")
        eventually(lambda: "Enumeration completed" in self.log("networkd.log"), what="networkd")

    def log(self, name):
        file = self.folder / name
        return file.read_text(errors="replace") if file.exists() else ""

    def close(self):
        """Ends the first process and with it all in the namespaces, then those that led into them."""
        for process in [self.holder, *self.started]:
            process.kill()
            process.wait()


class Node(Space):
    """The node. A second one with the same disk is the same instance after a reboot: /run is empty, /etc and /opt are not."""

    def __init__(self, folder, disk, vpc, **settings):
        super().__init__(folder, **settings)
        self.vpc, self.disk = vpc, disk
        if not disk.exists():
            disk.mkdir()
            (disk / "opt").mkdir()
            shutil.copytree("/etc", disk / "etc", symlinks=True, ignore_dangling_symlinks=True)
            # What the machine itself boots and how its network is set up is none of the node's business.
            for wants in (disk / "etc/systemd/system").glob("*.wants"):
                shutil.rmtree(wants)
            for name in ("systemd/network", "systemd/networkd.conf.d", "eks/nodeadm.d"):
                shutil.rmtree(disk / "etc" / name, ignore_errors=True)
                (disk / "etc" / name).mkdir(parents=True)
        self.run("bash", "-euc", f"mount --bind {disk}/etc /etc; mount --bind {disk}/opt /opt; ip address add 169.254.169.254/32 dev lo")
        self.write("/run/bus.conf", BUS)
        self.start_services()
        self.state = {"macs": {}, "listing": None, "status": None, "token_seconds": None, "revoked": 0}
        self.imds = None
        self.set_imds()
        self.start_imds()

    def start_services(self):
        self.start("bus.log", "dbus-daemon", "--config-file=/run/bus.conf", "--nofork", "--nopidfile")
        eventually(lambda: self.run("busctl", "list", check=False).returncode == 0, what="D-Bus")
        self.start_networkd()
        eventually(lambda: "org.freedesktop.network1" in self.run("busctl", "list", "--acquired").stdout, what="networkd on the bus")

    # What EC2 does.

    def start_imds(self):
        self.imds = self.start("imds.err", "python3", str(IMDS), "169.254.169.254", "80", str(self.folder / "imds.json"), str(self.folder / "imds.log"))
        eventually(lambda: self.run("curl", "-s", "http://169.254.169.254/", check=False).returncode == 0, what="IMDS")

    def stop_imds(self, by=signal.SIGTERM):
        """SIGTERM: nobody listens; SIGSTOP: nobody answers; SIGCONT: all is well again."""
        child = int(Path(f"/proc/{self.imds.pid}/task/{self.imds.pid}/children").read_text())
        os.kill(child, by)

    def set_imds(self, **changes):
        self.state.update(changes)
        new = self.folder / "imds.json.new"
        new.write_text(json.dumps(self.state))
        new.rename(self.folder / "imds.json")

    def requests(self):
        log = self.folder / "imds.log"
        return log.read_text().splitlines() if log.exists() else []

    def plug(self, name, mac):
        """The link of an interface, down, as the driver makes it."""
        self.ip("link", "add", name, "address", mac, "type", "veth", "peer", "name", "v" + name, "netns", str(self.vpc.pid))
        self.vpc.run("ip", "link", "set", "v" + name, "mtu", "9001", "up")

    def unplug(self, name):
        self.ip("link", "delete", name)

    def serve_dhcp(self, name, address):
        """The VPC's router at the other end of a link, which gives this address."""
        network, _, host = address.rpartition(".")
        self.vpc.write(f"{NETWORKS}/20-v{name}.network", f"""[Match]
Name=v{name}
[Network]
Address={network}.1/24
DHCPServer=yes
[DHCPServer]
PoolOffset={host}
PoolSize=1
""")
        self.vpc.start_networkd()

    def show(self, mac, subnet, eni, device, **more):
        """IMDS shows the interface."""
        items = {"subnet-id": subnet, "interface-id": eni, "device-number": device, **{k.replace("_", "-"): v for k, v in more.items()}}
        self.set_imds(macs={**self.state["macs"], mac: items})

    def hide(self, mac):
        self.set_imds(macs={m: i for m, i in self.state["macs"].items() if m != mac})

    def attach(self, name, mac, subnet, eni, device, **more):
        self.plug(name, mac)
        self.show(mac, subnet, eni, device, **more)

    # What the image does (awslabs/amazon-eks-ami 81fec2e8, nodeadm's udev-net-manager and boot-hook).

    def udev_net_manager(self, name, mac, device, address="10.0.4.100"):
        """As for a new link: systemd manages what is there before nodeadm-run, and what was so remembered; the CNI the rest."""
        manager = self.read(f"{REMEMBERED}/{name}")
        if manager is None:
            marked = self.run("test", "-e", "/run/nodeadm/init", check=False).returncode == 0
            manager = "cni" if marked else "io.systemd.Network"
            self.write(f"{REMEMBERED}/{name}", manager)
        if manager == "cni":
            return
        # The image matches on PermanentMACAddress, which a veth does not have.
        self.write(f"{NETWORKS}/70-eks-{name}.network", f"""[Match]
MACAddress={mac}

[Link]
MTUBytes=9001

[Network]
DHCP=yes
IPv6DuplicateAddressDetection=0
LLMNR=no
DNSDefaultRoute=yes

[DHCPv4]
UseHostname=no
RouteMetric={512 + device}
UseRoutes=true
UseGateway=true

[Route]
Table={10000 + device}
Gateway=_ipv6ra

[Route]
Table={10000 + device}
Gateway=_dhcp4

[RoutingPolicyRule]
From={address}
Table={10000 + device}
Priority=32765
""")
        self.run("networkctl", "reload")

    def managed(self):
        """The links that networkd has in hand, by name, with their state."""
        links = json.loads(self.run("networkctl", "list", "--json=short").stdout)["Interfaces"]
        return {link["Name"]: link["AdministrativeState"] for link in links if link["AdministrativeState"] != "unmanaged"}

    def boot_hook_is_content(self, *primary):
        """nodeadm-boot-hook's condition: what systemd is remembered to manage is configured, everything else unmanaged."""
        names = self.run("bash", "-c", f"cd {REMEMBERED} 2>/dev/null && grep -l systemd * || true").stdout.split()
        return self.managed() == dict.fromkeys({*names, *primary}, "configured")

    # What a test does.

    def gate(self, *words, program=None, **variables):
        """Starts the gate. Its settings are the environment's MULTUS_*, with subnets and a fast look as default."""
        return Gate(self, program or str(GATE), words, variables)

    def link(self, name):
        return json.loads(self.ip("-json", "-details", "link", "show", "dev", name))[0]

    def addresses(self, name):
        return self.ip("-oneline", "address", "show", "dev", name)

    def routes(self, name):
        """All routes by this link, but the kernel's own one for IPv6 multicast."""
        every = self.ip("route", "show", "table", "all", "dev", name) + self.ip("-6", "route", "show", "table", "all", "dev", name)
        return [line for line in every.splitlines() if not line.startswith("multicast ff00::/8")]

    def rules(self):
        """The policy rules besides the kernel's."""
        return [line for line in self.ip("rule").splitlines() if not re.match(r"(0|32766|32767):", line)]

    def is_ready(self, name, mtu=9001):
        link = self.link(name)
        return "UP" in link["flags"] and link["mtu"] == mtu and not self.addresses(name) and not self.routes(name)

    def labels(self):
        text = self.read(DROP_IN)
        if text is None:
            return None
        flags = yaml.safe_load(text)["spec"]["kubelet"]["flags"]
        assert len(flags) == 1 and flags[0].startswith("--node-labels=")
        return {k.removeprefix("multus4j.github.io/"): v for k, v in (l.split("=") for l in flags[0].removeprefix("--node-labels=").split(","))}

    def network_file(self, name):
        """The file that networkd has a link under."""
        return re.search(r"Network File: (\S+)", self.run("networkctl", "status", name).stdout)[1]


class Gate:
    """A run of the gate."""

    def __init__(self, node, program, words, variables):
        settings = {"MULTUS_SUBNETS": "subnet-a1 subnet-a2", "MULTUS_POLL": "0.1", "MULTUS_TIMEOUT": "60", **variables}
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **{k: v for k, v in settings.items() if v is not None}}
        self.node, self.file = node, f"gate-{time.monotonic_ns()}.log"
        self.process = node.start(self.file, program, *words, env=env)

    def output(self):
        return self.node.log(self.file)

    def events(self):
        return re.findall(r"event=(\S+)", self.output())

    def says(self, words, seconds=60):
        return eventually(lambda: words in self.output() and self.output(), seconds, f"{words!r} in the log")

    def status(self, seconds=60):
        try:
            return self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the gate is still at it:\n{self.output()}") from None

    def runs(self):
        return self.process.poll() is None
