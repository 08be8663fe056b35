"""A node that a real systemd boots: the image's order of units around ours, with stand-ins for what needs a cluster."""

import os
import subprocess
import uuid
from pathlib import Path

from node import Node, eventually

# After awslabs/amazon-eks-ami 81fec2e8; cloud-final runs the user data, nodeadm-run starts kubelet.
UNITS = {
    "sysinit.target": "[Unit]\nDefaultDependencies=no\n",
    "basic.target": "[Unit]\nRequires=sysinit.target\nAfter=sysinit.target\n",
    "shutdown.target": "[Unit]\nDefaultDependencies=no\n",
    "network-online.target": "[Unit]\nDescription=Network\n",
    "multi-user.target": "[Unit]\nRequires=basic.target\nAfter=basic.target\nWants=dbus.service systemd-networkd.service"
    " nodeadm-boot-hook.service nodeadm-config.service cloud-final.service nodeadm-run.service\n",
    "dbus.service": "[Service]\nExecStart=dbus-daemon --config-file=/run/bus.conf --nofork --nopidfile\n"
    "ExecStartPost=/bin/bash -c 'until busctl list; do sleep 0.05; done'\n",
    "systemd-networkd.service": "[Unit]\nAfter=dbus.service\n[Service]\nType=notify\nExecStart=/lib/systemd/systemd-networkd\n",
    "nodeadm-boot-hook.service": "[Unit]\nBefore=nodeadm-config.service\nAfter=systemd-networkd.service\n"
    "[Service]\nType=oneshot\nExecStart=/bin/bash -c 'networkctl list >/run/boot-hook'\n",
    "nodeadm-config.service": "[Unit]\nBefore=cloud-final.service\nAfter=network-online.target nodeadm-boot-hook.service\n"
    "[Service]\nType=oneshot\nExecStart=/bin/true\n",
    "cloud-final.service": "[Unit]\nAfter=network-online.target\n"
    "[Service]\nType=oneshot\nRemainAfterExit=yes\nTimeoutSec=0\nExecStart=-/run/user-data\n",
    "nodeadm-run.service": "[Unit]\nAfter=nodeadm-config.service cloud-final.service\nRequires=nodeadm-config.service\n"
    "[Service]\nType=oneshot\nExecStart=/bin/bash -c 'cp /etc/eks/nodeadm.d/70-multus.yaml /run/kubelet'\n",
}

# Control groups as the machine has them: version 2 alone, or beside version 1.
CGROUPS = """
if [[ $(stat --file-system --format=%T /sys/fs/cgroup) == cgroup2fs ]]; then
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
  mount -t tmpfs tmpfs /sys/fs/cgroup
  mkdir /sys/fs/cgroup/systemd /sys/fs/cgroup/unified
  mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd
  mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified
fi
mkdir /run/units
mount --bind /run/units /lib/systemd/system
"""

# Waits until all is prepared, then becomes systemd.
FIRST = "while [[ ! -e /run/go ]]; do sleep 0.05; done; exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin " \
    "/lib/systemd/systemd --system --unit=multi-user.target --log-target=null --show-status=no --default-standard-output=null"


class BootedNode(Node):
    def __init__(self, *places, user_data="true"):
        roots = [path for path in map(Path, ("/sys/fs/cgroup", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified")) if (path / "cgroup.procs").exists()]
        self.cgroups = [root / f"multus4j-{uuid.uuid4().hex[:12]}" for root in roots]
        for group in self.cgroups:
            group.mkdir()
        self.user_data = user_data
        join = "; ".join(f"echo $$ >{group}/cgroup.procs" for group in self.cgroups)
        super().__init__(*places, first=("bash", "-c", f"{join}; exec unshare --cgroup bash -c '{FIRST}'"))

    def start_services(self):
        """Nothing is started by hand: the boot does it, once the test has its interfaces in place."""
        eventually(lambda: self.command_line().startswith("bash -c while"), what="the place in the control groups")

    def command_line(self):
        return Path(f"/proc/{self.pid}/cmdline").read_bytes().decode().replace("\0", " ")

    def boot(self):
        # nsenter joins the control groups' namespace too: it is there that the mounts' root is.
        subprocess.run(["nsenter", "--cgroup", *self.command("bash", "-euc", CGROUPS)[1:]], check=True, timeout=60)
        for name, text in UNITS.items():
            text = text.replace("[Service]\n", f"[Service]\nStandardOutput=append:{self.folder}/{name}.log\nStandardError=inherit\n")
            self.write(f"/lib/systemd/system/{name}", text)
        for name in ("multus-gate", "multus-gate-watch"):
            self.write(f"/run/systemd/system/{name}.service.d/log.conf", f"[Service]\nStandardOutput=append:{self.folder}/{name}.log\nStandardError=inherit\n")
        self.write("/run/user-data", f"#!/bin/bash\nexec >>{self.folder}/user-data.log 2>&1\n{self.user_data}\n")
        self.run("chmod", "+x", "/run/user-data")
        self.write("/run/go", "")
        eventually(lambda: self.state_of("basic.target") == "active", what="the boot")

    def state_of(self, unit):
        return self.run("systemctl", "is-active", unit, check=False).stdout.strip()

    def close(self):
        super().close()
        for group in self.cgroups:
            eventually(lambda: self.is_removed(group), what="the end of all processes")

    @staticmethod
    def is_removed(group):
        for folder, _, _ in os.walk(group, topdown=False):
            try:
                os.rmdir(folder)
            except OSError:
                return False
        return True
