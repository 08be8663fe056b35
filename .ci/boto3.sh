#!/usr/bin/env bash
# Runs AWS's own Python client against the testkit's endpoint, in this checkout after its build: any language can use the fake.
set -euo pipefail

# shellcheck source=.ci/emulators.sh
source "$(dirname "${BASH_SOURCE[0]}")/emulators.sh"
cd "$ci_dir/.."

log=$(mktemp) endpoint=
trap 'stop_group "$endpoint"; rm -f "$log"' EXIT
trap 'exit 143' INT TERM HUP

install_emulators moto >&2 # the Python environment of the tests has it
start_daemon "$log" .ci/start-endpoint.sh
endpoint=$DAEMON_PID
wait_ready "the endpoint" 60 "$endpoint" "$log" grep --max-count=1 '^http' "$log"
mkdir -p target/python-reports
AWS_ENDPOINT_URL=$(grep --max-count=1 '^http' "$log") PYTHONDONTWRITEBYTECODE=1 "$(venv_dir python)/bin/python3" \
  -m pytest -p no:cacheprovider --junitxml=target/python-reports/TEST-boto3.xml .ci/boto3
