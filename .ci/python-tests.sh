#!/usr/bin/env bash
# Runs the tests that are not Java, in this checkout after its build:
#
#   .ci/python-tests.sh gate        the node gate and the agent, with a real systemd and networkd; needs root
#   .ci/python-tests.sh package     the packaging command
#   .ci/python-tests.sh repository  the workflows and CONTRIBUTING.md: each command and test that they name exists
#   .ci/python-tests.sh templates  the templates and the operations pages; needs the environment of the emulators container and scanners
set -euo pipefail

# shellcheck source=.ci/emulators.sh
source "$(dirname "${BASH_SOURCE[0]}")/emulators.sh"
name=${1:?usage: $0 gate|package|repository|templates}

cd "$ci_dir/.."
install_emulators moto >&2 # the Python environment of the tests has it
mkdir -p target/python-reports
exec env PYTHONDONTWRITEBYTECODE=1 "$(venv_dir python)/bin/python3" -m pytest -p no:cacheprovider --durations=5 \
  --junitxml="target/python-reports/TEST-$name.xml" "${@:2}" ".ci/$name"
