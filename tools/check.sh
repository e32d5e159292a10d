#!/usr/bin/env bash
# Everything that can be said about the code without running the shop.
set -uo pipefail
cd "$(dirname "$0")/.."
source tools/stages.sh
PATH=$PWD/.venv/bin:$PATH

stage "format" ruff format --check .
stage "lint" ruff check --output-format concise .
stage "types" mypy
stage "import directions" lint-imports
stage "templates" djlint --quiet --lint templates
stage "messages" python tools/messages.py --check
stage "settings table" python tools/settings_table.py --check
stage "tree" python tools/tree.py --check
stage "house: sizes, names, secrets" python tools/house.py
finish
