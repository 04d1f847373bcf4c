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

# points PRESET VARIANT SEED [OPTION ...]: trains, or goes on, and leaves 2500 generated points in $points (x, y and nothing else after the header). What is there already is kept.
points() {
    run=$out/$(basename "$1" .yaml)-$2-$3 points=$out/$(basename "$1" .yaml)-$2-$3${5:+-${5#*=}}.csv
    if [ ! -f "$points" ]; then
        ./gan train "$1" --variant "$2" --set seed="$3" "${@:4}" "${set[@]}" --out "$run" --resume > "$run.log" 2>&1 || { tail -n 3 "$run.log" >&2; exit 1; }
        ./gan export "$run" >> "$run.log" 2>&1
        ./gan generate "$run/generator.onnx" --count 2500 --out "$points" >> "$run.log" 2>&1
    fi
}

# spread: the mean and the standard deviation of the numbers that it reads, of each column after the first, which names the row.
spread() {
    awk '{ n++; name = $1; for (i = 2; i <= NF; i++) { s[i] += $i; q[i] += $i * $i } columns = NF }
        END { printf "| %s |", name; for (i = 2; i <= columns; i++) { m = s[i] / n; v = n > 1 ? (q[i] - n * m * m) / (n - 1) : 0; printf " %.4g ± %.2g |", m, sqrt(v > 0 ? v : 0) } print "" }'
}

echo "machine: $(nproc --all) cores, load $(cut -d' ' -f1-3 /proc/loadavg)"
echo
echo "Vanishing gradients: 50 steps of D to one of a generator that hardly moves (a ring of Gaussians, far from where G begins). Norm of G's gradient as D gets ahead:"
printf '  %-16s %10s %12s %12s %14s\n' objective 'D steps' 'D accuracy' 'fake score' "G's gradient"
for objective in minimax non_saturating; do
    run=$out/ahead-$objective
    [ -f "$run/last.ckpt" ] || ./gan train models/moons-gan.yaml --out "$run" --set objective=$objective --set "data={kind: ring, train: 1250}" --set epochs=40 --set log_every=1 --set sample_every=0 \
        --set "update={scheme: alternating, discriminator_steps: 50, generator_noise: fresh}" --set generator_optimizer.learning_rate=1e-6 > "$run.log" 2>&1
    awk -F, -v o=$objective 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } $c["step"] == 1 || $c["step"] == 10 || $c["step"] == 40 {
        printf "  %-16s %10d %12.3f %12.2e %14.2e\n", o, 50 * $c["step"], $c["d_accuracy"], $c["fake_score"], $c["g_gradient_norm"] }' "$run/metrics.csv"
done

echo
echo "Mode collapse: 25 Gaussians on a grid. Modes that at least 10 of 2500 points lie within 3 standard deviations of, and the share of points (%) that lie so near to any;"
echo "mean ± standard deviation over $seeds seeds:"
echo
echo "| training | modes of 25 | good points, % |"
echo "|---|---|---|"
for variant in plain wasserstein-gp unrolled packed; do
    for ((seed = 1; seed <= seeds; seed++)); do
        points models/remedies/grid.yaml $variant $seed
        awk -F, -v v=$variant 'NR > 1 { i = int(($1 + 5) / 2); j = int(($2 + 5) / 2); dx = $1 - 2 * i + 4; dy = $2 - 2 * j + 4
            if (i >= 0 && i < 5 && j >= 0 && j < 5 && dx * dx + dy * dy < 0.0225) { n[i, j]++; good++ } }
            END { for (k in n) modes += n[k] >= 10; print v, modes + 0, 100 * good / (NR - 1) }' "$points"
    done | spread
done

echo
echo "Failure to converge: two moons without noise, both networks moving at once. Mean distance of 2500 points from the curves after so many epochs; mean ± standard deviation"
echo "over $seeds seeds:"
echo
ages=(50 100 150 200)
echo "| training |$(printf ' %s |' "${ages[@]}")"
echo "|---|$(printf -- '---|%.0s' "${ages[@]}")"
for variant in plain noise penalty; do
    for ((seed = 1; seed <= seeds; seed++)); do
        printf '%s' $variant
        for age in "${ages[@]}"; do
            points models/remedies/fixed-point.yaml $variant $seed --set epochs=$age
            awk -F, 'function length2(x, y) { return sqrt(x * x + y * y) }
                function abs(x) { return x < 0 ? -x : x }
                function min(a, b) { return a < b ? a : b }
                NR > 1 { upper = $2 >= 0 ? abs(length2($1, $2) - 1) : min(length2($1 - 1, $2), length2($1 + 1, $2))
                         lower = $2 <= 0.5 ? abs(length2($1 - 1, $2 - 0.5) - 1) : min(length2($1, $2 - 0.5), length2($1 - 2, $2 - 0.5)); sum += min(upper, lower) }
                END { printf " %.5f", sum / (NR - 1) }' "$points"
        done
        echo
    done | spread
done
echo
echo "runs: $out"
