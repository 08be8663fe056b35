# shellcheck shell=bash
# What building and measuring the archive share: a JDK 25, keys for TLS, boots in which EC2 is a fake behind TLS. Sourced, not run; the caller sets
# module_dir.

# shellcheck disable=SC2154 # module_dir is the caller's
repo=$(cd "$module_dir/../.." && pwd)
target=$module_dir/target

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

# The named one, or the first below /usr/lib/jvm that says so itself.
find_jdk_25() {
  local home
  for home in ${JAVA_25_HOME:+"$JAVA_25_HOME"} /usr/lib/jvm/*; do
    if [[ -x $home/bin/jlink ]] && grep --quiet '^JAVA_VERSION="25[.\"]' "$home/release" 2>/dev/null; then
      printf '%s\n' "$home"
      return
    fi
  done
  return 1
}

# A key for 127.0.0.1, and a trust store of the usual size that knows it.
make_keys() {
  local jdk=$1 dir=$2 cacerts=$3
  "$jdk/bin/keytool" -genkeypair -alias ec2 -keyalg RSA -keysize 2048 -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1 -validity 3650 \
    -storetype PKCS12 -keystore "$dir/keys.p12" -storepass changeit 2>/dev/null
  "$jdk/bin/keytool" -exportcert -alias ec2 -keystore "$dir/keys.p12" -storepass changeit -file "$dir/ec2.crt" 2>/dev/null
  cp "$cacerts" "$dir/trust"
  chmod u+w "$dir/trust"
  "$jdk/bin/keytool" -importcert -noprompt -alias ec2 -file "$dir/ec2.crt" -keystore "$dir/trust" -storepass changeit 2>/dev/null
}

trust_options() { printf -- '-Djavax.net.ssl.trustStore=%s/trust -Djavax.net.ssl.trustStorePassword=changeit' "$1"; }

# rehearse JDK train|measure KEYS-DIR COMMAND...
rehearse() {
  local jdk=$1 mode=$2 dir=$3
  shift 3
  "$jdk/bin/java" -cp "$target/test-classes:$target/classes:$repo/multus-testkit/target/classes:$target/jars/*" \
    io.github.multus4j.examples.agent.BootRehearsal "$mode" "$dir/keys.p12" changeit "$@"
}
