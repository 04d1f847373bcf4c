#!/usr/bin/env bash
# Benchmarks: `scripts/bench.sh NAME [OPTIONS]` runs one, without a name they are listed. They want a quiet machine; what they print says what else ran.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ $# = 0 ] || [ ! -x "bench/$1/run.sh" ]; then
    echo "usage: scripts/bench.sh NAME [OPTIONS]; names:" >&2
    for script in bench/*/run.sh; do echo "  $(basename "$(dirname "$script")"): $(sed -n '2s/^# //p' "$script")" >&2; done
    exit 1
fi
name=$1
shift
exec "bench/$name/run.sh" "$@"
