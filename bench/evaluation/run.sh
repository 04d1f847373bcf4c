#!/usr/bin/env bash
# Full-size sanity of the metrics, and what they cost.
# 10,000 MNIST images that the classifier never saw, the same with grain, noise, real ones without three classes, and copies of training images, all against the
# 10,000 test images. Prints a table; the numbers are in OUT/*.csv, the seconds a metric takes in OUT/*.log.
#   scripts/bench.sh evaluation [MNIST-FOLDER [OUT]]     needs scripts/setup-pytorch.sh, or a Python with NumPy in GAN_PYTHON
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
data="${1:-${GAN_DATA:-$root/../shared/data}/mnist}"
out="${2:-$root/runs/bench-evaluation}"
python=${GAN_PYTHON:-$root/scripts/pytorch.sh}
mkdir -p "$out"
"$python" "$root/bench/evaluation/sets.py" "$data" "$out"
for set in real grainy noise dropped copies; do
    "$root/gan" evaluate "$out/$set" --data "$out/data" --out "$out/$set.csv" --pictures "$out/$set-pictures" --force > "$out/$set.txt" 2> "$out/$set.log" \
        || { tail -n 3 "$out/$set.log" >&2; exit 1; }
done
python3 "$root/bench/evaluation/table.py" "$out"
