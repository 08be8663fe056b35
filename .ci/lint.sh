#!/usr/bin/env bash
# Checks the shell scripts with ShellCheck, and the workflows with actionlint.
set -euo pipefail

# shellcheck source=.ci/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

actionlint_version=1.7.12

cd "$ci_dir/.."
mapfile -t scripts < <(git grep --files-with-matches -e '^#!.*sh$' -e '^# shellcheck shell=' -- .ci deploy '*.sh')
shellcheck --external-sources "${scripts[@]}"
printf 'shellcheck: %d scripts\n' "${#scripts[@]}"

program=$(cache_dir)/actionlint-$actionlint_version/actionlint
if [[ ! -x $program ]]; then
  go=$(find_go) || die "no Go, which installs actionlint"
  GOBIN=${program%/*} GOFLAGS='' CGO_ENABLED=0 "$go" install "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint_version"
fi
"$program"
printf 'actionlint: %d workflows\n' "$(find .github/workflows -name '*.yml' | wc -l)"
