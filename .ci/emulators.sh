#!/usr/bin/env bash
# Real EC2 emulators for the tests: moto, LocalStack on the host, LocalStack in a container; Toxiproxy, for bad networks; AWS's own
# metadata mock, for agents on a node. And the scanners of the templates, which are installed in the same way.
#
#   .ci/emulators.sh install [NAME...]             puts into the cache what starting needs; a second time does nothing
#   .ci/emulators.sh run [NAME...] -- COMMAND...   starts them, runs the command with their environment, stops them
#   .ci/emulators.sh start [NAME...]               starts them, prints their environment, stops them on Ctrl-C
#   .ci/emulators.sh check [NAME...]               starts them, makes a network interface in each emulator, stops them
#   .ci/emulators.sh freeze                        renews localstack-requirements.txt
#
# NAME is moto, localstack, container, toxiproxy, metadata or scanners; without one, all six. The environment that a command gets:
#   MULTUS_EMULATOR_MOTO, MULTUS_EMULATOR_LOCALSTACK   URLs
#   MULTUS_TOXIPROXY                                   host:port of Toxiproxy's control API
#   MULTUS_METADATA_MOCK                               the program's path: each test starts it with its own instance
#   MULTUS_SCANNERS                                    the folder of the Python environment with checkov and cfn-guard
#   MULTUS_LOCALSTACK_IMAGE                            the image's name, for Testcontainers
#   DOCKER_HOST, TESTCONTAINERS_*                      so that Testcontainers finds the engine and stays off the network
# What can be set: MULTUS_CI_CACHE (where things are kept), MULTUS_LOCALSTACK_SERVICES (LocalStack on the host, "ec2"),
# MULTUS_LOCALSTACK_IMAGE (use this image instead of making one).
#
# May be sourced: then it only defines functions, and the caller calls stop_emulators in its EXIT trap.
set -euo pipefail

# shellcheck source=.ci/container.sh
source "$(dirname "${BASH_SOURCE[0]}")/container.sh"

# The day before which LocalStack's dependencies were published, see localstack-requirements.txt.
localstack_date=2026-03-05

# The server; the version of its Java client is in pom.xml.
toxiproxy_version=2.12.0

metadata_version=1.13.0

moto_pid=
localstack_pid=
toxiproxy_pid=

# The directory of the virtual environment that belongs to a requirements file and an interpreter. The name holds a hash
# of both, so that a changed pin makes a new environment and an old checkout keeps its own.
venv_dir() {
  local name=$1 python
  python=$(find_python) || die "no Python 3.11 or newer with venv and ensurepip"
  printf '%s/%s-%s\n' "$(cache_dir)" "$name" \
    "$({ "$python" -VV; cat "$ci_dir/$name-requirements.txt"; } | sha256sum | cut -c 1-12)"
}

# Makes a virtual environment with exactly the frozen versions. It counts only once its stamp is written, so that an
# interrupted install is made again and not used half. No dependency is resolved: the files are complete. Extra arguments go to pip.
install_venv() {
  local name=$1 dir python
  shift
  dir=$(venv_dir "$name")
  [[ ! -e $dir/complete ]] || return 0
  python=$(find_python)
  say "installing $name into $dir"
  rm -rf "$dir"
  "$python" -m venv "$dir"
  "$dir/bin/python3" -m pip install --quiet --disable-pip-version-check 'pip==26.3'
  "$dir/bin/python3" -m pip install --quiet --no-deps "$@" --requirement "$ci_dir/$name-requirements.txt"
  touch "$dir/complete"
}

install_moto() { install_venv python; }

# The date also binds what pip fetches to build a package from source, which no requirements file pins.
install_localstack() { install_venv localstack --uploaded-prior-to "$localstack_date"; }

# The container is made from the same pins; its recipe is in container.sh.
install_container() { install_image; }

start_moto() {
  local port python
  need_state
  port=$(free_port)
  python=$(venv_dir python)/bin/python3
  start_daemon "$state_dir/moto.log" "$python" -m moto.server -H 127.0.0.1 -p "$port"
  moto_pid=$DAEMON_PID
  wait_ready moto 60 "$moto_pid" "$state_dir/moto.log" answers_http "http://127.0.0.1:$port/moto-api/"
  export MULTUS_EMULATOR_MOTO=http://127.0.0.1:$port
}

stop_moto() {
  stop_group "$moto_pid"
  moto_pid=
}

