# Shared by the scripts beside it: where things are, how to say what is wrong, how to install what is missing.
# Sourced, not run. Expects `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s\n' "$*" >&2; }

die() {
  say "drawbridge: $*"
  exit 1
}

# Installs Debian packages that are missing; asks for sudo only when there is something to install.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  command -v apt-get >/dev/null || die "these are needed: ${missing[*]}. Install them with your system's package manager."
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these are needed: ${missing[*]}. Run as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing ${missing[*]} ..."
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Whether a directory holds JDK 25.
is_jdk25() {
  [ -x "$1/bin/javac" ] && grep -Eqs '^JAVA_VERSION="25(\.|")' "$1/release"
}

# Prints the home of a JDK 25, or fails.
find_jdk25() {
  local home
  for home in "${JAVA_HOME:-}" \
    "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /nonexistent/bin/javac)")")")" \
    /usr/lib/jvm/* /opt/*jdk* /usr/local/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -n "$home" ] && is_jdk25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}

# Sets JAVA_HOME to a JDK 25, installing Debian's where there is one.
use_jdk25() {
  local home
  if ! home=$(find_jdk25); then
    if apt-cache show openjdk-25-jdk-headless >/dev/null 2>&1; then
      install_packages openjdk-25-jdk-headless
    fi
    home=$(find_jdk25) || die "JDK 25 was not found in JAVA_HOME, PATH or /usr/lib/jvm, and this Debian has no package of it. Install one, for example Temurin 25, or set JAVA_HOME."
  fi
  export JAVA_HOME=$home
}

# Whether some input is newer than the mark a finished build left.
is_stale() {
  local mark=$1
  shift
  [ ! -e "$mark" ] || [ -n "$(find "$@" -newer "$mark" -print -quit 2>/dev/null)" ]
}

# Node.js and npm, from Debian unless they are there already.
use_node() {
  command -v node >/dev/null && command -v npm >/dev/null || install_packages nodejs npm
}

# Whether something can be put there: a service may not, from a checkout that it only reads.
may_write() { [ -w "$1" ]; }

# Builds the web phone into web/dist unless it is up to date.
build_web() {
  is_stale "$root/web/dist/.built" "$root"/web/src "$root"/web/package.json "$root"/web/package-lock.json "$root"/web/*.mjs || return 0
  [ ! -e "$root/web/dist/.built" ] || may_write "$root/web/dist" || return 0
  use_node
  say "Building the web phone ..."
  (cd "$root/web" && npm ci --silent --no-audit --no-fund && npm run --silent build)
  touch "$root/web/dist/.built"
}

# Maven on JDK 25, without its banner and the warnings of its own old libraries.
run_maven() {
  command -v mvn >/dev/null || install_packages maven
  (cd "$root" && MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" mvn -B -ntp -Dstyle.color=never "$@")
}

# Whether a program runs from the jars that were built before. It opens some of them only when it needs them.
is_running() {
  [ -e "$app_jar" ] && grep -qszxF -- "$app_jar" /proc/[0-9]*/cmdline
}

# Builds the SBC's jars into sbc-core/target/app unless they are up to date, or in use.
build_sbc() {
  local mark=$root/sbc-core/target/app/.built
  is_stale "$mark" "$root"/pom.xml "$root"/sbc-*/pom.xml "$root"/sbc-*/src/main || return 0
  if is_running; then
    say "The sources are newer than the Drawbridge that runs: stop it, and the next start builds them."
    return 0
  fi
  if [ -e "$mark" ] && ! may_write "$root/sbc-core/target/app"; then
    say "The sources are newer than what was built, and $(id -un) may not build here, so this runs what was built. To build: sudo bin/sbc build"
    return 0
  fi
  say "Building Drawbridge ..."
  rm -rf "$root/sbc-core/target/app" # jars of versions we no longer use would be found first
  run_maven -q -Dmaven.test.skip -Dspotless.check.skip=true -pl sbc-core -am package 2>&1 | sed 's/\x1b\[[0-9;]*m//g' >&2
  touch "$mark"
}

# How the JVM runs, and how it must run while it is watched: an AOT cache fits only the options it was made with.
# Out of memory it ends, so that systemd starts it anew: threads have died by then, and what is left serves nobody.
app_jar=$root/sbc-core/target/app/sbc-core-0.1.0-SNAPSHOT.jar
aot_cache=$root/sbc-core/target/app/drawbridge.aot
jvm=(--sun-misc-unsafe-memory-access=allow -Dio.netty.leakDetection.level=disabled -XX:+UseZGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -Xms32m "-Xmx${SBC_HEAP:-512m}")

# Lets the JVM watch a few hundred calls once after a build, so that every start finds its classes loaded and its hot
# methods known. Without the cache it all works, more slowly at first.
rehearse() {
  is_stale "$aot_cache" "$app_jar" || return 0
  may_write "$root/sbc-core/target/app" || return 0
  say "Rehearsing, so that later starts are quick ..."
  local folder
  folder=$(mktemp -d)
  "$JAVA_HOME/bin/java" "${jvm[@]}" -XX:AOTCacheOutput="$aot_cache.new" -Xlog:aot*=off -Xlog:cds*=off \
    -jar "$app_jar" rehearse --folder "$folder" >/dev/null 2>"$folder/log" &&
    mv "$aot_cache.new" "$aot_cache" ||
    say "drawbridge: the rehearsal failed, so the first calls may be slow: $(tail -n 1 "$folder/log")"
  rm -rf "$folder" "$aot_cache.new"
}

# Goes on as the SBC's JVM, with the arguments of its command line.
become_sbc() {
  # shellcheck disable=SC2086 # several options, or none
  exec "$JAVA_HOME/bin/java" "${jvm[@]}" -XX:AOTCache="$aot_cache" -Xlog:aot*=off -Xlog:cds*=off ${SBC_JAVA_OPTS:-} -jar "$app_jar" "$@"
}
