#!/usr/bin/env bash
# Generated rows and real ones by the text of their numbers alone: [--steps N] [--epochs N] [--out FOLDER] [TABLE ...]
# Boosted trees are to tell them apart by length, decimals, zeros, last digits, exponents and signs: area under the ROC curve (0.5: they cannot), and the
# columns in which they can best. As many rows are generated of each class as there are.
# TABLE is one of GAN_DATA/tables (without it ../shared/data beside the project).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
data=${GAN_DATA:-$root/../shared/data}/tables
steps=1000 epochs=20 out= tables=()
while [ $# -gt 0 ]; do
    case $1 in
        --steps) steps=$2; shift 2 ;;
        --epochs) epochs=$2; shift 2 ;;
        --out) out=$2; shift 2 ;;
        -*) echo "usage: scripts/bench.sh text [--steps N] [--epochs N] [--out FOLDER] [TABLE ...]" >&2; exit 1 ;;
        *) tables+=("$1"); shift ;;
    esac
done
[ ${#tables[@]} -gt 0 ] || tables=(adult mammography german-credit oil-spill yeast)
[ -n "$out" ] || { out=$(mktemp -d); trap 'rm -rf "$out"' EXIT; }
mkdir -p "$out"
"$root/gan" --version > /dev/null # builds the command line where it is not there
dotnet build "$root/bench/text" -c Release -nologo -v quiet -clp:NoSummary < /dev/null

echo "table,steps,epochs,rows a side,area,worst columns"
for table in "${tables[@]}"; do
    real=$data/$table.csv
    # The class is the last column, and no class of these tables needs quotes.
    counts=$(tail -n +2 "$real" | awk -F, '{ n[$NF]++ } END { for (c in n) printf "%s%s=%d", (k++ ? "," : ""), c, n[c] }')
    { "$root/gan" train "$real" --out "$out/$table" --set "steps=$steps" --set "epochs=$epochs" &&
        "$root/gan" export "$out/$table" &&
        "$root/gan" generate "$out/$table/generator.onnx" --counts "$counts" --out "$out/$table.csv"; } > "$out/$table.log" 2>&1 \
        || { tail -n 3 "$out/$table.log" >&2; exit 1; }
    dotnet "$root/artifacts/bin/GanPipeline.Bench.Text/release/GanPipeline.Bench.Text.dll" "$real" "$out/$table.csv" class > "$out/$table.areas"
    awk -v OFS=, -v t="$table" -v s="$steps" -v e="$epochs" -v n="$(($(wc -l < "$real") - 1))" \
        'NR == 1 { all = $2 } NR > 1 && NR < 5 { worst = worst (NR > 2 ? " " : "") $1 " " $2 } END { print t, s, e, n, all, worst }' "$out/$table.areas"
done
