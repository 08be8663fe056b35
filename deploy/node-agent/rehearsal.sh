# shellcheck shell=bash
# What building and measuring the archive share: a JDK 25, and boots in which EC2 is a fake behind TLS. Sourced, not run; the caller sets
# module_dir, and work, a folder that it removes.

# shellcheck disable=SC2154 # module_dir is the caller's
repo=$(cd "$module_dir/../.." && pwd)
target=$module_dir/target

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

# The named one, or the first below /usr/lib/jvm that says so itself.
find_jdk_25() {
  local home
  for home in ${JAVA_25_HOME:+"$JAVA_25_HOME"} /usr/lib/jvm/*; do
    if [[ -x $home/bin/jlink ]] && grep --quiet '^JAVA_VERSION="25[.\"]' "$home/release" 2>/dev/null; then
      printf '%s\n' "$home"
      return
    fi
  done
  return 1
}

# rehearse JDK train|measure COMMAND...
rehearse() {
  local jdk=$1
  shift
  "$jdk/bin/java" -Djava.io.tmpdir="$work" -cp "$target/test-classes:$target/classes:$repo/multus-testkit/target/classes:$repo/test-fixtures/target/classes:$target/jars/*" \
    io.github.multus4j.deploy.agent.BootRehearsal "$@"
}
