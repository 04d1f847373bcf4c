#!/usr/bin/env bash
# Tables: class accuracy, rows alone, up-sampling against what costs nothing and CTGAN; --scale: time and memory on a large one.
# Arguments are those of run.py, which says how it measures, for example --sets car --steps 500; after --scale those of scale.py.
# Needs scripts/setup-pytorch.sh, or a Python with PyTorch and scikit-learn in GAN_PYTHON.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${GAN_PYTHON:-$here/../../scripts/pytorch.sh}
"$here/../../gan" --version > /dev/null # builds the command line where it is not there
if [ "${1:-}" = --scale ]; then exec "$python" "$here/scale.py" "${@:2}"; fi
exec "$python" "$here/run.py" "$@"
