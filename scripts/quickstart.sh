#!/usr/bin/env bash
# Sets everything up, then takes two half-moons, one of them rare, through the whole pipeline: train, export, generate, up-sample, report.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
number=1
while [ -e "$root/runs/quickstart-$number" ]; do number=$((number + 1)); done
"$root/gan" run "$root/models/moons-cgan.yaml" --out "$root/runs/quickstart-$number"