# LocalStack takes some machines for a container and then writes to /var/lib and answers DNS on port 53: the three
# settings at the end keep its files in our folder and the resolver untouched.
start_localstack() {
  local port python
  need_state
  port=$(free_port)
  python=$(venv_dir localstack)/bin/python3
  mkdir -p "$state_dir/localstack"
  start_daemon "$state_dir/localstack.log" env \
    SKIP_SSL_CERT_DOWNLOAD=1 DISABLE_EVENTS=1 SERVICES="${MULTUS_LOCALSTACK_SERVICES:-ec2}" \
    GATEWAY_LISTEN="127.0.0.1:$port" \
    OVERRIDE_IN_DOCKER=0 FILESYSTEM_ROOT="$state_dir/localstack" DNS_ADDRESS=0 \
    "$python" -m localstack.runtime.main
  localstack_pid=$DAEMON_PID
  wait_ready LocalStack 90 "$localstack_pid" "$state_dir/localstack.log" \
    answers_http "http://127.0.0.1:$port/_localstack/health"
  export MULTUS_EMULATOR_LOCALSTACK=http://127.0.0.1:$port
}

stop_localstack() {
  stop_group "$localstack_pid"
  localstack_pid=
}

# Starts no LocalStack itself: Testcontainers does. This provides the engine, the image and the environment for it.
start_container() {
  need_state
  start_engine
  load_image
  # No registry to pull Ryuk from; what it would clean up, stop_container removes. With the host given, Testcontainers
  # does not pull an image to find out its gateway.
  export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CHECKS_DISABLE=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
}

stop_container() { stop_engine; }

toxiproxy_program() { printf '%s/toxiproxy-%s/server\n' "$(cache_dir)" "$toxiproxy_version"; }

