#!/usr/bin/env bash
# Builds the library's jars in this checkout and compares them with those of another one of the same commit: a path or a date in a
# jar would show.
#
#   .ci/same-jars.sh [OTHER-CHECKOUT]
#
# OTHER-CHECKOUT has been built; without one, a clone is made and built.
set -euo pipefail

# shellcheck source=.ci/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

modules=(multus-core multus-aws multus-testkit)

build() { ./mvnw --quiet -Dmaven.test.skip=true -pl "$(IFS=,; echo "${modules[*]}")" -am package; }

hash_jars() {
  local module
  for module in "${modules[@]}"; do
    compgen -G "$module/target/*.jar" >/dev/null || die "there is no jar of $module in $PWD"
    sha256sum "$module"/target/*.jar
  done
}

cd "$ci_dir/.."
other=${1:-}
if [[ -z $other ]]; then
  made=$(mktemp -d)
  trap 'rm -rf "$made"' EXIT
  other=$made/clone
  git clone --quiet --no-local . "$other"
  (cd "$other" && build)
fi
build
diff <(cd "$other" && hash_jars) <(hash_jars) || die "the same commit gave different jars: see above"
hash_jars
