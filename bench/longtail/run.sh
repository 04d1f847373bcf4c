#!/usr/bin/env bash
# Long-tailed images (100:1): generated ones beside repeated and changed ones, a class-balanced loss and moved logits: [--sets "mnist ..."] [--seeds "1 2 3"]
# [--steps N] [--classifier-steps N] [--plain] [--out FILE.csv] [--work FOLDER]. --plain trains without DiffAugment, in rows of sets that are named so.
# The generator is trained on the long-tailed training part alone; a small classifier's macro-F1, recall of the rarest class and balanced accuracy are those on
# the whole test part. Sets are mnist, fashion-mnist and cifar10, in the folder that GAN_DATA names (without it ../shared/data beside the project). Run folders
# stay in --work and rows in --out, so a benchmark that was stopped goes on. mnist and fashion-mnist: mnist-cgan with translation and cutout of DiffAugment;
# cifar10: folder-cgan with half its channels, so that two cores suffice.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
data=${GAN_DATA:-$root/../shared/data} sets="mnist fashion-mnist cifar10" seeds="1 2 3" steps=9000 classifier=1000
out=$root/runs/longtail.csv work=$root/runs/longtail plain=
while [ $# -gt 0 ]; do
    case $1 in
        --sets) sets=$2; shift 2 ;;
        --seeds) seeds=$2; shift 2 ;;
        --steps) steps=$2; shift 2 ;;
        --classifier-steps) classifier=$2; shift 2 ;;
        --plain) plain=-plain; shift ;;
        --out) out=$2; shift 2 ;;
        --work) work=$2; shift 2 ;;
        *) sed -n '2,7s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 1 ;;
    esac
done
"$root/gan" --version > /dev/null # builds the command line where it is not there
dotnet build "$root/bench/longtail" -c Release -nologo -v quiet -clp:NoSummary < /dev/null
mkdir -p "$work" "$(dirname "$out")"
[ -s "$out" ] || echo "set,seed,ratio,method,macro-F1,recall of the rarest class,balanced accuracy" > "$out"

for seed in $seeds; do
    for set in $sets; do
        folder=$work/$set$plain-$seed/generator from=$data/$set mirrors=yes
        common=(--set data.long_tail=100 --set sampling=balanced --set threads=1 --set sample_every=0 --set "seed=$seed" --set "steps=$steps")
        case $set in
            cifar10)
                from=$work/cifar10
                if [ ! -d "$from" ]; then
                    mkdir -p "$from.part"
                    for part in train test; do tar xzf "$data/cifar10/$part.tar.gz" -C "$from.part"; done
                    mv "$from.part" "$from"
                fi
                options=(folder-cgan "${common[@]}" --set "generator.channels=[32, 32, 16, 16]" --set "discriminator.channels=[16, 32, 32]") ;;
            *)
                [ "$set" != mnist ] || mirrors=no
                options=(mnist-cgan "${common[@]}"
                    --set "regularizers=[{name: r1, weight: 1, every: 16}, {name: diff_augment, policy: [translation, cutout]}]") ;;
        esac
        every=$([ "$set" = cifar10 ] && echo 4 || echo 16)
        [ -z "$plain" ] || options+=(--set "regularizers=[{name: r1, weight: 1, every: $every}]")
        mkdir -p "$(dirname "$folder")"
        resume=()
        [ ! -d "$folder" ] || resume=(--resume)
        { "$root/gan" train "${options[@]}" --data "$from" --out "$folder" ${resume[@]+"${resume[@]}"} &&
            "$root/gan" export "$folder" --out "$folder.onnx" --force; } > "$folder.log" 2>&1 || { tail -n 3 "$folder.log" >&2; exit 1; }
        dotnet "$root/artifacts/bin/GanPipeline.Bench.LongTail/release/GanPipeline.Bench.LongTail.dll" \
            "$folder.onnx" "$from" "$set$plain" "$mirrors" "$classifier" "$out"
    done
done
