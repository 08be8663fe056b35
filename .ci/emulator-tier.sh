#!/usr/bin/env bash
# Runs the *IT tests in this checkout, against the emulators of the environment; a test that should have run and was skipped is a failure.
#
#   .ci/emulators.sh run -- .ci/emulator-tier.sh AGENT-ARCHIVE
#
# AGENT-ARCHIVE is the file that deploy/node-agent/archive has made. Style and unit tests have their own step.
set -euo pipefail

# shellcheck source=.ci/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
archive=$(realpath "${1:?usage: $0 AGENT-ARCHIVE}")

tiers=(
  multus-testkit:ConformanceSurveyIT
  multus-aws:MotoContractIT multus-aws:LocalStackHostContractIT multus-aws:LocalStackContainerContractIT
  multus-aws:MotoAddressesContractIT multus-aws:LocalStackHostAddressesContractIT
  multus-aws:BrokenConnectionsIT
  deploy/lambda:LambdaZipIT deploy/lambda:ShrunkJarIT deploy/lambda:EmulatorLaunchIT deploy/lambda:KilledProcessIT
  deploy/node-agent:MetadataMockIT deploy/node-agent:ArchiveIT
  examples/tested-handler:LocalStackIT
)

cd "$ci_dir/.."
./mvnw -Dquick -Pemulators -DskipTests verify \
  -Dmultus.emulator.moto="$MULTUS_EMULATOR_MOTO" -Dmultus.emulator.localstack="$MULTUS_EMULATOR_LOCALSTACK" \
  -Dmultus.toxiproxy="$MULTUS_TOXIPROXY" -Dmultus.kills=200 -Dmultus.metadata.mock="$MULTUS_METADATA_MOCK" \
  -Dmultus.agent.archive="$archive"
python3 .ci/reports.py tiers . "${tiers[@]}" || die "an emulator tier did not run as it should: see above"
