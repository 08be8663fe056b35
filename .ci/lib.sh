# shellcheck shell=bash
# What every script here needs: messages, ports, processes that end with us. Sourced, not run.

# Without this, a failure inside $(...) goes unnoticed.
shopt -s inherit_errexit

# shellcheck disable=SC2034 # read by the scripts that source this one
ci_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# No step asks somebody's account, whatever the environment says.
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_EC2_METADATA_DISABLED=true AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
unset AWS_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL AWS_ENDPOINT_URL_EC2
# The same quiet Maven for every command, the README's too. A script that one of these scripts starts adds nothing.
if [[ -z ${MULTUS_CI_MAVEN:-} ]]; then
  export MULTUS_CI_MAVEN=yes
  # A checkout of CI does not change between two commands: without this, each command compiles all modules anew, since the jars
  # of the one before are newer.
  export MAVEN_ARGS="--batch-mode --no-transfer-progress -Dmaven.compiler.useIncrementalCompilation=false ${MAVEN_ARGS:-}"
  # Maven's JVM ends before C2 has paid for itself: without C2, a build takes a third less of the processors.
  export MAVEN_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}"
fi

# Where sockets, logs and an emulator's files live while something runs. Empty while nothing does.
state_dir=

# Directly in /tmp, because the path of a Unix socket may have 107 characters and dockerd appends some thirty.
need_state() {
  [[ -n $state_dir ]] || state_dir=$(mktemp -d /tmp/multus4j.XXXXXX)
}

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

# One place for everything that is slow to make, so that a second run finds it. Never inside the repository.
cache_dir() {
  local dir=${MULTUS_CI_CACHE:-$HOME/.cache/multus4j-ci}
  mkdir -p "$dir"
  printf '%s\n' "$dir"
}

# LocalStack's CloudFormation needs Python 3.13, everything else runs from 3.11 on: the newer one first.
find_python() {
  local candidate
  for candidate in python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python3 python3; do
    if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

# On the PATH, or where Go's own archive is unpacked to.
find_go() {
  local candidate
  for candidate in go /usr/local/go/bin/go; do
    if "$candidate" version >/dev/null 2>&1; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

# A port that nobody has right now. Fixed ports clash as soon as two checkouts run side by side.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Starts a process in a session of its own, so that Ctrl-C reaches us and not it, and we stop things in order. The
# parent-death signal covers the one case that no trap can: this shell is killed with SIGKILL. Sets DAEMON_PID.
# Never call it in a subshell: the parent would be gone at once, and the process with it.
start_daemon() {
  local log=$1
  shift
  setsid setpriv --pdeathsig TERM -- "$@" </dev/null >"$log" 2>&1 &
  # shellcheck disable=SC2034 # read by the callers, in other files
  DAEMON_PID=$!
}

# Ends a process and whatever it started: politely, and after a bounded wait by force. Fine with an empty or dead id.
stop_group() {
  local pid=${1:-} patience=${2:-10} tries
  [[ -n $pid ]] || return 0
  kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || return 0
  for ((tries = patience * 10; tries > 0; tries--)); do
    kill -0 -- "-$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL -- "-$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

# Waits for a daemon to answer, at most so many seconds, and shows the end of its log when it does not.
wait_ready() {
  local name=$1 seconds=$2 pid=$3 log=$4 deadline
  shift 4
  deadline=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    if ! kill -0 "$pid" 2>/dev/null; then
      show_tail "$log"
      die "$name ended before it was ready"
    fi
    if ((SECONDS >= deadline)); then
      show_tail "$log"
      die "$name was not ready after $seconds seconds"
    fi
    sleep 0.2
  done
}

show_tail() {
  say "--- the last lines of ${1##*/}:"
  tail -n 40 "$1" >&2 || true
  say "---"
}

answers_http() { curl --fail --silent --show-error --max-time 2 --noproxy '*' --output /dev/null "$1"; }

# Unmounts what is mounted below a directory, deepest first. Without this, deleting the directory could reach through.
unmount_below() {
  local dir=$1 mountpoint
  while read -r mountpoint; do
    umount "$mountpoint" 2>/dev/null || umount --lazy "$mountpoint" 2>/dev/null || true
  done < <(awk -v prefix="$dir/" 'index($5 "/", prefix) == 1 { print $5 }' /proc/self/mountinfo | sort --reverse)
}

# Deletes a directory that may have mounts in it, and refuses while one is left.
remove_tree() {
  local dir=$1
  [[ -d $dir ]] || return 0
  unmount_below "$dir"
  rm -rf --one-file-system -- "$dir"
}
