#!/usr/bin/env bash
# The remedies for vanishing gradients, mode collapse and failure to converge, each against the plain pair: [--seeds N] [--out FOLDER] [--set KEY=VALUE ...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

seeds=3 out=$(mktemp -d) set=()
while [ $# -gt 0 ]; do
    case $1 in
        --seeds) seeds=$2 ;;
        --out) out=$2 ;;
        --set) set+=(--set "$2") ;;
        *) echo "usage: scripts/bench.sh remedies [--seeds N] [--out FOLDER] [--set KEY=VALUE ...]" >&2; exit 1 ;;
    esac
    shift 2
done
mkdir -p "$out"

# points PRESET VARIANT SEED: trains, and leaves 2500 generated points in $points (x, y and nothing else after the header). What is there already is kept.
points() {
    run=$out/$(basename "$1" .yaml)-$2-$3 points=$run/points.csv
    if [ ! -f "$points" ]; then
        rm -rf "$run"
        ./gan train "$1" --variant "$2" --set seed="$3" "${set[@]}" --out "$run" > "$run.log" 2>&1 || { tail -n 3 "$run.log" >&2; exit 1; }
        ./gan export "$run" >> "$run.log" 2>&1
        ./gan generate "$run/generator.onnx" --count 2500 --out "$points" --force >> "$run.log" 2>&1
    fi
}

# gradients RUN STEP ...: the norm of G's gradient in the rows of metrics.csv at these steps.
gradients() {
    for step in "${@:2}"; do
        awk -F, -v step="$step" 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i } $c["step"] == step { printf " %s", $c["g_gradient_norm"] }' "$1/metrics.csv"
    done
}

# spread: the mean and the standard deviation of the numbers that it reads, of each column after the first, which names the row.
spread() {
    awk '{ n++; name = $1; for (i = 2; i <= NF; i++) { s[i] += $i; q[i] += $i * $i } columns = NF }
        END { printf "| %s |", name; for (i = 2; i <= columns; i++) { m = s[i] / n; v = n > 1 ? (q[i] - n * m * m) / (n - 1) : 0
            printf " %.4g ± %.2g |", m, sqrt(v > 0 ? v : 0) } print "" }'
}

echo "machine: $(nproc --all) cores, load $(cut -d' ' -f1-3 /proc/loadavg)"
echo
echo "Vanishing gradients: 50 steps of D to one of a generator that hardly moves (a ring of Gaussians, far from where G begins)." \
    "Norm of G's gradient after so many steps of D;"
echo "mean ± standard deviation over $seeds seeds:"
echo
echo "| objective | 50 | 500 | 2000 |"
echo "|---|---|---|---|"
for objective in minimax non_saturating; do
    for ((seed = 1; seed <= seeds; seed++)); do
        run=$out/ahead-$objective-$seed
        [ -f "$run/last.ckpt" ] || ./gan train models/moons-gan.yaml --variant source_second --out "$run" --set objective=$objective \
            --set "data={kind: ring, train: 1250}" --set epochs=40 --set log_every=1 --set sample_every=0 \
            --set "update={scheme: alternating, discriminator_steps: 50, generator_noise: fresh}" \
            --set generator_optimizer.learning_rate=1e-6 --set seed=$seed > "$run.log" 2>&1
        printf '%s%s\n' $objective "$(gradients "$run" 1 10 40)"
    done | spread
done

echo
echo "Mode collapse: 25 Gaussians on a grid." \
    "Modes with at least one, and with at least ten, of 2500 points within 3 standard deviations, and the share of points (%) so near to any"
echo "(1.8 where they are spread evenly); mean ± standard deviation over $seeds seeds:"
echo
echo "| training | modes with a point | modes with ten | good points, % |"
echo "|---|---|---|---|"
for variant in plain packed wasserstein-gp plain-slow unrolled; do
    for ((seed = 1; seed <= seeds; seed++)); do
        points models/remedies/grid.yaml $variant $seed
        awk -F, -v v=$variant 'NR > 1 { i = int(($1 + 5) / 2); j = int(($2 + 5) / 2); dx = $1 - 2 * i + 4; dy = $2 - 2 * j + 4
            if (i >= 0 && i < 5 && j >= 0 && j < 5 && dx * dx + dy * dy < 0.0225) { n[i, j]++; good++ } }
            END { for (k in n) { some++; ten += n[k] >= 10 }; print v, some + 0, ten + 0, 100 * good / (NR - 1) }' "$points"
    done | spread
done

echo
echo "Failure to converge: all data at one point (the Dirac-GAN), both networks moving at once." \
    "Norm of G's gradient, that is D's slope, which is 0 in equilibrium, after so many steps,"
echo "and the mean distance of 2500 points from the point at the end; mean ± standard deviation over $seeds seeds:"
echo
ages=(250 500 1000 1500 2000)
echo "| training |$(printf ' %s |' "${ages[@]}") distance |"
echo "|---|$(printf -- '---|%.0s' "${ages[@]}")---|"
for variant in plain noise penalty; do
    for ((seed = 1; seed <= seeds; seed++)); do
        points models/remedies/fixed-point.yaml $variant $seed
        printf '%s%s' $variant "$(gradients "$run" "${ages[@]}")"
        awk -F, 'NR > 1 { sum += sqrt(($1 - 2) ^ 2 + $2 ^ 2) } END { printf " %.5f\n", sum / (NR - 1) }' "$points"
    done | spread
done
echo
echo "runs: $out"