# Go's checksum database vouches for what the module proxy gives. Go puts the program in place only once it is whole.
install_toxiproxy() {
  local program go
  program=$(toxiproxy_program)
  [[ ! -x $program ]] || return 0
  go=$(find_go) || die "no Go"
  say "installing Toxiproxy into ${program%/*}"
  GOBIN=${program%/*} GOFLAGS='' CGO_ENABLED=0 "$go" install "github.com/Shopify/toxiproxy/v2/cmd/server@v$toxiproxy_version"
}

start_toxiproxy() {
  local port
  need_state
  port=$(free_port)
  start_daemon "$state_dir/toxiproxy.log" "$(toxiproxy_program)" -host 127.0.0.1 -port "$port"
  toxiproxy_pid=$DAEMON_PID
  wait_ready Toxiproxy 20 "$toxiproxy_pid" "$state_dir/toxiproxy.log" answers_http "http://127.0.0.1:$port/version"
  export MULTUS_TOXIPROXY=127.0.0.1:$port
}

stop_toxiproxy() {
  stop_group "$toxiproxy_pid"
  toxiproxy_pid=
}

metadata_program() { printf '%s/ec2-metadata-mock-%s/ec2-metadata-mock\n' "$(cache_dir)" "$metadata_version"; }

install_metadata() {
  local program go
  program=$(metadata_program)
  [[ ! -x $program ]] || return 0
  go=$(find_go) || die "no Go"
  say "installing ec2-metadata-mock into ${program%/*}"
  GOBIN=${program%/*} GOFLAGS='' CGO_ENABLED=0 "$go" install \
    "github.com/aws/amazon-ec2-metadata-mock/cmd/ec2-metadata-mock@v$metadata_version"
}

# Starts none: it learns its instance from a file when it starts, and only the tests know theirs.
start_metadata() {
  MULTUS_METADATA_MOCK=$(metadata_program)
  export MULTUS_METADATA_MOCK
}

install_scanners() { install_venv scanners; }

# Starts none: the tests of the templates run them.
start_scanners() {
  MULTUS_SCANNERS=$(venv_dir scanners)
  export MULTUS_SCANNERS
}

# Safe to call at any time and more than once; for EXIT traps.
stop_emulators() {
  stop_toxiproxy
  stop_moto
  stop_localstack
  stop_container
  [[ -z $state_dir ]] || remove_tree "$state_dir"
  state_dir=
}

# A network interface in the emulator at this URL, made with boto3: tells a broken emulator from a broken library.
check_url() {
  install_venv python
  "$(venv_dir python)/bin/python3" "$ci_dir/check_emulator.py" "$@"
}

# What Testcontainers will do with the image, done by hand: start it, find its port, call it, remove it.
check_container() {
  local id port deadline=$((SECONDS + 90))
  id=$(docker run --detach --publish 127.0.0.1::4566 --env SERVICES=ec2 "$MULTUS_LOCALSTACK_IMAGE")
  port=$(docker port "$id" 4566/tcp)
  until answers_http "http://$port/_localstack/health" 2>/dev/null; do
    if ((SECONDS >= deadline)) || [[ $(docker inspect --format '{{.State.Running}}' "$id") != true ]]; then
      docker logs --tail 40 "$id" >&2
      die "LocalStack's container did not become ready"
    fi
    sleep 0.2
  done
  check_url "LocalStack in a container" "http://$port"
  docker rm --force --volumes "$id" >/dev/null
}

check_emulators() {
  local name
  for name; do
    case $name in
      moto) check_url moto "$MULTUS_EMULATOR_MOTO" ;;
      localstack) check_url "LocalStack on the host" "$MULTUS_EMULATOR_LOCALSTACK" ;;
      container) check_container ;;
      toxiproxy) ;; # It answered when it was started, and has nothing of its own to make.
      metadata) "$MULTUS_METADATA_MOCK" --version >/dev/null ;;
      scanners) "$MULTUS_SCANNERS/bin/checkov" --version >/dev/null ;;
    esac
  done
}

print_environment() {
  local name
  for name in MULTUS_EMULATOR_MOTO MULTUS_EMULATOR_LOCALSTACK MULTUS_TOXIPROXY MULTUS_METADATA_MOCK MULTUS_SCANNERS MULTUS_LOCALSTACK_IMAGE DOCKER_HOST \
    TESTCONTAINERS_RYUK_DISABLED TESTCONTAINERS_CHECKS_DISABLE TESTCONTAINERS_HOST_OVERRIDE; do
    [[ -z ${!name:-} ]] || printf 'export %s=%q\n' "$name" "${!name}"
  done
}

# Resolves LocalStack anew, as of its date. The result is the same for Python 3.11 and 3.13.
freeze_localstack() {
  local dir
  dir=$(mktemp -d)
  "$(find_python)" -m venv "$dir/venv"
  "$dir/venv/bin/python3" -m pip install --quiet 'pip==26.3'
  "$dir/venv/bin/python3" -m pip install --quiet --uploaded-prior-to "$localstack_date" \
    "localstack-core[runtime]==$localstack_version"
  grep '^#' "$ci_dir/localstack-requirements.txt" >"$dir/frozen"
  "$dir/venv/bin/python3" -m pip freeze >>"$dir/frozen"
  cp "$dir/frozen" "$ci_dir/localstack-requirements.txt"
  rm -rf "$dir"
}

# Two installs at once, of two checkouts or of a run and its predecessor, would write into the same folders.
install_emulators() {
  local name lock
  exec {lock}>"$(cache_dir)/install.lock"
  flock --wait 1200 "$lock" || die "another install has held $(cache_dir)/install.lock for 20 minutes"
  for name; do "install_$name"; done
  exec {lock}>&-
}

main() {
  local action=${1:-} names=() name
  [[ $# -eq 0 ]] || shift
  while [[ $# -gt 0 && $1 != -- ]]; do
    case $1 in
      moto | localstack | container | toxiproxy | metadata | scanners) names+=("$1") ;;
      *) die "nothing here is called $1: moto, localstack, container, toxiproxy, metadata, scanners" ;;
    esac
    shift
  done
  [[ ${#names[@]} -gt 0 ]] || names=(moto localstack container toxiproxy metadata scanners)

  case $action in
    install)
      trap 'exit 143' INT TERM HUP
      install_emulators "${names[@]}"
      return
      ;;
    freeze)
      freeze_localstack
      return
      ;;
    run)
      [[ $# -gt 1 ]] || die "run needs '-- COMMAND'"
      shift
      ;;
    start | check) ;;
    *)
      sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
      exit 2
      ;;
  esac

  trap stop_emulators EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  install_emulators "${names[@]}"
  for name in "${names[@]}"; do "start_$name"; done
  # Tells a broken emulator from a broken library.
  check_emulators "${names[@]}" >&2
  case $action in
    run) "$@" ;;
    check) ;;
    start)
      print_environment
      say "running; Ctrl-C stops them"
      # In the background, because a trap has to wait for a foreground command.
      start_daemon /dev/null sleep infinity
      wait "$DAEMON_PID"
      ;;
  esac
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then main "$@"; fi
