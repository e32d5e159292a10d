# Sourced by the commands that run several things: each says its name, its seconds and how it ended, and all of them
# run even when one fails.
stages=() failed=0

stage() {
    local name=$1 began=$SECONDS code=0
    shift
    printf '\n=== %s\n' "$name"
    "$@" </dev/null || code=$?
    if [ $code = 0 ]; then
        stages+=("ok      $((SECONDS - began)) s  $name")
    else
        stages+=("FAILED  $((SECONDS - began)) s  $name (exit code $code)")
        failed=1
    fi
    printf -- '--- %s\n' "${stages[-1]}"
}

finish() {
    printf '\n=== In short\n'
    printf '%s\n' "${stages[@]}"
    exit $failed
}
