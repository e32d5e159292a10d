#!/usr/bin/env bash
# What the tests need from the system: a MariaDB, a Redis, a Chromium and the means to make a MySQL.
# Nothing that is there already is touched, and no service is started. Where apt-get may not be used, what is
# missing is said and the run goes on: pytest then skips those tests with the same reason.
set -euo pipefail

declare -A package=([mariadbd]=mariadb-server [redis-server]=redis-server [chromium]=chromium [debootstrap]=debootstrap)
policy=/usr/sbin/policy-rc.d

missing() {
    for program in "${!package[@]}"; do
        PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null || echo "$program"
    done
}

root=()
may_install() {
    command -v apt-get >/dev/null && [ -e /etc/debian_version ] || return 1
    [ "$(id -u)" = 0 ] && return
    sudo -n true 2>/dev/null && root=(sudo -n)
}

# Debian starts a server as soon as it is installed; a policy that says no is the documented way to stop that.
install_quietly() {
    local laid=
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee $policy >/dev/null && "${root[@]}" chmod +x $policy && laid=yes
    fi
    local log
    log=$(mktemp)
    "${root[@]}" apt-get update -qq >"$log" 2>&1 || true # one unreachable source need not be ours
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1 ||
        tail -20 "$log"
    rm -f "$log"
    [ -z "$laid" ] || "${root[@]}" rm -f $policy
}

mapfile -t wanted < <(missing)
[ ${#wanted[@]} -gt 0 ] || exit 0
if may_install; then
    echo "Installing for the tests: ${wanted[*]}"
    install_quietly fonts-dejavu-core $(for program in "${wanted[@]}"; do echo "${package[$program]}"; done)
else
    echo "apt-get may not be used here (neither root nor sudo on a Debian or Ubuntu)."
fi
for program in $(missing); do
    echo "Not at hand: $program (package ${package[$program]}). The tests that need it will be left out."
done
