# SPDX-License-Identifier: AGPL-3.0-or-later
# shellcheck shell=bash
# What ./run, ./check and .ci/run share. Sourced with the repository's root as the working directory.

say() {
    printf '%s\n' "$*"
}

# Ends the script with one line of why.
die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

have() {
    command -v "$1" >/dev/null 2>&1
}

can_install() {
    [ "$(id -u)" = 0 ] && have apt-get
}

# apt_install PACKAGE...: quietly; says what it does.
apt_install() {
    say "Installing $* with apt"
    export DEBIAN_FRONTEND=noninteractive
    local log
    log=$(mktemp)
    if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "apt could not install $*"
    fi
    rm -f "$log"
}

java_command() {
    if [ -n "${JAVA_HOME:-}" ]; then
        printf '%s' "$JAVA_HOME/bin/java"
    else
        printf 'java'
    fi
}

need_java() {
    local java version
    java=$(java_command)
    have "$java" || die "needs a JDK 17 or newer: none found (set JAVA_HOME, or: apt install openjdk-17-jdk-headless)"
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${version:-0}" -ge 17 ] || die "needs a JDK 17 or newer, found ${version:-an unknown version}"
    have "${java}c" || die "needs a JDK, found only a Java runtime (apt install openjdk-17-jdk-headless)"
}

need_maven() {
    if ! have mvn; then
        can_install || die "needs Maven 3.8.6 or newer: none found (as root: apt install maven)"
        apt_install maven
    fi
    local version
    version=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    [ "$(printf '%s\n' 3.8.6 "${version:-0}" | sort -V | head -n 1)" = 3.8.6 ] ||
        die "needs Maven 3.8.6 or newer, found ${version:-an unknown version}"
}
