#!/usr/bin/env bash
# What the pages cost that are made while a run trains: the time in training, and how much of it went into pages.
# Trains for some minutes, then prints both.
# Usage: scripts/bench.sh report [PRESET [GAN OPTIONS...]]   Default: moons, long enough for many refreshes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[ $# -gt 0 ] || set -- "$root/models/moons-cgan.yaml" --set epochs=1500 --set sample_every=50
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$root/gan" train "$@" --out "$folder/run" > /dev/null
awk -F, '$1 == "cost" { value = $NF; name = $2; for (i = 3; i < NF; i++) name = name "," $i; gsub(/"/, "", name)
                         print name ": " value; last = this; this = value }
         END { printf "share: %.2f %%\n", 100 * this / last }' "$folder/run/run.csv"
du -k "$folder/run/report.html" | awk '{ print "report.html: " $1 " KiB" }'
