#!/usr/bin/env bash
# Tables: obedience, rows alone, up-sampling against what costs nothing and CTGAN (run.py says how; arguments are its, for example --sets car --steps 500); --scale: time and memory on a large one (scale.py).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
/usr/bin/python3 -c 'import sklearn, torch' 2>/dev/null || { echo "error: scikit-learn or PyTorch is missing; on Debian: apt install python3-sklearn python3-torch" >&2; exit 1; }
if [ "${1:-}" = --scale ]; then exec /usr/bin/python3 "$here/scale.py" "${@:2}"; fi
exec /usr/bin/python3 "$here/run.py" "$@"
