#!/usr/bin/env bash
# Runs the README's two commands in this checkout, on the JDK of JAVA_HOME: "Test it", then "Try it".
#
#   .ci/readme.sh                 the commands as they stand
#   .ci/readme.sh --full-search   with the search of full length, as docs/reliability.md gives its options
set -euo pipefail

# shellcheck source=.ci/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ci_dir/.."

options=()
if [[ ${1:-} == --full-search ]]; then
  mapfile -t options < <(.ci/readme-command.sh docs/reliability.md 'Simulated histories' \
    | grep --only-matching --extended-regexp -e '-Dmultus[^ ]*')
  [[ ${#options[@]} -ge 2 ]] || die "docs/reliability.md does not give the options of the search of full length"
fi

command=$(.ci/readme-command.sh README.md 'Test it')
printf '%s %s\n' "$command" "${options[*]}"
# Modules that do not need each other are built beside each other.
MAVEN_ARGS="$MAVEN_ARGS --threads 2" bash -euo pipefail -c "$command \"\$@\"" bash "${options[@]}"

command=$(.ci/readme-command.sh README.md 'Try it')
printf '%s\n' "$command"
bash -euo pipefail -c "$command"
