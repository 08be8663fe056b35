#!/usr/bin/env bash
# Builds the projects below consumers/ as a user's build does: with an empty local repository that holds nothing but our artifacts.
# Then it builds copies of the examples that have a POM of their own, outside the checkout.
#
#   .ci/consumers.sh WORK
#
# WORK is a folder for the repositories and the copies. This checkout has been built. The local repository in use serves our own build, which fills
# the new one; the consumers do not see it. Everything else comes from Maven's remote repositories, as its settings say.
set -euo pipefail

# shellcheck source=.ci/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

work=${1:?usage: $0 WORK}
artifacts=(multus-bom multus-core multus-testkit-junit multus-testkit multus-aws)
group=io/github/multus4j

mkdir -p "$work/installed" "$work/repository/$group"
work=$(realpath "$work")
cd "$ci_dir/.."
used=$(./mvnw --quiet --non-recursive help:evaluate -Dexpression=settings.localRepository -DforceStdout)
./mvnw --quiet -Dquick -Dmaven.main.skip=true -Dmaven.test.skip=true -Dmaven.repo.local="$work/installed" -Dmaven.repo.local.tail="$used" \
  -pl ".,test-fixtures,$(IFS=,; echo "${artifacts[*]}")" install
cp -r "$work/installed/$group/." "$work/repository/$group"
# The tests of multus-aws need it, users do not have it.
rm -r "$work/repository/$group/multus-test-fixtures"

for project in classpath-junit5 module-path; do
  ./mvnw --file "consumers/$project/pom.xml" -Dmaven.repo.local="$work/repository" clean test
done
python3 .ci/reports.py tiers consumers \
  classpath-junit5:FirstContactTest classpath-junit5:OwnNetworkContractTest module-path:ConsumerTest module-path:LifecycleContractTest \
  || die "the consumers' tests did not run as they should: see above"

# As a program: its own modules and their dependencies, but for JSpecify's annotations, which nothing needs at run time.
./mvnw --quiet --file consumers/module-path/pom.xml -Dmaven.repo.local="$work/repository" \
  org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
  -DincludeScope=runtime -DexcludeGroupIds=org.jspecify -DoutputDirectory=target/modules
"${JAVA_HOME:+$JAVA_HOME/bin/}java" --module-path consumers/module-path/target/classes:consumers/module-path/target/modules \
  --module example.consumer/example.consumer.Consumer

# Their own dependencies may come from the local repository in use. The tests have run with the checkout.
for example in custom-lambda controller tested-handler; do
  mkdir -p "$work/$example"
  cp -r "examples/$example/pom.xml" "examples/$example/src" "$work/$example"
  ./mvnw --quiet --file "$work/$example/pom.xml" -Dmaven.repo.local="$work/repository" -Dmaven.repo.local.tail="$used" test-compile
done
