#!/usr/bin/env bash
# A virtual environment with pip in it, on an image that may lack ensurepip and pip (Debian's and Ubuntu's do).
# The host of a package index is never written here: what pip and apt-get are set up with is what counts.
set -euo pipefail
python=$1 venv=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "BookStore needs Python 3.11 or later; $python is $("$python" -V 2>&1)." >&2
    exit 1
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

complete() { [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; }

with_ensurepip() { "$python" -m venv --clear "$venv" >/dev/null 2>&1 && complete; }

# pip outside the environment can put itself inside it.
with_the_pip_at_hand() {
    "$python" -m venv --clear --without-pip "$venv" >/dev/null 2>&1 || return 1
    "$python" -m pip --python "$venv/bin/python" install --quiet pip >/dev/null 2>&1 && complete
}

with_apt() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; } || return 1
    echo "This Python lacks ensurepip: installing python3-venv with apt-get." >&2
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends python3-venv >/dev/null || return 1
    with_ensurepip
}

complete || with_ensurepip || with_the_pip_at_hand || with_apt || {
    rm -rf "$venv"
    echo "No way to make a virtual environment: this Python has neither ensurepip nor pip," >&2
    echo "and apt-get may not be used here. Install python3-venv (or python3-pip) and try again." >&2
    exit 1
}
