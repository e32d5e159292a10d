#!/usr/bin/env bash
# A real MySQL for the tests, in a folder outside the checkout that is kept from run to run. Debian's stable release
# has only MariaDB, so the server and the libraries it was built for come from sid, in a tree of their own.
# Where that cannot be done it says why and ends well: the MySQL tests are then skipped with a reason.
set -euo pipefail
tree=${XDG_CACHE_HOME:-$HOME/.cache}/bookstore/mysql

left_out() { echo "No MySQL for the tests: $1"; exit 0; }
works() { [ -d "$1/template/mysql" ] && chroot "$1" /usr/sbin/mysqld --version >/dev/null 2>&1; }

PATH=$PATH:/usr/sbin:/sbin
[ "$(id -u)" = 0 ] || left_out "a chroot needs root."
if works "$tree"; then
    find "$tree/runs" -mindepth 1 -maxdepth 1 -mmin +600 -exec rm -rf {} + # left by runs that were killed
    exit 0
fi
grep -qs '^ID=debian' /etc/os-release || left_out "this is not a Debian, whose sid has the package."
command -v debootstrap >/dev/null || left_out "debootstrap is not installed."
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v -e security -e node | head -1)
[ -n "$mirror" ] || left_out "apt-get knows no mirror."

echo "Making a MySQL in $tree (about a minute, once)"
mkdir -p "$(dirname "$tree")"
fresh=$(mktemp -d "$tree.XXXXXX")
trap 'rm -rf "$fresh"' EXIT
debootstrap --variant=minbase --include=mysql-server-core sid "$fresh" "$mirror" >"$fresh.log" 2>&1 ||
    { tail -5 "$fresh.log"; left_out "debootstrap failed."; }
rm -rf "$fresh.log" "$fresh"/var/cache/apt/archives/*.deb "$fresh"/usr/share/{doc,locale,man}
mkdir -p "$fresh/tmp" "$fresh/runs"
chroot "$fresh" /usr/sbin/mysqld --no-defaults --initialize-insecure --user=root --datadir=/template \
    --innodb-redo-log-capacity=16M >"$fresh.log" 2>&1 || { tail -5 "$fresh.log"; left_out "mysqld did not initialise."; }
rm -f "$fresh.log"
works "$fresh" || left_out "mysqld does not run here."
rm -rf "$tree"
mv "$fresh" "$tree"
