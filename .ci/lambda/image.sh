#!/usr/bin/env bash
# The Lambda's container image, made and run in this checkout.
#
#   .ci/lambda/image.sh JDK-25-HOME                       where no image can be pulled: the base is Debian's packages and that JDK
#   MULTUS_LAMBDA_BASE=IMAGE .ci/lambda/image.sh          on that image
#
# Packages the function, builds the image from its Dockerfile without a network, and runs LambdaImageIT on it. Needs JAVA_HOME for
# Maven, and the engine that container.sh finds or starts. Making a base needs root and debootstrap; it stays in the cache.
set -euo pipefail

# shellcheck source=.ci/container.sh
source "$(dirname "${BASH_SOURCE[0]}")/../container.sh"

jdk=${1:-}
[[ -n $jdk || -n ${MULTUS_LAMBDA_BASE:-} ]] || die "usage: $0 JDK-25-HOME"
checkout=$(cd "$ci_dir/.." && pwd)
image=multus4j/lambda-$$ base=${MULTUS_LAMBDA_BASE:-multus4j/lambda-base-$$}

# Where AWS's base images have their JDK.
build_base() {
  local root=$1 mirror=$2
  debootstrap --variant=minbase trixie "$root" "$mirror"
  mkdir "$root/var/lang"
  cp --archive --dereference "$jdk/." "$root/var/lang"
  rm -rf "$root"/var/lang/{jmods,lib/src.zip} "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}
}

base_tarball() {
  printf '%s/lambda-base-%s.tar\n' "$(cache_dir)" "$({ declare -f build_base; cat "$jdk/release"; } | sha256sum | cut -c 1-12)"
}

# In a subshell for its trap: debootstrap mounts /proc in the new root, and an interrupted run must not leave that behind.
install_base() (
  tarball=$(base_tarball)
  [[ ! -e $tarball ]] || return 0
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || die "apt knows no Debian mirror (is there a list of packages? apt-get update makes it)"
  root=$(cache_dir)/lambda-base.partial
  remove_tree "$root"
  trap 'remove_tree "$root"; rm -f "$tarball.partial"' EXIT
  trap 'exit 143' INT TERM HUP
  mkdir -p "$root"
  build_base "$root" "$mirror" >"$state_dir/base.log" 2>&1 || { show_tail "$state_dir/base.log"; die "the base could not be made"; }
  unmount_below "$root"
  tar --directory "$root" --create --file "$tarball.partial" .
  mv "$tarball.partial" "$tarball"
)

finish() {
  local status=$?
  trap - EXIT
  set +e
  docker image rm --force "$image" >/dev/null 2>&1
  [[ -n ${MULTUS_LAMBDA_BASE:-} ]] || docker image rm --force "$base" >/dev/null 2>&1
  stop_engine
  remove_tree "$state_dir"
  exit "$status"
}

need_state
trap finish EXIT
trap 'exit 143' INT TERM HUP

[[ -n ${MULTUS_LAMBDA_BASE:-} ]] || install_base
(cd "$checkout" && ./mvnw --batch-mode --quiet -Dquick -Pimage -pl deploy/lambda -am package -DskipTests)
start_engine
if [[ -n ${MULTUS_LAMBDA_BASE:-} ]]; then
  docker pull --quiet "$base"
else
  docker import "$(base_tarball)" "$base" >/dev/null
fi
# The classic builder: BuildKit is a plugin that Debian's engine does not bring.
DOCKER_BUILDKIT=0 docker build --network none --build-arg BASE="$base" --tag "$image" "$checkout/deploy/lambda"
docker image inspect --format '{{.Size}}' "$image" "$base" | paste --serial --delimiters ' ' \
  | { read -r whole below; say "image: $((whole / 1000000)) MB, of which the base has $((below / 1000000)) MB"; }
docker image history --no-trunc --format '{{.Size}}  {{.CreatedBy}}' "$image" | grep --extended-regexp --invert-match '^0B'
# The jar is in the image, and is not made again.
(cd "$checkout" && ./mvnw --batch-mode --quiet -Dquick -Pemulators -pl deploy/lambda -am verify -DskipTests \
  -Dshrink.skip=true -Dit.test=LambdaImageIT -DfailIfNoTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dmultus.lambda.image="$image")
python3 "$ci_dir/reports.py" tiers "$checkout" deploy/lambda:LambdaImageIT || die "the image was not tested as it should be: see above"
