#!/usr/bin/env bash
# Quality beside plain PyTorch: trains presets and their twins (bench/reference/train.py) for the same epochs and seeds, draws 10,000 samples of each, and has one judge
# measure them all. Usage: scripts/bench.sh quality [--data FOLDER] [--epochs N] [--seeds "1 2 3"] [--out FILE.csv] [--threads N] NAME[:VARIANT] ...
# NAME is a preset of IDX images; NAME:pytorch is its twin, which has the source's values. FOLDER holds the folders mnist and fashion-mnist (without it: $GAN_DATA, else data).
# One row a number: system,side,epochs,seed,metric,value. Rows that the file has are not measured again, so a run that was stopped goes on.
# Needs Debian's python3-torch for the twins, and trains for hours with full epochs.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
data=${GAN_DATA:-$root/data} epochs=5 seeds=1 out=$root/runs/quality.csv threads=0 systems=()
while [ $# -gt 0 ]; do
    case $1 in
        --data) data=$2; shift 2 ;;
        --epochs) epochs=$2; shift 2 ;;
        --seeds) seeds=$2; shift 2 ;;
        --out) out=$2; shift 2 ;;
        --threads) threads=$2; shift 2 ;;
        -*) echo "error: unknown option $1; see the head of bench/quality/run.sh" >&2; exit 1 ;;
        *) systems+=("$1"); shift ;;
    esac
done
[ ${#systems[@]} -gt 0 ] || { sed -n '2,6s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 1; }

"$root/gan" --help > /dev/null # builds the command line where it is not there
stack=$(sed -n 's:.*<GanStack>\(.*\)</GanStack>.*:\1:p' "$root/stack.props")
dotnet build "$root/bench/quality" -c Release -nologo -v quiet -clp:NoSummary < /dev/null
judge=$root/artifacts/$stack/bin/GanPipeline.Bench.Quality/release/GanPipeline.Bench.Quality
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$out")"
[ -s "$out" ] || echo system,side,epochs,seed,metric,value > "$out"

for system in "${systems[@]}"; do
    name=${system%%:*} side=${system#*:}
    [ "$side" != "$system" ] || side=preset
    preset=$root/models/$name.yaml
    [ -f "$preset" ] || { echo "error: $preset: no such preset" >&2; exit 1; }
    set=$(case $name in fashion*) echo fashion-mnist ;; *) echo mnist ;; esac)
    size=$(sed -n 's/^data:.*size: \([0-9]*\).*/\1/p' "$preset")
    for seed in $seeds; do
        row=$name,$side,$epochs,$seed
        if grep -q "^$row,frechet-distance," "$out"; then continue; fi
        echo "== $row" >&2
        samples=$work/idx/train
        rm -rf "$work"/*
        begin=$(date +%s.%N)
        if [ "$side" = pytorch ]; then
            python=$(command -v /usr/bin/python3 || command -v python3)
            "$python" "$root/bench/reference/train.py" "$name" --data "$data/$set" --epochs "$epochs" --seed "$seed" --threads "$threads" --out "$samples" >&2
        else
            variant=()
            [ "$side" = preset ] || variant=(--variant "$side")
            "$root/gan" train "$preset" ${variant[@]+"${variant[@]}"} --data "$data/$set" --out "$work/run" --set "epochs=$epochs" --set "seed=$seed" --set "threads=$threads" \
                --set sample_every=0 >&2
        fi
        seconds=$(echo "($(date +%s.%N) - $begin) / $epochs" | bc -l)
        if [ "$side" != pytorch ]; then
            "$root/gan" export "$work/run" --out "$work/g.onnx" >&2
            "$root/gan" generate "$work/g.onnx" --count 10000 --out "$work/idx" --format idx --seed "$seed" >&2
        fi
        "$judge" "$data/$set" "${size:-0}" "$samples" > "$work/judged"
        { printf '%s,seconds-an-epoch,%.2f\n' "$row" "$seconds"
          sed -n "s|^$samples \([^ ]*\) \(.*\)|$row,\1,\2|p" "$work/judged"; } >> "$out"
        grep "^$row," "$out" >&2
    done
done
