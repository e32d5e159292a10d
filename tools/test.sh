#!/usr/bin/env bash
# All tests, on real servers. Races and chaos own their machine while they run; browser journeys leave a running event
# loop behind, in which later async tests would fail: hence one pytest each. pytest itself says what it left out and why.
set -uo pipefail
cd "$(dirname "$0")/.."
source tools/stages.sh
PATH=$PWD/.venv/bin:$PATH
apart=(races chaos deploy journeys)
limit=1800 # seconds a group, should a test get past its own limit

pytests() { timeout --kill-after=20 --signal=INT $limit python -m pytest "$@"; }

stage "system packages" bash tools/system_packages.sh
stage "a MySQL for the tests" bash tools/make_mysql.sh
stage "tests" pytests tests "${apart[@]/#/--ignore=tests/}"
for group in "${apart[@]}"; do
    if compgen -G "tests/$group/test_*.py" >/dev/null; then stage "$group" pytests "tests/$group"; fi
done
finish
