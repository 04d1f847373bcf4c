#!/usr/bin/env bash
# Parquet files of more and more rows trained on and up-sampled: seconds, rows a second, and the most memory that the process had.
# Usage: scripts/bench.sh parquet [OUT.csv] [ROWS ...]     by default 100000 and 1000000 rows.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=${1:-$root/runs/bench-parquet.csv}
shift || true
[ $# -gt 0 ] || set -- 100000 1000000
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$out")"
table=$root/samples/data/payments.csv
small=(--label class --set data.anchors=0)

# Runs gan, and says for how long and in how much memory.
measured() {
    local began peak=0 now id
    began=$(date +%s.%N)
    "$root/gan" "$@" > "$work/log" 2>&1 &
    id=$!
    while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$id/status" 2> /dev/null) && [ -n "$now" ]; do
        peak=$now
        sleep 0.05
    done
    wait "$id" || { cat "$work/log" >&2; exit 1; }
    awk -v began="$began" -v ended="$(date +%s.%N)" -v peak="$peak" -v rows="$rows" \
        'BEGIN { s = ended - began; printf "%.1f,%.0f,%.0f\n", s, rows / s, peak / 1024 }'
}

"$root/gan" train "$table" "${small[@]}" --out "$work/first" --set epochs=5 > /dev/null 2>&1
"$root/gan" export "$work/first" > /dev/null
echo "stage,rows,seconds,rows_per_second,peak_mib" | tee "$out"
for rows in "$@"; do
    rare=$((rows / 5))
    echo "make by upsample,$rows,$(measured upsample "$table" --generator "$work/first/generator.onnx" --balance "counts:genuine=$((rows - rare)),fraud=$rare" \
        --out "$work/t$rows.parquet")" | tee -a "$out"
    echo "train 50 steps,$rows,$(measured train "$work/t$rows.parquet" "${small[@]}" --out "$work/run$rows" --set epochs=1 --set steps=50)" | tee -a "$out"
    "$root/gan" export "$work/run$rows" > /dev/null
    echo "upsample by 1000 rows,$rows,$(measured upsample "$work/t$rows.parquet" --generator "$work/run$rows/generator.onnx" \
        --balance "counts:fraud=$((rare + 1000))" --out "$work/o$rows.parquet")" | tee -a "$out"
    echo "upsample to csv.gz,$rows,$(measured upsample "$work/t$rows.parquet" --generator "$work/run$rows/generator.onnx" \
        --balance "counts:fraud=$((rare + 1000))" --out "$work/o$rows.csv.gz")" | tee -a "$out"
done
