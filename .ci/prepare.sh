#!/usr/bin/env bash
# Prepares a Debian machine for the steps: packages that are missing, and two JDKs. Installing needs root.
#
#   .ci/prepare.sh             installs packages and JDKs, and shows versions
#   .ci/prepare.sh packages    installs the packages only
#   .ci/prepare.sh jdk N       prints the home of JDK N: that of JAVA_N_HOME, or the first below /usr/lib/jvm
set -euo pipefail

# shellcheck source=.ci/container.sh
source "$(dirname "${BASH_SOURCE[0]}")/container.sh"

# Installs the packages that are missing. It renews the package lists only then.
need_packages() {
  local package missing=() log
  for package; do
    [[ $(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "installing ${missing[*]}"
  [[ $EUID -eq 0 ]] || die "these packages are missing, and installing them needs root: ${missing[*]}"
  log=$(mktemp)
  # RUNLEVEL=1 keeps the packages' own services from starting: each step starts the services that it needs, and stops them.
  DEBIAN_FRONTEND=noninteractive apt-get -qq update
  DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq -o DPkg::Lock::Timeout=300 \
    install --yes --no-install-recommends "${missing[@]}" >"$log" 2>&1 \
    || { show_tail "$log"; die "apt-get could not install ${missing[*]}"; }
  rm -f "$log"
}

packages() {
  local packages=(ca-certificates curl dbus debootstrap git iproute2 shellcheck systemd util-linux)
  # Debian's engine clashes with a foreign one; with one that answers, neither is needed.
  engine_answers || packages+=(docker.io)
  # The tests of the pages check the arguments of its commands.
  command -v kubectl >/dev/null || packages+=(kubernetes-client)
  find_python >/dev/null || packages+=(python3 python3-venv)
  find_go >/dev/null || packages+=(golang-go)
  need_packages "${packages[@]}"
  # debootstrap and a missing JDK look things up in apt's lists, which a fresh machine does not have.
  [[ -n $(debian_mirror) ]] || apt-get -qq update
}

find_jdk() {
  local release=$1 named=JAVA_${1}_HOME home
  for home in ${!named:+"${!named}"} /usr/lib/jvm/*; do
    if [[ -x $home/bin/javac ]] && grep --quiet "^JAVA_VERSION=\"${release}[.\"]" "$home/release" 2>/dev/null; then
      printf '%s\n' "$home"
      return
    fi
  done
  return 1
}

need_jdk() {
  local release=$1
  if ! find_jdk "$release"; then
    apt-cache show "openjdk-$release-jdk-headless" >/dev/null 2>&1 \
      || die "no JDK $release: set JAVA_${release}_HOME (Debian has no openjdk-$release-jdk-headless here)"
    need_packages "openjdk-$release-jdk-headless" >&2
    find_jdk "$release" || die "no JDK $release in /usr/lib/jvm after installing it"
  fi
}

case ${1:-} in
  '')
    packages
    printf 'JDK 17  %s\nJDK 25  %s\npython  %s\ngo      %s\ncache   %s\n' \
      "$(need_jdk 17)" "$(need_jdk 25)" "$(find_python)" "$(find_go)" "$(cache_dir)"
    ;;
  packages) packages ;;
  jdk) need_jdk "${2:?usage: $0 jdk N}" ;;
  *) die "unknown: $1; see the head of $0" ;;
esac
