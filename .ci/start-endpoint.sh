#!/usr/bin/env bash
# Starts the testkit's HTTP endpoint over a fake EC2 and prints its URL as the first line; runs until it is stopped.
# Called in the folder of a finished build. Arguments go to the endpoint: --port PORT (here: any that is free), --host HOST.
set -euo pipefail

jar=$(find multus-testkit/target -maxdepth 1 -name 'multus-testkit-*-endpoint.jar' 2>/dev/null | head -n 1)
if [[ -z $jar ]]; then
  echo "multus-testkit is not built: run ./mvnw -q -Dquick -DskipTests -pl multus-testkit -am package" >&2
  exit 1
fi

# exec, so that a signal to this process ends the endpoint.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar "$jar" --port 0 "$@" \
  > >(sed -u -n 's/^EC2 endpoint at //p')
