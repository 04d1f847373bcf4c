#!/usr/bin/env bash
# Imputing: a fifth of the cells of five tables hidden; forests, GAIN and the best of them against scikit-learn's iterated forests and neighbours.
# Arguments are those of run.py, which says how it measures, for example --sets yeast --seeds 1.
# Needs scripts/setup-pytorch.sh, or a Python with scikit-learn in GAN_PYTHON.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../../gan" --version > /dev/null # builds the command line where it is not there
exec "${GAN_PYTHON:-$here/../../scripts/pytorch.sh}" "$here/run.py" "$@"
