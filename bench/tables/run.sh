#!/usr/bin/env bash
# Tables: obedience, rows alone, up-sampling against what costs nothing (run.py says how); one CSV with every figure. Arguments are run.py's, for example --sets car --steps 500.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
/usr/bin/python3 -c 'import sklearn' 2>/dev/null || { echo "error: scikit-learn is missing; on Debian: apt install python3-sklearn" >&2; exit 1; }
exec /usr/bin/python3 "$here/run.py" "$@"
