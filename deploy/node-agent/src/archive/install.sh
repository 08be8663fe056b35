#!/bin/sh
# Installs the agent that lies beside this script, or upgrades it in place; safe to run again.
#
#   install.sh [--root DIR]
#
# The files go to /opt/multus4j/agent-HASH, and links to them (agent, bin/multus-agent) are switched at once, so that a boot sees the old agent or the
# new one, never half of each. /etc/multus4j/agent.conf is made if it is not there. The unit multus-agent.service is enabled for the boots after this
# one, after their user data; start it for this one with "systemctl start --no-block multus-agent". --root installs below that directory and enables
# nothing.
#
# Where /tmp is mounted noexec, unpack elsewhere or run "sh install.sh". Only /opt has to allow programs.
set -eu
# The unit and its files are for everybody to read, with any umask of the image, and for root alone to write.
umask 022

here=$(dirname "$(readlink -f "$0")")
root=
case ${1:-} in
  '') ;;
  --root) root=${2:?--root needs a directory} ;;
  *)
    echo "install.sh: unknown argument $1; usage: install.sh [--root DIR]" >&2
    exit 2
    ;;
esac

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

cd "$here/lib"
sha256sum --check --status checked.sha256 \
  || fail "the archive is damaged: its files are not those of its list; fetch it anew"
hash=$(sha256sum checked.sha256 | cut -c 1-12)
top=$root/opt/multus4j
target=$top/agent-$hash
for place in "$top/bin" "$root/etc/multus4j" "$root/etc/systemd/system"; do
  mkdir -p "$place" 2>/dev/null || true
  [ -w "$place" ] || fail "$place cannot be written to: this script has to run as root, and $place on a file system that is not read-only"
done

if [ ! -e "$target/lib/installed" ]; then
  rm -rf "$target" "$target.new"
  # With their times, or the JVM does not take the cache; not with their owner, possibly the user that unpacked them.
  cp -R --preserve=mode,timestamps "$here" "$target.new"
  chmod -R a+rX,go-w "$target.new"
  mv "$target.new" "$target"
  # shellcheck disable=SC2046 # names without spaces
  (cd "$target/lib" && stat -c '%n %s %y %z' -- $(cut -c 67- checked.sha256) *.jar >installed.new && mv installed.new installed)
fi
"$target/runtime/bin/java" -version >/dev/null 2>&1 \
  || fail "$target/runtime/bin/java does not run: ${root:-}/opt has to be mounted without noexec, and the archive has to be for $(uname -m)"
# Renaming a link over another is one step, unlike "ln -sf".
ln -sfn "agent-$hash" "$top/agent.new"
mv -T "$top/agent.new" "$top/agent"
ln -sfn ../agent/bin/multus-agent "$top/bin/multus-agent.new"
mv -T "$top/bin/multus-agent.new" "$top/bin/multus-agent"

[ -e "$root/etc/multus4j/agent.conf" ] || cp "$here/agent.conf" "$root/etc/multus4j/agent.conf"
for unit in multus-agent.service multus-agent-boot.service; do
  cp "$here/$unit" "$root/etc/systemd/system/$unit"
  chmod 644 "$root/etc/systemd/system/$unit"
done
if [ -z "$root" ] && command -v systemctl >/dev/null; then
  systemctl daemon-reload
  # Anew: an earlier version started multus-agent.service at the boot itself.
  systemctl reenable --quiet multus-agent.service
fi

for old in "$top"/agent-*; do
  [ "$old" = "$target" ] || rm -rf "$old"
done
echo "installed $target"
