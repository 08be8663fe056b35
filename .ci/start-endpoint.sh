#!/usr/bin/env bash
# Starts the testkit's HTTP endpoint over a fake EC2 and prints its URL as the first line; runs until it is stopped.
# Called in the folder of a finished build. Arguments go to the endpoint: --port PORT (here: any that is free), --host HOST.
set -euo pipefail

classpath=
for module in multus-core multus-testkit; do
  found="$module/target/classes"
  if [[ ! -d "$found" ]]; then
    found="$(find "$module/target" -name "$module-*.jar" ! -name '*-sources.jar' ! -name '*-javadoc.jar' 2>/dev/null | head -n 1)"
  fi
  if [[ -z "$found" ]]; then
    echo "$module is not built: run ./mvnw -Dquick -pl multus-core,multus-testkit package" >&2
    exit 1
  fi
  classpath="$classpath:$found"
done

# exec, so that a signal to this process ends the endpoint.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "${classpath#:}" io.github.multus4j.testkit.Ec2Endpoint --port 0 "$@" \
  > >(sed -u -n 's/^EC2 endpoint at //p')
