#!/usr/bin/env bash
# A virtual environment with pip in it, on an image that may lack ensurepip and pip (Debian's and Ubuntu's do).
# The host of a package index is never written here: what pip and apt-get are set up with is what counts.
set -euo pipefail
python=$1 venv=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "BookStore needs Python 3.11 or later; $python is $("$python" -V 2>&1)." >&2
    exit 1
}

complete() { [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; }

with_ensurepip() { "$python" -m venv --clear "$venv" >/dev/null 2>&1 && complete; }

# pip outside the environment can put itself inside it.
with_the_pip_at_hand() {
    "$python" -m venv --clear --without-pip "$venv" >/dev/null 2>&1 || return 1
    "$python" -m pip --python "$venv/bin/python" install --quiet pip >/dev/null 2>&1 && complete
}

# Debian and Ubuntu have pip's wheel as a package of its own; apt-get fetches it without root, into a folder of ours.
with_the_wheel_of_apt() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
    echo "This Python lacks ensurepip: taking pip's wheel from the package python3-pip-whl." >&2
    local folder apt wheel
    folder=$(mktemp -d)
    mkdir -p "$folder"/{lists,cache}/partial
    apt=(apt-get -qq -o Dir::State::Lists="$folder/lists" -o Dir::Cache="$folder/cache" -o APT::Sandbox::User=)
    "${apt[@]}" update >/dev/null 2>&1 || true
    (cd "$folder" && "${apt[@]}" download python3-pip-whl && dpkg-deb -x python3-pip-whl_*.deb .) >/dev/null 2>&1
    wheel=$(echo "$folder"/usr/share/python-wheels/pip-*.whl)
    "$python" -m venv --clear --without-pip "$venv" >/dev/null 2>&1 &&
        "$venv/bin/python" "$wheel/pip" install --quiet --no-index "$wheel" >/dev/null
    rm -rf "$folder"
    complete
}

complete || with_ensurepip || with_the_pip_at_hand || with_the_wheel_of_apt || {
    rm -rf "$venv"
    echo "No way to make a virtual environment: this Python has neither ensurepip nor pip," >&2
    echo "and apt-get could not fetch one. Install python3-venv (or pip) and try again." >&2
    exit 1
}
