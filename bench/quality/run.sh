#!/usr/bin/env bash
# Quality beside plain PyTorch: presets and their twins (bench/reference/train.py), trained for the same epochs and seeds, and all measured by one program.
# Usage: scripts/bench.sh quality [--data FOLDER] [--epochs N] [--seeds "1 2 3"] [--out FILE.csv] [--threads N] [--device cuda] [--jobs N] NAME[:VARIANT] ...
# NAME is a preset of IDX images; NAME:pytorch is its twin, which has the source's values. It measures 10,000 samples of each. --jobs trains so many at a
# time. FOLDER holds the folders mnist and fashion-mnist (without it: $GAN_DATA, else data). Without --epochs each trains as long as its preset says. One row a
# number: system,side,epochs,seed,metric,value. Rows that the file has are not measured again, so a run that was stopped goes on.
# The twins need scripts/setup-pytorch.sh, or a Python with PyTorch in GAN_PYTHON. Trains for hours with full epochs.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
data=${GAN_DATA:-$root/data} given=0 seeds=1 out=$root/runs/quality.csv threads=0 device=cpu jobs=1 systems=()
while [ $# -gt 0 ]; do
    case $1 in
        --data) data=$2; shift 2 ;;
        --epochs) given=$2; shift 2 ;;
        --seeds) seeds=$2; shift 2 ;;
        --out) out=$2; shift 2 ;;
        --threads) threads=$2; shift 2 ;;
        --device) device=$2; shift 2 ;;
        --jobs) jobs=$2; shift 2 ;;
        -*) echo "error: unknown option $1; see the head of bench/quality/run.sh" >&2; exit 1 ;;
        *) systems+=("$1"); shift ;;
    esac
done
[ ${#systems[@]} -gt 0 ] || { sed -n '2,7s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 1; }

"$root/gan" --help > /dev/null # builds the command line where it is not there
dotnet build "$root/bench/quality" -c Release -nologo -v quiet -clp:NoSummary < /dev/null
measure=$root/artifacts/bin/GanPipeline.Bench.Quality/release/GanPipeline.Bench.Quality
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$out")"
[ -s "$out" ] || echo system,side,epochs,seed,metric,value > "$out"

# Trains one side with one seed, draws samples, has them measured, and adds the rows: one NAME SIDE SEED FOLDER EPOCHS.
# What it does goes to FOLDER.log, the end of that to file 3 if it fails.
one() (
    trap '[ $? = 0 ] || tail -n 20 "$folder.log" >&3' EXIT
    name=$1 side=$2 seed=$3 folder=$4 epochs=$5 row=$1,$2,$5,$3
    preset=$root/models/$name.yaml samples=$folder/idx/train
    set=$(case $name in fashion*) echo fashion-mnist ;; *) echo mnist ;; esac)
    size=$(sed -n 's/^data:.*size: \([0-9]*\).*/\1/p' "$preset")
    mkdir -p "$folder"
    begin=$(date +%s.%N)
    if [ "$side" = pytorch ]; then
        "${GAN_PYTHON:-$root/scripts/pytorch.sh}" "$root/bench/reference/train.py" "$name" --data "$data/$set" --epochs "$epochs" --seed "$seed" \
            --threads "$threads" --device "$device" --out "$samples"
    else
        variant=()
        [ "$side" = preset ] || variant=(--variant "$side")
        "$root/gan" train "$preset" ${variant[@]+"${variant[@]}"} --data "$data/$set" --out "$folder/run" --device "$device" \
            --set data.long_tail=1 --set sampling=shuffle --set steps=0 --set "epochs=$epochs" --set "seed=$seed" --set "threads=$threads" --set sample_every=0
    fi
    seconds=$(echo "($(date +%s.%N) - $begin) / $epochs" | bc -l)
    if [ "$side" != pytorch ]; then
        "$root/gan" export "$folder/run" --out "$folder/g.onnx"
        "$root/gan" generate "$folder/g.onnx" --count 10000 --out "$folder/idx" --format idx --seed "$seed"
    fi
    "$measure" "$data/$set" "${size:-0}" "$threads" "$samples" > "$folder/measured"
    { printf '%s,seconds-an-epoch,%.2f\n' "$row" "$seconds"
      sed -n "s|^$samples \([^ ]*\) \(.*\)|$row,\1,\2|p" "$folder/measured"; } > "$folder/rows"
    cat "$folder/rows" >> "$out"
    cat "$folder/rows" >&3
    rm -rf "$folder"
)

for system in "${systems[@]}"; do
    [ -f "$root/models/${system%%:*}.yaml" ] || { echo "error: $root/models/${system%%:*}.yaml: no such preset" >&2; exit 1; }
done
failed=0
for seed in $seeds; do
    for system in "${systems[@]}"; do
        name=${system%%:*} side=${system#*:}
        [ "$side" != "$system" ] || side=preset
        epochs=$given
        [ "$epochs" != 0 ] || epochs=$(sed -n 's/^epochs: //p' "$root/models/$name.yaml")
        if grep -q "^$name,$side,$epochs,$seed,frechet-distance," "$out"; then continue; fi
        while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n || failed=1; done
        echo "== $name,$side,$epochs,$seed" >&2
        folder=$work/$name-$side-$seed
        one "$name" "$side" "$seed" "$folder" "$epochs" > "$folder.log" 3>&2 2>&1 &
    done
done
while [ -n "$(jobs -p)" ]; do wait -n || failed=1; done
exit "$failed"
