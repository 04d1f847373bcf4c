#!/usr/bin/env bash
# A fifth of the cells of real tables hidden at random, filled by 'gan impute', and compared with what was hidden.
# Beside it: scikit-learn's nearest neighbours and the mean.
# Usage: scripts/bench.sh impute [OUT.csv]     GAN_DATA names the folder with tables/.
# Needs scripts/setup-pytorch.sh, or a Python with scikit-learn in GAN_PYTHON.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=${1:-$root/runs/bench-impute.csv}
data=${GAN_DATA:-$root/../shared/data}/tables
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$out")"
cells() { "${GAN_PYTHON:-$root/scripts/pytorch.sh}" "$root/bench/impute/cells.py" "$@"; }
echo "table,rows,seed,gain_error,gain_right,knn_error,knn_right,mean_error,mean_right" | tee "$out"
for set in yeast german-credit car adult:5000 mammography:5000; do
    name=${set%:*} rows=${set#*:}
    [ "$rows" != "$set" ] || rows=
    for seed in 1 2 3; do
        cells hide "$data/$name.csv" "$work/t.csv" 0.2 "$seed" $rows
        "$root/gan" impute "$work/t.csv" --out "$work/filled.csv" --force --seed "$seed" > /dev/null 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
        echo "$name,${rows:-all},$seed,$(cells score "$work/t.csv" "$work/filled.csv")" | tee -a "$out"
    done
done
