#!/usr/bin/env bash
# Synthetic copies of real tables by 'gan anonymize', without and with differential privacy: how far from real rows they are, and how useful.
# Usage: scripts/bench.sh anonymize [OUT.csv]     GAN_DATA names the folder with tables/. A private run has a secret seed: its number only counts.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=${1:-$root/runs/bench-anonymize.csv}
data=${GAN_DATA:-$root/../shared/data}/tables
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$out")"
echo "table,options,seed,metric,data,value,low,high" | tee "$out"
measure() { # TABLE SEED OPTIONS...
    local table=$1 seed=$2
    shift 2
    local repeat=(--seed "$seed")
    [ "${1:-}" != --epsilon ] || repeat=()
    "$root/gan" anonymize "$data/$table.csv" --out "$work/s.csv" --force "$@" "${repeat[@]}" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    # The fields that are wanted come before the one that may hold commas.
    tail -n +2 "$work/s.privacy.csv" | awk -F, -v OFS=, -v t="$table" -v o="$*" -v s="$seed" '{ print t, o, s, $1, $2, $4, $5, $6 }' | tee -a "$out"
}
for seed in 1 2 3; do
    for table in german-credit yeast adult; do
        measure "$table" "$seed"
        measure "$table" "$seed" --epsilon 3
    done
    measure car "$seed" --copies keep # all its possible rows are in the table, so copies are chance
done
