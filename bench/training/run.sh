#!/usr/bin/env bash
# A whole training step (D, G, both optimisers) of each preset beside plain PyTorch's, eager float32 and autocast in bfloat16, interleaved.
# Needs scripts/setup-pytorch.sh, or a Python with PyTorch in GAN_PYTHON.
# scripts/bench.sh training [--rounds N] [--seconds S] [--cpu] [--threads N] [--device cuda] [--set KEY=VALUE] [--out FILE.csv] [PRESET ...]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
case " $* " in
    *" --help "* | *" -h "*) ;;
    *) dotnet build "$here" -c Release -nologo -v quiet -clp:NoSummary < /dev/null >&2 ;;
esac
exec python3 "$here/run.py" "$@"
