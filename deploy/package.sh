#!/usr/bin/env bash
# Builds what the templates deploy and uploads it to a bucket: the Lambda function's zip and the node agent's archive.
#
#   deploy/package.sh BUCKET [--prefix PREFIX] [--only lambda|agent] [--dry-run]
#
# The objects are PREFIXmultus-lambda.zip (the template's LambdaS3Key), PREFIXmultus-agent-VERSION-linux-ARCH.tar.gz and its .sha256. --dry-run builds
# nothing, needs no aws, and prints what would be done. Needs a JDK 17 or newer; the agent needs a JDK 25 (JAVA_25_HOME, or below /usr/lib/jvm).
set -euo pipefail

deploy=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$deploy")

die() {
  printf 'package.sh: %s\n' "$*" >&2
  exit 2
}

# Prints the command in a dry run, else runs it.
do_it() {
  if [[ $dry_run == true ]]; then
    printf '%q ' "$@"
    printf '\n'
  else
    "$@"
  fi
}

read_arguments() {
  bucket='' prefix='' only='' dry_run=false
  while [[ $# -gt 0 ]]; do
    case $1 in
      --prefix | --only)
        [[ $# -gt 1 ]] || die "$1 needs a value"
        if [[ $1 == --prefix ]]; then prefix=$2; else only=$2; fi
        shift
        ;;
      --dry-run) dry_run=true ;;
      -h | --help)
        sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
        exit 0
        ;;
      -*) die "unknown option $1; --help says more" ;;
      *)
        [[ -z $bucket ]] || die "one bucket, please: $bucket, and also $1"
        bucket=$1
        ;;
    esac
    shift
  done
  # https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  [[ $bucket =~ ^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$ ]] || die "BUCKET: '$bucket': expected a bucket's name, 3 to 63 lower-case letters, digits, '.' and '-'"
  [[ -z $only || $only == lambda || $only == agent ]] || die "--only: '$only': expected lambda or agent"
  [[ $prefix != /* ]] || die "--prefix: '$prefix': expected a key's beginning like multus/1.0/, without '/' in front"
}

# All that is missing, before anything is built.
need_tools() {
  local missing=() tool
  [[ $dry_run == true ]] || for tool in aws sha256sum; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [[ -n ${JAVA_HOME:-} ]] || command -v java >/dev/null || missing+=("java (or JAVA_HOME)")
  if [[ $only != lambda ]] && ! has_jdk_25; then missing+=("a JDK 25 (JAVA_25_HOME), for the agent"); fi
  [[ ${#missing[@]} -eq 0 ]] || die "missing: $(printf '%s; ' "${missing[@]}")nothing was built"
}

has_jdk_25() (
  module_dir=$deploy/node-agent
  # shellcheck source=deploy/node-agent/rehearsal.sh
  source "$module_dir/rehearsal.sh"
  find_jdk_25 >/dev/null
)

upload() {
  local file=$1 key=$prefix$2
  if [[ $dry_run != true ]]; then
    printf '%s  %s bytes  sha256 %s\n' "$key" "$(stat -c %s "$file")" "$(sha256sum "$file" | cut -d ' ' -f 1)"
  fi
  do_it aws s3 cp --only-show-errors "$file" "s3://$bucket/$key"
}

package_lambda() {
  do_it "$root/mvnw" --strict-checksums --quiet --batch-mode --no-transfer-progress --file "$root/pom.xml" -Dquick -DskipTests -Dshrink.skip=false -pl deploy/lambda -am package
  upload "$deploy/lambda/target/multus-lambda.jar" multus-lambda.zip
}

package_agent() {
  local archive=$deploy/node-agent/target/multus-agent-VERSION-linux-ARCH.tar.gz
  if [[ $dry_run == true ]]; then
    do_it "$deploy/node-agent/archive"
  else
    archive=$("$deploy/node-agent/archive")
  fi
  upload "$archive" "${archive##*/}"
  upload "$archive.sha256" "${archive##*/}.sha256"
}

read_arguments "$@"
need_tools
[[ $only == agent ]] || package_lambda
[[ $only == lambda ]] || package_agent
