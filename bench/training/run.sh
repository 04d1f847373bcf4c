#!/usr/bin/env bash
# A whole training step (D, G, both optimisers) of each preset, here and in plain PyTorch on the same libtorch, interleaved. Needs Debian's python3-torch.
# scripts/bench.sh training [--rounds N] [--seconds S] [--device cuda] [--out FILE.csv] [PRESET ...]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dotnet build "$here" -c Release -nologo -v quiet -clp:NoSummary < /dev/null >&2
exec "${GAN_PYTHON:-/usr/bin/python3}" "$here/run.py" "$@"
