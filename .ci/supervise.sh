# shellcheck shell=bash
# Steps of a run, some of them in the background. All of them are stopped when the run ends, also when it fails or is interrupted;
# then the numbers of tests are printed. Sourced, not run.

# shellcheck source=.ci/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

work=$(mktemp -d "${TMPDIR:-/tmp}/multus4j-gate.XXXXXX")
running='' current='the start'
declare -A background=()

# Runs a command under a title. bash serves a trap only between foreground commands, but a signal interrupts its wait.
step() {
  local status=0 began=$SECONDS
  current=$1
  printf '\n=== %s\n' "$current"
  setsid setpriv --pdeathsig TERM -- "${@:2}" &
  running=$!
  wait "$running" || status=$?
  running=
  printf -- '--- %s: %d s\n' "$current" $((SECONDS - began))
  return "$status"
}

# Begins a command in the background. Its output is shown by await.
begin() {
  printf '\n=== in the background: %s\n' "$1"
  start_daemon "$work/$1.log" "${@:2}"
  background[$1]=$DAEMON_PID
}

await() {
  local status=0 began=$SECONDS
  current=$1
  wait "${background[$1]}" || status=$?
  unset "background[$1]"
  printf '\n=== result of: %s\n' "$1"
  cat "$work/$1.log"
  printf -- '--- %s: waited %d s\n' "$1" $((SECONDS - began))
  [[ $status -eq 0 ]] || die "$1 failed: see above"
}

finish() {
  local status=$? passed failed skipped name
  trap - EXIT
  trap '' INT TERM HUP
  set +e
  [[ $status -eq 0 ]] || printf '\nThe gate FAILED (exit %d) in: %s\n' "$status" "$current"
  # Long enough for a script's own clean-up: it stops an engine and removes mounts.
  stop_group "$running" 100
  for name in "${!background[@]}"; do stop_group "${background[$name]}" 100; done
  read -r passed failed skipped < <(python3 "$ci_dir/reports.py" count "$work")
  remove_tree "$work"
  printf '\n%d s in all, %d tests skipped; counted over every build of this run:\n' "$SECONDS" "${skipped:-0}"
  printf '%d passed, %d failed\n' "${passed:-0}" "${failed:-0}"
  exit "$status"
}

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
