#!/usr/bin/env bash
# Commands that write, killed at random moments and then resumed or run again: is everything whole, the same, and nothing left over? [--kills N] [--seed N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
./gan --help > /dev/null # builds it where that is needed
OMP_NUM_THREADS=1 exec python3 bench/kill/run.py "$PWD/artifacts/bin/GanPipeline.Cli/release/gan" "$@"
