# shellcheck shell=bash
# LocalStack in a real container where no image can be pulled: an engine of our own when none answers, and an image made
# from Debian's packages and the frozen requirements. Part of emulators.sh, which sources it.

# shellcheck source=.ci/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# The last LocalStack that starts without an account.
localstack_version=4.14.0

engine_pid=
image_ours=

engine_answers() { timeout 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# Everything that makes the image what it is. Its text is hashed into the image's name, so that a changed recipe makes
# a new image and an unchanged one is found again.
build_rootfs() {
  local root=$1 mirror=$2 requirements=$3 certificates=/etc/ssl/certs/ca-certificates.crt
  debootstrap --variant=minbase --include=python3-venv,ca-certificates trixie "$root" "$mirror"
  # The chroot reaches the package index the way the host does: same resolver, same certificates, same index.
  rm -f "$root/etc/resolv.conf"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  cp "${PIP_CERT:-$certificates}" "$root/tmp/certificates.pem"
  cp "$requirements" "$root/tmp/requirements.txt"
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LANG=C.UTF-8 PIP_CERT=/tmp/certificates.pem \
    ${PIP_INDEX_URL:+PIP_INDEX_URL="$PIP_INDEX_URL"} ${https_proxy:+https_proxy="$https_proxy"} \
    sh -euc 'python3 -m venv /opt/localstack
      /opt/localstack/bin/pip install --quiet --no-cache-dir --no-deps --requirement /tmp/requirements.txt'
  # Testcontainers' start script calls exactly this path.
  cat >"$root/usr/local/bin/docker-entrypoint.sh" <<'ENTRYPOINT'
#!/bin/sh
exec /opt/localstack/bin/python3 -m localstack.runtime.main
ENTRYPOINT
  chmod 755 "$root/usr/local/bin/docker-entrypoint.sh"
  : >"$root/etc/resolv.conf"
  rm -rf "$root"/tmp/* "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}
}

# How the file system becomes an image: hashed with the recipe. Outside a container LocalStack listens on the loopback
# only, and its DNS server has nobody to ask.
image_changes() {
  printf '%s\n' 'ENTRYPOINT ["docker-entrypoint.sh"]' 'EXPOSE 4566' \
    'ENV SKIP_SSL_CERT_DOWNLOAD=1 DISABLE_EVENTS=1 DNS_ADDRESS=0 GATEWAY_LISTEN=0.0.0.0:4566'
}

recipe_hash() {
  { declare -f build_rootfs; image_changes; cat "$ci_dir/localstack-requirements.txt"; } | sha256sum | cut -c 1-12
}

# The hash is in the name and not in the tag, because Testcontainers reads LocalStack's version from the tag.
image_name() { printf 'multus4j/localstack-%s:%s\n' "$(recipe_hash)" "$localstack_version"; }

image_tarball() { printf '%s/localstack-image-%s.tar\n' "$(cache_dir)" "$(recipe_hash)"; }

# The mirror that this machine's apt is set up to use: no address is written down here.
debian_mirror() {
  # shellcheck disable=SC2016 # apt fills these in
  apt-get indextargets --format '$(REPO_URI) $(COMPONENT) $(ORIGIN) $(LABEL)' 'Created-By: Packages' \
    | awk '$2 == "main" && $3 == "Debian" && $4 == "Debian" && !seen++ { print $1 }'
}

# Makes the image's file system, without an engine, so that it can be done in the background. The trap is the
# subshell's own: debootstrap mounts /proc in the new root, and an interrupted run must not leave that behind.
install_image() (
  [[ -z ${MULTUS_LOCALSTACK_IMAGE:-} ]] || return 0
  tarball=$(image_tarball)
  [[ ! -e $tarball ]] || return 0
  [[ $EUID -eq 0 ]] || die "making LocalStack's image needs root (debootstrap, chroot)"
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || die "apt knows no Debian mirror (is there a list of packages? apt-get update makes it)"
  root=$(cache_dir)/rootfs.partial
  remove_tree "$root"
  log=$(cache_dir)/rootfs.log
  : >"$log"
  trap '[[ $? -eq 0 ]] || show_tail "$log"; remove_tree "$root"; rm -f "$tarball.partial"' EXIT
  trap 'exit 143' INT TERM HUP
  say "making the image's file system for $(image_name)"
  mkdir -p "$root"
  build_rootfs "$root" "$mirror" "$ci_dir/localstack-requirements.txt" >"$log" 2>&1
  unmount_below "$root"
  tar --directory "$root" --create --file "$tarball.partial" .
  mv "$tarball.partial" "$tarball"
)

# Our own engine listens on a socket of its own and keeps its data in the cache, so that the image is there next time.
# No firewall rules and no forwarding: its proxy serves the published ports, containers need nothing from outside, and
# the host stays as it was. The lock is held by the engine itself: it is free when the engine is gone, however it went.
start_engine() {
  local lock data
  if engine_answers; then return 0; fi
  command -v dockerd >/dev/null || die "no container engine answers and dockerd is not installed (Debian: docker.io)"
  [[ $EUID -eq 0 ]] || die "no container engine answers, and starting one needs root"
  data=$(cache_dir)/docker
  exec {lock}>"$data.lock"
  flock --wait 900 "$lock" || die "another run has used the engine in $data for 15 minutes"
  # A file and not a variable, so that the next run also removes the bridge of one that was killed.
  [[ -e /sys/class/net/docker0 ]] || touch "$data.bridge"
  start_daemon "$state_dir/dockerd.log" dockerd \
    --host "unix://$state_dir/docker.sock" --data-root "$data" \
    --exec-root "$state_dir/exec" --pidfile "$state_dir/docker.pid" \
    --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false
  engine_pid=$DAEMON_PID
  exec {lock}>&-
  export DOCKER_HOST=unix://$state_dir/docker.sock
  wait_ready dockerd 60 "$engine_pid" "$state_dir/dockerd.log" engine_answers
}

# Gives the engine the image unless it has it.
load_image() {
  local change changes=()
  if [[ -n ${MULTUS_LOCALSTACK_IMAGE:-} ]]; then return 0; fi
  MULTUS_LOCALSTACK_IMAGE=$(image_name)
  export MULTUS_LOCALSTACK_IMAGE
  image_ours=yes
  if docker image inspect "$MULTUS_LOCALSTACK_IMAGE" >/dev/null 2>&1; then return 0; fi
  while read -r change; do changes+=(--change "$change"); done < <(image_changes)
  docker import "${changes[@]}" "$(image_tarball)" "$MULTUS_LOCALSTACK_IMAGE" >/dev/null
}

# Removes the containers (all of them from our own engine, only our image's from somebody else's), then the engine with
# its mounts, its bridge and whatever it lost track of.
stop_engine() {
  local containers=() pid
  if [[ -n $engine_pid ]]; then
    mapfile -t containers < <(timeout 10 docker ps --all --quiet 2>/dev/null)
  elif [[ -n $image_ours ]]; then
    mapfile -t containers < <(timeout 10 docker ps --all --quiet --filter "ancestor=$MULTUS_LOCALSTACK_IMAGE" 2>/dev/null)
  fi
  [[ ${#containers[@]} -eq 0 ]] || timeout 60 docker rm --force --volumes "${containers[@]}" >/dev/null 2>&1 || true
  if [[ -n $engine_pid ]]; then
    stop_group "$engine_pid" 30
    # Shims have sessions of their own; after a forced end they would live on.
    while IFS=/ read -r _ _ pid _; do
      kill -KILL "$pid" 2>/dev/null || true
    done < <(grep --files-with-matches --text --fixed-strings "$state_dir/exec" /proc/[0-9]*/cmdline 2>/dev/null)
    unmount_below "$state_dir"
    unmount_below "$(cache_dir)/docker"
    if [[ -e $(cache_dir)/docker.bridge ]]; then
      ip link delete docker0 2>/dev/null || true
      rm -f "$(cache_dir)/docker.bridge"
    fi
    unset DOCKER_HOST
  fi
  [[ -z $image_ours ]] || unset MULTUS_LOCALSTACK_IMAGE
  engine_pid='' image_ours=''
}
